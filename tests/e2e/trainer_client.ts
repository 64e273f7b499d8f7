import type { Page } from "@playwright/test";
import { teachEvents } from "./events";
import type { Dataset } from "./protocol_data";
import type { Recipe } from "./protocol_recipes";

export interface EpochLoss {
  epoch: number;
  /** In order, in the precision in which they were computed. */
  batch_losses: number[];
  calibration_loss: number;
}

/** The engine that trained, and the losses in full precision. */
export interface Outcome {
  engine: { kind: string; adapter?: string; step_ms: number; self_test_difference?: number };
  losses: EpochLoss[];
}

/**
 * Trains in a worker of its own, without the page's help; `order` is repeated until all epochs are done: by the run at
 * hand, or with "Resume" by a new run after each epoch, which goes on from what the last one left.
 */
export async function trainInWorker(
  page: Page,
  worker: "cpu_worker" | "gpu_worker",
  dataset: Dataset,
  recipe: Recipe,
  order: "Go" | "Step" | "Resume" = "Go",
): Promise<Outcome> {
  await teachEvents(page);
  return page.evaluate(
    async ({ worker, dataset, recipe, order }) => {
      const trainer = new Worker(`./${worker}_loader.js`, { type: "module" });
      const tell = (command: unknown) => trainer.postMessage({ Train: command });
      const go = () => tell(order === "Go" ? "Go" : "Step");
      const prepare = (run: number, resume?: unknown) => tell({ Prepare: { run, dataset, recipe, resume } });
      let checkpoint: unknown;
      const floatsIn = (bytes: Uint8Array) => [...new Float32Array(bytes.slice().buffer)];
      const losses: EpochLoss[] = [];
      let engine: Outcome["engine"] | undefined;
      try {
        return await new Promise<Outcome>((resolve, reject) => {
          trainer.onerror = (event) => reject(new Error(`the worker died: ${event.message}`));
          trainer.onmessage = ({ data }) => {
            const event = window.readEvent(data);
            const { Prepared, EpochsDone, Progress, Stopped } = event.Train ?? {};
            if (event.Hello) {
              prepare(1);
            } else if (Prepared) {
              engine = Prepared.engine;
              go();
            } else if (EpochsDone) {
              for (const { epoch, batch_losses, calibration_loss } of EpochsDone.epochs) {
                losses.push({ epoch, batch_losses: floatsIn(batch_losses), calibration_loss });
              }
            } else if (Progress) {
              checkpoint = Progress.checkpoint;
            } else if (Stopped && !Stopped.finished) {
              if (order === "Resume") prepare(Stopped.run + 1, checkpoint);
              else go();
            } else if (Stopped && engine) {
              resolve({ engine, losses });
            } else {
              reject(new Error(`the worker said: ${JSON.stringify(event).slice(0, 300)}`));
            }
          };
        });
      } finally {
        trainer.terminate();
      }
    },
    { worker, dataset, recipe, order },
  );
}
