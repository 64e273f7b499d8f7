import type { Page } from "@playwright/test";

/** A worker of the page, and the numbers of the newest judgement that it was asked for and that it gave. */
export interface TappedWorker extends Worker {
  asked: number;
  answered: number;
}

/** Keeps a handle on every worker that the page starts, in the order of their start. */
export async function tapWorkers(page: Page) {
  await page.addInitScript(() => {
    const NativeWorker = window.Worker;
    window.startedWorkers = [];
    window.Worker = class extends NativeWorker {
      asked = 0;
      answered = 0;

      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        window.startedWorkers.push(this);
        this.addEventListener("message", ({ data }) => {
          this.answered = data.Examine?.Judged?.request ?? this.answered;
        });
      }

      override postMessage(message: any) {
        this.asked = message.Examine?.Judge?.request ?? this.asked;
        super.postMessage(message);
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

declare global {
  interface Window {
    startedWorkers: TappedWorker[];
  }
}
