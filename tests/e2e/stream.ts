/** A wave of 24 rows with a little noise; in `spikes` it is far off, and the table says so where it has a column for it. */
export function stream(nRows: number, spikes: [number, number][] = [], isTold = false) {
  const lines = [isTold ? "time,load,anomaly" : "time,load"];
  let noise = 12345;
  let next = 0;
  for (let row = 0; row < nRows; row += 1) {
    noise = (Math.imul(noise, 1103515245) + 12345) >>> 0;
    while (next < spikes.length && row >= spikes[next][1]) next += 1;
    const isOff = next < spikes.length && row >= spikes[next][0];
    const load = Math.sin((row * 2 * Math.PI) / 24) * 10 + (noise / 2 ** 32 - 0.5) + (isOff ? 9 : 0);
    lines.push(`${row},${load.toFixed(3)}${isTold ? `,${isOff ? 1 : 0}` : ""}`);
  }
  return Buffer.from(`${lines.join("\n")}\n`);
}

/** Spikes of 12 rows, evenly spread. */
export function spikesOf(nRows: number, n: number): [number, number][] {
  const start = (idx: number) => Math.floor(((idx + 0.5) * nRows) / n);
  return Array.from({ length: n }, (_, idx) => [start(idx), start(idx) + 12]);
}
