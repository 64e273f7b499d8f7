import type { Locator, TestInfo } from "@playwright/test";
import type { BottleneckPage } from "./bottleneck_page";

export interface Summary {
  median: number;
  percentile95: number;
}

export function summaryOf(milliseconds: number[]): Summary {
  const sorted = [...milliseconds].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { median: at(0.5), percentile95: at(0.95) };
}

export function inMilliseconds({ median, percentile95 }: Summary) {
  return `median ${median.toFixed(1)} ms, 95 % ${percentile95.toFixed(1)} ms`;
}

/** Says a measurement on the console and in the report. */
export function report(testInfo: TestInfo, measurement: string) {
  console.log(measurement);
  testInfo.annotations.push({ type: "measured", description: measurement });
}

/** From the click on Pause to "Paused". Measured in the page, so that the way of the click to the browser does not count. */
export async function millisecondsToPause({ pause, training }: BottleneckPage) {
  const panel = await training.elementHandle();
  return pause.evaluate(
    (button, panel) =>
      new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!panel?.textContent?.includes("Paused after epoch")) return;
          observer.disconnect();
          resolve(performance.now() - clicked);
        });
        observer.observe(panel as Node, { subtree: true, characterData: true, childList: true });
        const clicked = performance.now();
        (button as HTMLElement).click();
      }),
    panel,
  );
}

/** How much of what the page answers at rest it must go on answering while it also shows a training: it may draw half of the time. */
export const LEAST_SHARE_OF_ANSWERS = 1 / 3;

/** How often within a time the page came back to a task that asked for it every 10 ms; to be compared with another such number. */
export function answersWithin({ page }: BottleneckPage, within: number) {
  return page.evaluate(async (within) => {
    let answers = 0;
    for (const start = performance.now(); performance.now() - start < within; answers += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return answers;
  }, within);
}

/** How long the page took from a file's choice until a region told of it, and for how long at most it did not answer meanwhile. */
export interface Opening {
  took: number;
  silence: number;
}

/** Watches from now on; call what is returned to wait for the opening's end. */
export async function watchOpening(region: Locator, told: string) {
  const opening = await region.evaluateHandle(
    (region, told) => ({
      ends: new Promise<Opening>((resolve) => {
        const onceChosen = async () => {
          const start = performance.now();
          let [last, silence] = [start, 0];
          while (!region.textContent?.includes(told)) {
            await new Promise((resolve) => setTimeout(resolve, 10));
            const now = performance.now();
            [last, silence] = [now, Math.max(silence, now - last)];
          }
          resolve({ took: last - start, silence });
        };
        document.addEventListener("change", onceChosen, { capture: true, once: true });
      }),
    }),
    told,
  );
  return () => opening.evaluate(({ ends }) => ends);
}
