import type { CDPSession, Page } from "@playwright/test";

const MEGABYTE = 1e6;

/** Put in front of a worker's own script: tells the size of its memory when it is asked. */
const TELL_MEMORY = `
for (const name of ["instantiate", "instantiateStreaming"]) {
  const native = WebAssembly[name];
  WebAssembly[name] = async (...given) => {
    const made = await native.apply(WebAssembly, given);
    // A second program shares the memory of the first.
    globalThis.benchMemory ??= (made.instance ?? made).exports.memory;
    return made;
  };
}
const isWorker = globalThis.document === undefined;
if (isWorker) new BroadcastChannel("bench-memory").onmessage = ({ target, data }) => {
  if (data === "how much?") target.postMessage(globalThis.benchMemory.buffer.byteLength);
};
`;

/** What a page and its workers hold. */
export class PageMemory {
  static readonly names = ["wasm of trainer and examiner", "wasm of the page", "JavaScript heap of the page"];

  private constructor(
    private readonly page: Page,
    private readonly browser: CDPSession,
  ) {}

  /** Must be called before the page is opened. */
  static async of(page: Page) {
    await page.addInitScript(TELL_MEMORY);
    await page.route(/cpu_worker_loader\.js/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: TELL_MEMORY + (await response.text()) });
    });
    return new PageMemory(page, await page.context().newCDPSession(page));
  }

  /** In megabytes, in the order of the names. */
  async now() {
    const bytes = [await this.workers(), await this.program(), await this.heap()];
    return bytes.map((size) => size / MEGABYTE);
  }

  /** Of both workers. */
  private workers() {
    return this.page.evaluate(
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

  private program() {
    return this.page.evaluate(() => (globalThis as any).benchMemory.buffer.byteLength as number);
  }

  /** After everything that is garbage was collected. */
  private async heap() {
    await this.browser.send("HeapProfiler.collectGarbage");
    const { usedSize } = await this.browser.send("Runtime.getHeapUsage");
    return usedSize;
  }
}
