import type { Page } from "@playwright/test";
import { expect, test, type BottleneckPage } from "./bottleneck_page";

test("without an adapter WebGPU is refused with the reason, and the CPU trains", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.engine.selectOption({ label: "WebGPU" });
  await trainsOnTheCpu(bottleneck);
  await expect(bottleneck.engineAtWork).toContainText("WebGPU cannot be used: the browser offers no WebGPU adapter here.");
});

test("a browser without WebGPU trains on the CPU and says that it has none", async ({ bottleneck }) => {
  await bottleneck.page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "gpu", { get: () => undefined });
  });
  await bottleneck.open();
  await bottleneck.engine.selectOption({ label: "WebGPU" });
  await trainsOnTheCpu(bottleneck);
  await expect(bottleneck.engineAtWork).toContainText("WebGPU cannot be used: this browser has no WebGPU.");
});

test.describe("with an adapter that cannot be used", () => {
  test.use({ faultsAreExpected: true });

  test("the worker's refusal is named, and the CPU trains", async ({ bottleneck }) => {
    await pretendAdapter(bottleneck.page);
    await bottleneck.open();
    await bottleneck.engine.selectOption({ label: "WebGPU" });
    await expect(bottleneck.engineAtWork).toContainText("You chose WebGPU.");
    await trainsOnTheCpu(bottleneck);
    await expect(bottleneck.engineAtWork).toContainText(/WebGPU cannot be used: \w.+\./);
  });

  test("a worker that cannot be loaded is named, and the CPU trains", async ({ bottleneck }) => {
    await pretendAdapter(bottleneck.page);
    await bottleneck.page.route("**/gpu_worker_loader.js*", (route) => route.abort());
    await bottleneck.open();
    await bottleneck.engine.selectOption({ label: "WebGPU" });
    await trainsOnTheCpu(bottleneck);
    await expect(bottleneck.engineAtWork).toContainText("WebGPU cannot be used: its program could not be loaded.");
    await expect(bottleneck.notice).toContainText(/The trainer stopped .* goes on/);
  });

  test("Auto trains on the CPU meanwhile, and then says why it stays there", async ({ bottleneck }) => {
    await pretendAdapter(bottleneck.page);
    await bottleneck.open();
    await expect(bottleneck.engineAtWork).toContainText("WebGPU is tried out when training starts.");
    await trainsOnTheCpu(bottleneck);
    await expect(bottleneck.engineAtWork).toContainText(/WebGPU cannot be used: \w.+\./, { timeout: 30_000 });
    await expect(bottleneck.pause).toBeVisible();
  });
});

async function trainsOnTheCpu(bottleneck: BottleneckPage) {
  await bottleneck.trainEndlessly();
  await expect(bottleneck.engineAtWork).toContainText(/^CPU · [\d.]+ ms a step/);
}

/** Lets the page believe in a GPU; a worker has a navigator of its own, where there is none. */
function pretendAdapter(page: Page) {
  return page.addInitScript(() => {
    const adapter = { info: {}, isFallbackAdapter: false, features: new Set(), limits: {} };
    Object.defineProperty(Navigator.prototype, "gpu", { get: () => ({ requestAdapter: async () => adapter }) });
  });
}
