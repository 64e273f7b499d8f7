import type { CDPSession, Page } from "@playwright/test";
import { expect, test } from "../e2e/bottleneck_page";
import { IS_QUICK, record, say, type Measured } from "./record";

/** Of the recipe that the page opens with: 1,078 digits by 32. */
const STEPS_PER_EPOCH = 34;
const N_STEPS = 10_000;
const N_SAMPLES = IS_QUICK ? 5 : 10;
const MEGABYTE = 1e6;

/** Put in front of a worker's own script: tells the size of its memory when it is asked. */
const TELL_MEMORY = `
for (const name of ["instantiate", "instantiateStreaming"]) {
  const native = WebAssembly[name];
  WebAssembly[name] = async (...given) => {
    const made = await native.apply(WebAssembly, given);
    globalThis.benchMemory = (made.instance ?? made).exports.memory;
    return made;
  };
}
const isWorker = globalThis.document === undefined;
if (isWorker) new BroadcastChannel("bench-memory").onmessage = ({ target, data }) => {
  if (data === "how much?") target.postMessage(globalThis.benchMemory.buffer.byteLength);
};
`;

test.use({ serviceWorkers: "block", faultsAreExpected: true });

test("memory: 10,000 steps", { tag: "@memory" }, async ({ bottleneck, page }) => {
  await page.addInitScript(TELL_MEMORY);
  await page.route(/cpu_worker_loader\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: TELL_MEMORY + (await response.text()) });
  });
  await bottleneck.open();
  const browser = await page.context().newCDPSession(page);
  await bottleneck.set("Epochs", 20_000);
  await bottleneck.train.click();
  const samples: number[][] = [];
  for (let sample = 1; sample <= N_SAMPLES; sample += 1) {
    await bottleneck.reachesEpoch(Math.ceil((sample * N_STEPS) / N_SAMPLES / STEPS_PER_EPOCH), 300_000);
    samples.push([await workerMemory(page), await pageMemory(page), await heap(browser)]);
  }
  await expect(bottleneck.pause).toBeVisible();
  const names = ["wasm of trainer and examiner", "wasm of the page", "JavaScript heap of the page"];
  const series: Measured[] = names.map((name, idx) => ({ name, samples: samples.map((row) => row[idx] / MEGABYTE) }));
  say(`memory: ${N_SAMPLES} samples up to epoch ${await bottleneck.epoch()}`);
  record("memory", "MB", series);
});

/** Of both workers. */
function workerMemory(page: Page) {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const channel = new BroadcastChannel("bench-memory");
        const sizes: number[] = [];
        channel.onmessage = ({ data }) => {
          sizes.push(data);
          if (sizes.length < 2) return;
          channel.close();
          resolve(sizes[0] + sizes[1]);
        };
        channel.postMessage("how much?");
      }),
  );
}

function pageMemory(page: Page) {
  return page.evaluate(() => (globalThis as any).benchMemory.buffer.byteLength as number);
}

/** After everything that is garbage was collected. */
async function heap(browser: CDPSession) {
  await browser.send("HeapProfiler.collectGarbage");
  const { usedSize } = await browser.send("Runtime.getHeapUsage");
  return usedSize;
}
