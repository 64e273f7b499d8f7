import type { Page } from "@playwright/test";

/** What a trainer is asked to train; the names are those of the protocol. */
export interface Recipe {
  label_input: boolean;
  architecture: { layer_sizes: number[]; hidden: string; output: string };
  training: {
    optimiser: string;
    learning_rate: number;
    schedule: string;
    batch_size: number;
    epochs: number;
    seed: number;
  };
}

export interface EpochLoss {
  epoch: number;
  training_loss: number;
  calibration_loss: number;
}

/** The engine that trained, and the losses in full precision. */
export interface Outcome {
  engine: { kind: string; adapter?: string; step_ms: number; self_test_difference?: number };
  losses: EpochLoss[];
}

export function wellTrained(training: Partial<Recipe["training"]>): Recipe {
  return {
    label_input: false,
    architecture: { layer_sizes: [64, 32, 8, 32, 64], hidden: "Tanh", output: "Sigmoid" },
    training: {
      optimiser: "Adam",
      learning_rate: 0.005,
      schedule: "Cosine",
      batch_size: 32,
      epochs: 5,
      seed: 1,
      ...training,
    },
  };
}

export function firstArticle(training: Partial<Recipe["training"]>): Recipe {
  return {
    label_input: true,
    architecture: { layer_sizes: [65, 32, 8, 32, 65], hidden: "Tanh", output: "Sigmoid" },
    training: {
      optimiser: "Sgd",
      learning_rate: 0.005,
      schedule: "Constant",
      batch_size: 10,
      epochs: 5,
      seed: 1,
      ...training,
    },
  };
}

/** Trains in a worker of its own, without the page's help; `order` is repeated until all epochs are done. */
export function trainInWorker(
  page: Page,
  worker: "cpu_worker" | "gpu_worker",
  recipe: Recipe,
  order: "Go" | "Step" = "Go",
): Promise<Outcome> {
  return page.evaluate(
    async ({ worker, recipe, order }) => {
      const dataset = new Uint8Array(await (await fetch("./data/digits.bin")).arrayBuffer());
      const trainer = new Worker(`./${worker}_loader.js`, { type: "module" });
      const tell = (command: unknown) => trainer.postMessage({ Train: command });
      const losses: EpochLoss[] = [];
      let engine: Outcome["engine"] | undefined;
      try {
        return await new Promise<Outcome>((resolve, reject) => {
          trainer.onerror = (event) => reject(new Error(`the worker died: ${event.message}`));
          trainer.onmessage = ({ data }) => {
            const { Prepared, EpochDone, Progress, Stopped } = data.Train ?? {};
            if (data.Hello) {
              tell({ Prepare: { run: 1, dataset, recipe, resume: undefined } });
            } else if (Prepared) {
              engine = Prepared.engine;
              tell(order);
            } else if (EpochDone) {
              losses.push(EpochDone);
            } else if (Stopped && !Stopped.finished) {
              tell(order);
            } else if (Stopped && engine) {
              resolve({ engine, losses });
            } else if (!Progress) {
              reject(new Error(`the worker said: ${JSON.stringify(data)}`));
            }
          };
        });
      } finally {
        trainer.terminate();
      }
    },
    { worker, recipe, order },
  );
}
