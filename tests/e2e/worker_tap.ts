import type { Page } from "@playwright/test";
import { teachEvents } from "./events";

/**
 * A worker of the page, the numbers of the newest judgement that it was asked for and that it gave, how often it told
 * of the weights that it trains, and how often it did so after the newest Pause.
 */
export interface TappedWorker extends Worker {
  asked: number;
  answered: number;
  trained: number;
  trainedSincePause: number;
}

/** Keeps a handle on every worker that the page starts, in the order of their start. */
export async function tapWorkers(page: Page) {
  await teachEvents(page);
  await page.addInitScript(() => {
    const NativeWorker = window.Worker;
    window.startedWorkers = [];
    window.Worker = class extends NativeWorker {
      asked = 0;
      answered = 0;
      trained = 0;
      trainedSincePause = 0;

      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        window.startedWorkers.push(this);
        this.addEventListener("message", ({ data }) => {
          const { Examine, Train } = window.readEvent(data);
          this.answered = Examine?.Judged?.request ?? this.answered;
          const told = Train?.Progress ? 1 : 0;
          this.trained += told;
          this.trainedSincePause += told;
        });
      }

      override postMessage(message: any, moved?: any) {
        if (message.Train === "Pause") this.trainedSincePause = 0;
        this.asked = message.Examine?.Judge?.request ?? this.asked;
        super.postMessage(message, moved);
      }
    };
  });
}

/** The page starts the examiner first; every later worker is a trainer. */
export const EXAMINER = 0;
export const FIRST_TRAINER = 1;

/** Ends a worker as the browser does when it runs out of memory: no answer, only an error event. */
export async function killWorker(page: Page, idx: number) {
  await page.evaluate((idx) => {
    const worker = window.startedWorkers[idx];
    worker.terminate();
    worker.dispatchEvent(new ErrorEvent("error", { message: "out of memory" }));
  }, idx);
}

/** Tells a worker something that it does not know, which it reports as a panic. */
export async function confuseWorker(page: Page, idx: number) {
  await page.evaluate((idx) => window.startedWorkers[idx].postMessage({ Nonsense: true }), idx);
}

/** A program that ends in a trap, `(func (export "f") unreachable)`. */
const TRAP = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];

/** Lets a worker's thread run into a trap, as a fault in its own program does. */
export async function trapWorker(page: Page, idx: number) {
  await page.evaluate((idx) => new BroadcastChannel(`trap ${idx}`).postMessage(""), idx);
}

/** Workers listen for their trap, each under its number in the order of their start. */
export async function prepareTraps(page: Page) {
  let n_workers = 0;
  await page.route("**/cpu_worker_loader.js*", async (route) => {
    // The page asks for it ahead, as a module of its own; no worker starts by that.
    if (route.request().headers().origin) return route.continue();
    const loader = await (await route.fetch()).text();
    const trap = `new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from([${TRAP}]))).exports.f()`;
    const listen = `new BroadcastChannel("trap ${n_workers}").onmessage = () => ${trap};\n`;
    n_workers += 1;
    await route.fulfill({ body: listen + loader, contentType: "text/javascript" });
  });
}

declare global {
  interface Window {
    startedWorkers: TappedWorker[];
  }
}
