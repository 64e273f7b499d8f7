import type { JSHandle, Page } from "@playwright/test";
import type { Workload } from "../workloads";
import type { Peer, Turn } from "./peer";

export type Backend = "cpu" | "wasm" | "webgl";
/** A loop of one's own around `optimizer.minimize`, or the layers' `fit`. */
export type Style = "core" | "layers";

/** TensorFlow.js in a worker of its own. */
export class TensorFlow implements Peer {
  readonly name: string;
  readonly hasOwnOrder: boolean;
  private worker?: JSHandle<Worker>;

  constructor(private readonly page: Page, private readonly backend: Backend, private readonly style: Style) {
    this.name = `TensorFlow.js ${backend}, ${style}`;
    this.hasOwnOrder = style === "layers";
  }

  async prepare({ recipe, items, n_items, weights }: Workload) {
    this.worker = await this.page.evaluateHandle(() => new Worker("./tensorflow_worker.js"));
    const { backend, style } = this;
    await this.ask({ prepare: { backend, style, recipe, items, n_items, weights } });
  }

  turn(order: number[]) {
    return this.ask({ turn: { order } });
  }

  async end() {
    await this.worker?.evaluate((worker) => worker.terminate());
  }

  private async ask(question: unknown): Promise<Turn> {
    if (!this.worker) throw new Error("TensorFlow.js is not prepared");
    return this.worker.evaluate(
      (worker, question) =>
        new Promise<Turn>((resolve, reject) => {
          worker.onerror = (event) => reject(new Error(event.message));
          worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
          worker.postMessage(question);
        }),
      question,
    );
  }
}
