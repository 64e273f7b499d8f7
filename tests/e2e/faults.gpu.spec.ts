import { ANY_VERDICT, epochIn, expect, lossesIn, ONE, SEVEN, test, type BottleneckPage } from "./bottleneck_page";
import { loseGpu, makeGpuLosable, patchGpuWorker } from "./gpu_worker";

/** All training digits at once: an epoch is a single step, since an imitated GPU is slow. */
const FULL_BATCH = 1_078;

const NO_ADAPTER = `GPU.prototype.requestAdapter = async () => null;`;

const NO_TIMESTAMPS = `
  const features = Object.getOwnPropertyDescriptor(GPUAdapter.prototype, "features").get;
  Object.defineProperty(GPUAdapter.prototype, "features", {
    get() {
      return new Set([...features.call(this)].filter((name) => name !== "timestamp-query"));
    },
  });`;

/** Everything that is read back from the GPU is half as much again as it should be. */
const WRONG_RESULTS = `
  const read = GPUBuffer.prototype.getMappedRange;
  GPUBuffer.prototype.getMappedRange = function (...args) {
    const range = read.apply(this, args);
    if (this.usage & GPUBufferUsage.MAP_READ) {
      const values = new Float32Array(range);
      values.forEach((value, idx) => (values[idx] = 1.5 * value));
    }
    return range;
  };`;

const UNUSABLE = [
  { what: "gives the worker no adapter", patch: NO_ADAPTER, reason: "the browser gave the worker no adapter" },
  { what: "cannot measure time", patch: NO_TIMESTAMPS, reason: "the adapter has no timestamp queries" },
  { what: "computes something else than the CPU", patch: WRONG_RESULTS, reason: "the self-test disagreed with the CPU" },
];

test.use({ faultsAreExpected: true });
test.describe.configure({ timeout: 300_000 });

for (const { what, patch, reason } of UNUSABLE) {
  test(`a GPU that ${what} is refused with the reason, and the CPU trains`, async ({ bottleneck }) => {
    await patchGpuWorker(bottleneck.page, patch);
    await bottleneck.open();
    await bottleneck.engine.selectOption({ label: "WebGPU" });
    await bottleneck.trainEndlessly(90_000);
    await expect(bottleneck.engineAtWork).toContainText(/^CPU · [\d.]+ ms a step/);
    await expect(bottleneck.engineAtWork).toContainText(`WebGPU cannot be used: ${reason}`);
    await drawsAndJudges(bottleneck);
  });
}

test("a GPU that is lost in the middle of training leaves its weights to the CPU", async ({ bottleneck }) => {
  await makeGpuLosable(bottleneck.page);
  await bottleneck.open();
  await bottleneck.draw(ONE);
  await bottleneck.set("Batch size", FULL_BATCH);
  await bottleneck.engine.selectOption({ label: "WebGPU" });
  await bottleneck.trainEndlessly(150_000);
  await expect(bottleneck.engineAtWork).toContainText(/^WebGPU · /);
  const before = await bottleneck.epoch();
  const epochs = await bottleneck.watch(bottleneck.progress, "aria-valuetext");
  const sentences = await bottleneck.watch(bottleneck.lossCurve, "aria-label");

  await loseGpu(bottleneck.page);
  await expect(bottleneck.notice).toContainText(
    /WebGPU stopped in the middle of training: the GPU no longer answers\. The CPU goes on from epoch \d+\./,
    { timeout: 30_000 },
  );
  const resumedAt = epochIn((await bottleneck.notice.textContent()) ?? "");
  expect(resumedAt).toBeGreaterThanOrEqual(before);
  await bottleneck.reachesEpoch(resumedAt + 10);
  await expect(bottleneck.engineAtWork).toContainText(/^CPU · /);
  await expect(bottleneck.engineAtWork).toContainText("WebGPU cannot be used: the GPU no longer answers.");
  await bottleneck.pause.click();
  await expect(bottleneck.training).toContainText("Paused after epoch");

  const seen = (await epochs()).map(epochIn);
  expect(seen, "no epoch is lost").toEqual([...seen].sort((one, other) => one - other));
  const losses = (await sentences()).map(lossesIn);
  expect(losses[losses.length - 1].training, "the CPU had the weights").toBeLessThan(losses[0].training);

  await expect(bottleneck.verdict, "the drawing is still there").toContainText(ANY_VERDICT);
  await drawsAndJudges(bottleneck);
  await expect(bottleneck.notice.getByRole("button", { name: "Try WebGPU again" })).toBeVisible();
});

/** The page answers: another drawing has another error. */
async function drawsAndJudges(bottleneck: BottleneckPage) {
  const before = await bottleneck.error();
  await bottleneck.clear.click();
  await bottleneck.draw(SEVEN);
  await bottleneck.isJudged();
  await expect.poll(() => bottleneck.error()).not.toBe(before);
}
