import type { Page } from "@playwright/test";
import { expect, lossesIn, test } from "./bottleneck_page";
import { report } from "./latency";
import { asDataset, fetchDigits, humps, spots, staff, type Dataset } from "./protocol_data";
import { fourthArticle, heartbeats, secondArticle, thirdArticle, variational, wellTrained, type Recipe } from "./protocol_recipes";
import { trainInWorker, type EpochLoss } from "./trainer_client";

/** All training digits at once: an epoch is a single step, since an imitated GPU is slow. */
const FULL_BATCH = 1_078;

interface Experiment {
  name: string;
  dataset: (page: Page) => Promise<Dataset>;
  recipe: Recipe;
  tolerance: number;
}

const digits = async (page: Page) => asDataset(await fetchDigits(page));

/** Few steps of every kind of network; of 23 pictures 16 are trained on, so that a convolution's epoch is a step. */
const EXPERIMENTS: Experiment[] = [
  {
    name: "a dense network",
    dataset: digits,
    recipe: wellTrained({ batch_size: FULL_BATCH, epochs: 20 }),
    tolerance: 1e-4,
  },
  {
    name: "a convolutional network",
    dataset: async () => asDataset(spots(23)),
    recipe: secondArticle({ batch_size: 64, epochs: 4 }),
    tolerance: 1e-3,
  },
  {
    name: "convolutions along curves",
    dataset: async () => asDataset(humps(40)),
    recipe: heartbeats({ batch_size: 64, epochs: 4 }),
    tolerance: 1e-3,
  },
  {
    name: "a deep linear network with a summed loss",
    dataset: digits,
    recipe: thirdArticle({ batch_size: FULL_BATCH, epochs: 5 }),
    tolerance: 1e-3,
  },
  {
    name: "a network with a variational code",
    dataset: digits,
    recipe: variational({ batch_size: FULL_BATCH, epochs: 5 }),
    tolerance: 1e-3,
  },
  {
    name: "a network for the rows of a table",
    dataset: async () => staff(40),
    recipe: fourthArticle({ epochs: 2 }),
    tolerance: 1e-3,
  },
];

test.describe.configure({ timeout: 180_000 });

test("training moves to WebGPU, goes on from the weights it had, and pauses", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.set("Batch size", FULL_BATCH);
  // Longer than the test, so that the run cannot end before it is paused.
  await bottleneck.set("Epochs", 20_000);
  await bottleneck.step.click();
  await expect(bottleneck.training).toContainText("Paused after epoch 1 of 20000.");
  const onTheCpu = lossesIn((await bottleneck.lossCurve.getAttribute("aria-label")) ?? "");

  await bottleneck.engine.selectOption({ label: "WebGPU" });
  const sentences = await bottleneck.watch(bottleneck.lossCurve, "aria-label");
  await bottleneck.train.click();
  await bottleneck.reachesEpoch(6, 150_000);
  await expect(bottleneck.engineAtWork).toContainText(/^WebGPU · .*ms a step/);
  await expect(bottleneck.engineAtWork).toContainText("You chose WebGPU.");
  await expect(bottleneck.engineAtWork).toContainText(/agree with the CPU's within/);
  await bottleneck.pause.click();
  await expect(bottleneck.training).toContainText(/Paused after epoch \d+ of 20000\./, { timeout: 30_000 });

  const losses = (await sentences()).map(lossesIn);
  expect(losses[0].epoch).toBe(2);
  expect(losses[0].training).toBeLessThanOrEqual(onTheCpu.training);
  expect(losses[losses.length - 1].training).toBeLessThan(onTheCpu.training);
  await bottleneck.isJudged();
});

for (const { name, dataset, recipe, tolerance } of EXPERIMENTS) {
  test(`WebGPU and the CPU teach ${name} the same from the same seed`, async ({ bottleneck }, testInfo) => {
    await bottleneck.page.goto("./");
    const items = await dataset(bottleneck.page);
    const gpu = await trainInWorker(bottleneck.page, "gpu_worker", items, recipe);
    const cpu = await trainInWorker(bottleneck.page, "cpu_worker", items, recipe);
    expect(gpu.engine.kind).toBe("WebGpu");
    expect(cpu.engine.kind).toBe("Cpu");

    const [onTheGpu, onTheCpu] = [figuresOf(gpu.losses), figuresOf(cpu.losses)];
    expect(onTheGpu).toHaveLength(onTheCpu.length);
    const largest = Math.max(...onTheGpu.map((loss, idx) => relativeDifference(loss, onTheCpu[idx])));
    report(testInfo, `WebGPU against CPU, ${name}, largest relative difference: ${largest.toExponential(1)}`);
    expect(largest).toBeLessThanOrEqual(tolerance);
    expect(cpu.losses).toHaveLength(recipe.training.epochs);
    expect(cpu.losses[cpu.losses.length - 1].calibration_loss).toBeLessThan(cpu.losses[0].calibration_loss);
  });
}

/** Layers of every kind. */
const [DENSE, CONVOLUTIONAL, , VARIATIONAL] = EXPERIMENTS;

for (const { name, dataset, recipe } of [DENSE, CONVOLUTIONAL, VARIATIONAL]) {
  test(`a run on WebGPU that is taken up anew after every epoch teaches ${name} the same`, async ({ bottleneck }, testInfo) => {
    await bottleneck.page.goto("./");
    const items = await dataset(bottleneck.page);
    const short = { ...recipe, training: { ...recipe.training, epochs: 2 } };
    const whole = await trainInWorker(bottleneck.page, "gpu_worker", items, short);
    const resumed = await trainInWorker(bottleneck.page, "gpu_worker", items, short, "Resume");
    const [one, other] = [figuresOf(whole.losses), figuresOf(resumed.losses)];
    expect(other).toHaveLength(one.length);
    const largest = Math.max(...one.map((loss, idx) => relativeDifference(loss, other[idx])));
    report(testInfo, `WebGPU taken up anew, ${name}, largest relative difference: ${largest.toExponential(1)}`);
    expect(largest).toBeLessThanOrEqual(1e-6);
  });
}

test("Auto does not take an adapter that only imitates a GPU", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.trainEndlessly();
  await expect(bottleneck.engineAtWork).toContainText(/^CPU · [\d.]+ ms a step/);
  await expect(bottleneck.engineAtWork).toContainText("a program that imitates one on the CPU");
});

/** Every loss that was measured, in one row. */
function figuresOf(losses: EpochLoss[]) {
  return losses.flatMap(({ batch_losses, calibration_loss }) => [...batch_losses, calibration_loss]);
}

function relativeDifference(one: number, other: number) {
  return Math.abs(one - other) / Math.abs(other);
}
