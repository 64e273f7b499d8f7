import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Of `cargo xtask bench`, which makes a table of what lies there. */
const FOLDER = process.env.BENCH_FOLDER ?? "test-results/bench-parts";

/** Fewer rounds, for a first look. */
export const IS_QUICK = process.env.BENCH_QUICK === "1";

/** Samples of one who was measured, or what kept them from it. */
export interface Measured {
  name: string;
  samples: number[];
  /** The same from the order to the answer, where that is more. */
  wall?: number[];
  /** Mean loss of each turn. */
  losses?: number[];
  cannot?: string;
}

/** Hands a measurement to `cargo xtask bench`. */
export function record(name: string, unit: string, series: Measured[]) {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}.json`), JSON.stringify({ name, unit, series }));
}

/** One line of progress. */
export function say(text: string) {
  console.log(`  ${text}`);
}
