import type { TestInfo } from "@playwright/test";
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

/** For how many milliseconds at most the page did not answer within a time. */
export function longestSilence({ page }: BottleneckPage, within: number) {
  return page.evaluate(async (within) => {
    const start = performance.now();
    let [last, longest] = [start, 0];
    while (last - start < within) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      const now = performance.now();
      [last, longest] = [now, Math.max(longest, now - last)];
    }
    return longest;
  }, within);
}
