import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { teachEvents } from "../e2e/events";
import { asDataset, decodePacked, spots, type Dataset } from "../e2e/protocol_data";
import { firstArticle, secondArticle, type Recipe } from "../e2e/protocol_recipes";

/** What one training step asks of WebGPU; means over `steps` steps. */
export interface GpuWorkload {
  steps: number;
  /** Calls of `dispatchWorkgroups`. */
  launches: number;
  /** Calls of `queue.submit`. */
  submissions: number;
  /** Calls of `mapAsync`. */
  readbacks: number;
  msPerStep: number;
}

export interface GpuFigures {
  adapter: string;
  /** The adapter imitates a GPU on the CPU. */
  isSoftware: boolean;
  dense: GpuWorkload;
  conv: GpuWorkload;
}

interface Adapter {
  name: string;
  isSoftware: boolean;
}

/** Steps of the short and of the long run, whose difference is counted; an imitated GPU gets few. */
interface Plan {
  dense: [number, number];
  conv: [number, number];
}

const ON_SOFTWARE: Plan = { dense: [4, 24], conv: [3, 7] };
const ON_HARDWARE: Plan = { dense: [100, 1_100], conv: [20, 120] };

/** Chromium's arguments for a GPU imitated on the CPU, or for whatever the machine has. */
export function gpuArguments(software: boolean): string[] {
  const adapter = software ? ["--use-webgpu-adapter=swiftshader"] : [];
  return ["--no-sandbox", "--disable-quic", "--enable-unsafe-webgpu", "--enable-features=Vulkan", ...adapter];
}

/** Counts and times training steps of both workloads in the page's GPU worker; `null` where there is no adapter. */
export async function measureWebGpu(page: Page, url: string): Promise<GpuFigures | null> {
  await countInTheWorker(page);
  await teachEvents(page);
  await page.goto(url);
  const adapter = await adapterOf(page);
  if (!adapter) return null;
  const plan = adapter.isSoftware ? ON_SOFTWARE : ON_HARDWARE;
  const dense = await measure(page, await digitsForSteps(page, plan.dense), firstArticle({ epochs: 1 }));
  const conv = await measure(page, plan.conv.map(picturesForSteps), secondArticle({ epochs: 1 }));
  return { adapter: adapter.name, isSoftware: adapter.isSoftware, dense, conv };
}

/** A worker has its own globals, so the counter travels in front of its first script. */
async function countInTheWorker(page: Page) {
  const counter = await readFile(fileURLToPath(new URL("./count_gpu.js", import.meta.url)), "utf8");
  await page.route("**/gpu_worker_loader.js*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: counter + (await response.text()) });
  });
}

function adapterOf(page: Page): Promise<Adapter | null> {
  return page.evaluate(async () => {
    const gpu = (navigator as { gpu?: any }).gpu;
    const adapter = await gpu?.requestAdapter({ powerPreference: "high-performance" });
    if (!adapter) return null;
    const { vendor, architecture, description } = adapter.info;
    const name = [vendor, architecture, description].filter(Boolean).join(" ") || "unnamed adapter";
    return { name, isSoftware: adapter.info.isFallbackAdapter ?? adapter.isFallbackAdapter ?? false };
  });
}

/** Labelled digits in the first article's parts: three in five are trained on, ten in a batch. */
async function digitsForSteps(page: Page, steps: number[]): Promise<Dataset[]> {
  const file = await page.evaluate(async () => [...new Uint8Array(await (await fetch("./data/digits.bin")).arrayBuffer())]);
  const digits = decodePacked(Uint8Array.from(file));
  return steps.map((n_steps) => {
    const n_items = Math.round((n_steps * 10 * 5) / 3);
    const picks = Array.from({ length: n_items }, (_, idx) => idx % digits.pictures.length);
    return asDataset({
      ...digits,
      pictures: picks.map((pick) => digits.pictures[pick]),
      labels: Uint8Array.from(picks, (pick) => digits.labels[pick]),
    });
  });
}

/** Pictures in the second article's parts: seven in ten are trained on, 64 in a batch. */
function picturesForSteps(n_steps: number): Dataset {
  return asDataset(spots(Math.round((n_steps * 64) / 0.7)));
}

/** Trains an epoch of few and one of many steps; what the second took more is due to its further steps. */
function measure(page: Page, datasets: Dataset[], recipe: Recipe): Promise<GpuWorkload> {
  return page.evaluate(
    async ({ datasets, recipe }) => {
      const trainer = new Worker("./gpu_worker_loader.js", { type: "module" });
      const told: any[] = [];
      let wake = () => {};
      trainer.onmessage = ({ data }) => {
        told.push(data instanceof ArrayBuffer ? window.readEvent(data) : data);
        wake();
      };
      trainer.onerror = ({ message }) => {
        told.push({ Panicked: { message } });
        wake();
      };
      /** What the worker says of a kind; everything before it is dropped. */
      const hear = async (find: (data: any) => any): Promise<any> => {
        for (;;) {
          while (told.length) {
            const data = told.shift();
            const found = find(data);
            if (found) return found;
            const { Unavailable, Refused } = data.Train ?? {};
            const refusal = data.Panicked?.message ?? Unavailable?.reason ?? Refused?.reason;
            if (refusal) throw new Error(`the GPU worker said: ${refusal}`);
          }
          await new Promise<void>((resolve) => (wake = resolve));
        }
      };
      const tell = (command: unknown) => trainer.postMessage({ Train: command });
      const counts = () => {
        trainer.postMessage({ TellCounts: true });
        return hear(({ Counts }) => Counts);
      };
      const runs = [];
      try {
        await hear(({ Hello }) => Hello);
        for (const [idx, dataset] of datasets.entries()) {
          tell({ Prepare: { run: idx + 1, dataset, recipe, resume: undefined } });
          await hear(({ Train }) => Train?.Prepared);
          const before = await counts();
          tell("Go");
          const { epochs } = await hear(({ Train }) => Train?.EpochsDone);
          await hear(({ Train }) => Train?.Stopped);
          const after = await counts();
          runs.push({ steps: epochs[0].batch_losses.length / Float32Array.BYTES_PER_ELEMENT, before, after });
        }
      } finally {
        trainer.terminate();
      }
      const [short, long] = runs;
      const steps = long.steps - short.steps;
      const perStep = (counter: string) => {
        const spent = (run: typeof short) => run.after[counter] - run.before[counter];
        return (spent(long) - spent(short)) / steps;
      };
      return {
        steps,
        launches: perStep("launches"),
        submissions: perStep("submissions"),
        readbacks: perStep("readbacks"),
        msPerStep: perStep("at_ms"),
      };
    },
    { datasets, recipe },
  );
}
