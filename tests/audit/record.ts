import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Where what was measured is kept. */
export const folder = process.env.BOTTLENECK_AUDIT ?? "test-results/audit";

/** Keeps what was measured, as JSON, where `cargo xtask audit` says. */
export async function keep(name: string, measured: unknown) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), JSON.stringify(measured, undefined, 1));
}

export function median(values: number[]) {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
}

/** Rows below their heads, in columns as wide as they need to be. */
export function table(heads: string[], rows: (string | number)[][]) {
  const lines = [heads, ...rows].map((cells) => cells.map(String));
  const widths = heads.map((_, column) => Math.max(...lines.map((cells) => cells[column].length)));
  return lines.map((cells) => cells.map((cell, column) => cell.padStart(widths[column])).join("  ")).join("\n");
}
