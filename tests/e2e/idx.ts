/** Bytes in the format that MNIST is published in: two zeros, the type 8, the number of sizes, the sizes, the elements. */
export function idx(sizes: number[], elements: Uint8Array[]) {
  const bigEndian = (size: number) => [size >>> 24, size >>> 16, size >>> 8, size].map((byte) => byte & 255);
  const header = [0, 0, 8, sizes.length, ...sizes.flatMap(bigEndian)];
  return new Uint8Array(Buffer.concat([Uint8Array.from(header), ...elements]));
}
