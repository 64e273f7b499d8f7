import type { Page } from "@playwright/test";
import { expect, lossesIn, test } from "./bottleneck_page";
import { report } from "./latency";
import { trainInWorker, wellTrained } from "./trainer_client";

/** All training digits at once: an epoch is a single step, since an imitated GPU is slow. */
const FULL_BATCH = 1_078;
const N_STEPS = 20;
const TOLERANCE = 1e-4;

test.describe.configure({ timeout: 180_000 });

test("training moves to WebGPU, goes on from the weights it had, and pauses", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.set("Batch size", FULL_BATCH);
  await bottleneck.step.click();
  await expect(bottleneck.training).toContainText("Paused after epoch 1 of 150.");
  const onTheCpu = lossesIn((await bottleneck.lossCurve.getAttribute("aria-label")) ?? "");

  await bottleneck.engine.selectOption("WebGPU");
  const sentences = await bottleneck.watch(bottleneck.lossCurve, "aria-label");
  await bottleneck.train.click();
  await bottleneck.reachesEpoch(6, 150_000);
  await expect(bottleneck.engineAtWork).toContainText(/^WebGPU · .*ms a step/);
  await expect(bottleneck.engineAtWork).toContainText("You chose WebGPU.");
  await expect(bottleneck.engineAtWork).toContainText(/agree with the CPU's within/);
  await bottleneck.pause.click();
  await expect(bottleneck.training).toContainText(/Paused after epoch \d+ of 150\./, { timeout: 30_000 });

  const losses = (await sentences()).map(lossesIn);
  expect(losses[0].epoch).toBe(2);
  expect(losses[0].training).toBeLessThanOrEqual(onTheCpu.training);
  expect(losses[losses.length - 1].training).toBeLessThan(onTheCpu.training);
  await bottleneck.hasVerdict();
});

test("WebGPU and the CPU learn the same from the same seed", async ({ bottleneck }, testInfo) => {
  await bottleneck.page.goto("./");
  const recipe = wellTrained({ batch_size: FULL_BATCH, epochs: N_STEPS });
  const gpu = await trainInWorker(bottleneck.page, "gpu_worker", recipe);
  const cpu = await trainInWorker(bottleneck.page, "cpu_worker", recipe);
  expect(gpu.engine.kind).toBe("WebGpu");
  expect(cpu.engine.kind).toBe("Cpu");
  expect(gpu.losses).toHaveLength(N_STEPS);

  const differences = gpu.losses.flatMap((loss, idx) => [
    relativeDifference(loss.training_loss, cpu.losses[idx].training_loss),
    relativeDifference(loss.calibration_loss, cpu.losses[idx].calibration_loss),
  ]);
  const largest = Math.max(...differences);
  report(testInfo, `WebGPU against CPU, largest relative difference of ${N_STEPS} steps: ${largest.toExponential(1)}`);
  expect(largest).toBeLessThanOrEqual(TOLERANCE);
  expect(cpu.losses[N_STEPS - 1].training_loss).toBeLessThan(cpu.losses[0].training_loss);
});

test("Auto does not take an adapter that only imitates a GPU", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.trainEndlessly();
  await expect(bottleneck.engineAtWork).toContainText(/^CPU · [\d.]+ ms a step/);
  await expect(bottleneck.engineAtWork).toContainText("a program that imitates one on the CPU");
});

test.describe("with an adapter that cannot measure time", () => {
  test.use({ faultsAreExpected: true });

  test("WebGPU is refused with the reason, and the CPU trains", async ({ bottleneck }) => {
    await hideTimestampQueries(bottleneck.page);
    await bottleneck.open();
    await bottleneck.engine.selectOption("WebGPU");
    await bottleneck.trainEndlessly(90_000);
    await expect(bottleneck.engineAtWork).toContainText(/^CPU · /);
    await expect(bottleneck.engineAtWork).toContainText("the adapter has no timestamp queries");
  });
});

function relativeDifference(one: number, other: number) {
  return Math.abs(one - other) / Math.abs(other);
}

/** A worker has its own globals, so the change must travel with its first script. */
function hideTimestampQueries(page: Page) {
  return page.route("**/gpu_worker_loader.js*", async (route) => {
    const response = await route.fetch();
    const patch = `
      const features = Object.getOwnPropertyDescriptor(GPUAdapter.prototype, "features").get;
      Object.defineProperty(GPUAdapter.prototype, "features", {
        get() {
          return new Set([...features.call(this)].filter((name) => name !== "timestamp-query"));
        },
      });
    `;
    await route.fulfill({ response, body: patch + (await response.text()) });
  });
}
