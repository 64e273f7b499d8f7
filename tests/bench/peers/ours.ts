import type { JSHandle, Page } from "@playwright/test";
import { teachEvents } from "../../e2e/events";
import type { Workload } from "../workloads";
import type { Peer, Turn } from "./peer";

interface Trainer {
  step: () => Promise<Turn>;
  end: () => void;
}

/** Our CPU worker, asked for one epoch after the other without the page's help. */
export class OurWorker implements Peer {
  readonly name = "Bottleneck";
  private trainer?: JSHandle<Trainer>;

  constructor(private readonly page: Page) {}

  async prepare({ dataset, recipe }: Workload) {
    await this.page.goto("./cpu_worker_loader.js");
    await teachEvents(this.page);
    this.trainer = await this.page.evaluateHandle(startTrainer, { dataset, recipe });
  }

  async turn() {
    if (!this.trainer) throw new Error("our worker is not prepared");
    return this.trainer.evaluate((trainer) => trainer.step());
  }

  async end() {
    await this.trainer?.evaluate((trainer) => trainer.end());
  }
}

/** Runs in the page. The time of the steps is the worker's own: it leaves out measuring the calibration items. */
async function startTrainer({ dataset, recipe }: Pick<Workload, "dataset" | "recipe">): Promise<Trainer> {
  const worker = new Worker("./cpu_worker_loader.js", { type: "module" });
  const tell = (command: unknown) => worker.postMessage({ Train: command });
  const next = (heard: (event: any) => boolean) =>
    new Promise<void>((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(`our worker died: ${event.message}`));
      worker.onmessage = ({ data }) => {
        const event = window.readEvent(data);
        const { Refused, Unavailable, Diverged } = event.Train ?? {};
        const trouble = event.Panicked ?? Refused ?? Unavailable ?? Diverged;
        if (trouble) reject(new Error(`our worker said: ${JSON.stringify(event).slice(0, 300)}`));
        else if (heard(event)) resolve();
      };
    });
  await next((event) => Boolean(event.Hello));
  const prepared = next((event) => Boolean(event.Train?.Prepared));
  tell({ Prepare: { run: 1, dataset, recipe, resume: undefined } });
  await prepared;
  let [nBatches, nSteps] = [1, 0];

  async function step(): Promise<Turn> {
    const losses: number[] = [];
    let ms = 0;
    const stopped = next(({ Train: { EpochsDone, Progress, Stopped } }) => {
      for (const { batch_losses } of EpochsDone?.epochs ?? []) {
        losses.push(...new Float32Array(batch_losses.slice().buffer));
        nBatches = losses.length;
      }
      if (Progress) {
        const { epoch, batch } = Progress.checkpoint.position;
        const nStepsNow = epoch * nBatches + batch;
        ms += Progress.step_ms * (nStepsNow - nSteps);
        nSteps = nStepsNow;
      }
      return Boolean(Stopped);
    });
    const started = performance.now();
    tell("Step");
    await stopped;
    return { ms, wall_ms: performance.now() - started, losses };
  }
  return { step, end: () => worker.terminate() };
}
