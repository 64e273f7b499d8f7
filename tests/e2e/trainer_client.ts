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
  /** The most that shared a step, the trainer included. */
  workers: number;
}

/** Who helps a trainer. */
export interface Help {
  assistants: number;
  /** The first one is ended after the first epoch. */
  dies?: boolean;
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
  help: Help = { assistants: 0 },
): Promise<Outcome> {
  await teachEvents(page);
  return page.evaluate(
    async ({ worker, dataset, recipe, order, help }) => {
      const start = () => new Worker(`./${worker}_loader.js`, { type: "module" });
      const trainer = start();
      const assistants = Array.from({ length: help.assistants }, start);
      const saysHello = (assistant: Worker) => new Promise((resolve) => (assistant.onmessage = resolve));
      const areThere = Promise.all(assistants.map(saysHello));
      const introduce = (assistant: Worker) => {
        const { port1, port2 } = new MessageChannel();
        assistant.postMessage(port2, [port2]);
        trainer.postMessage(port1, [port1]);
      };
      let workers = 0;
      const tell = (command: unknown) => trainer.postMessage({ Train: command });
      const go = () => tell(order === "Go" ? "Go" : "Step");
      const prepare = (run: number, resume?: unknown) =>
        tell({ Prepare: { run, dataset, recipe, resume, workers: 1 + help.assistants } });
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
              areThere.then(() => {
                go();
                assistants.forEach(introduce);
              });
            } else if (EpochsDone) {
              for (const { epoch, batch_losses, calibration_loss } of EpochsDone.epochs) {
                losses.push({ epoch, batch_losses: floatsIn(batch_losses), calibration_loss });
              }
              if (help.dies) assistants[0].terminate();
            } else if (Progress) {
              checkpoint = Progress.checkpoint;
              workers = Math.max(workers, Progress.workers);
            } else if (Stopped && !Stopped.finished) {
              if (order === "Resume") prepare(Stopped.run + 1, checkpoint);
              else go();
            } else if (Stopped && engine) {
              resolve({ engine, losses, workers });
            } else {
              reject(new Error(`the worker said: ${JSON.stringify(event).slice(0, 300)}`));
            }
          };
        });
      } finally {
        for (const each of [trainer, ...assistants]) each.terminate();
      }
    },
    { worker, dataset, recipe, order, help },
  );
}
