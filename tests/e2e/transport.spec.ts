import { expect, test, type BottleneckPage } from "./bottleneck_page";
import { inMilliseconds, millisecondsToPause, report, summaryOf } from "./latency";
import { FIRST_TRAINER, tapWorkers } from "./worker_tap";

const N_PAUSES = 5;
/** News that was under way already, and the last one, of where the training stopped. */
const MOST_NEWS_AFTER_PAUSE = 2;

test("Pause stops training at once, and nothing moves afterwards", async ({ bottleneck }, testInfo) => {
  await tapWorkers(bottleneck.page);
  await bottleneck.open();
  await bottleneck.trainEndlessly();
  const delays: number[] = [];
  const news: number[] = [];
  for (let round = 0; round < N_PAUSES; round += 1) {
    delays.push(await millisecondsToPause(bottleneck));
    await expect(bottleneck.training).toContainText(/Paused after epoch \d+ of 20000\./);
    expect(await epochsWithin(bottleneck, 400)).toEqual([]);
    news.push(await bottleneck.page.evaluate((idx) => window.startedWorkers[idx].trainedSincePause, FIRST_TRAINER));
    const paused = await bottleneck.epoch();
    await bottleneck.train.click();
    await bottleneck.reachesEpoch(paused + 3);
  }
  report(testInfo, `click on Pause to "Paused": ${inMilliseconds(summaryOf(delays))}`);
  expect(Math.min(...news), "the trainer tells where it stopped").toBeGreaterThan(0);
  expect(summaryOf(news).median).toBeLessThanOrEqual(MOST_NEWS_AFTER_PAUSE);
});

test("an epoch that ends between Pause and Train is not lost", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.choose("Convolutions as published (article 2)");
  await bottleneck.set("Epochs", 1);
  await bottleneck.train.click();
  // So often that one of them comes while the calibration items are measured, at the epoch's end.
  await bottleneck.training.evaluate(
    (panel) =>
      new Promise<void>((resolve) => {
        const timer = setInterval(() => {
          if (panel.textContent?.includes("Trained here, in your browser: 1 epoch")) {
            clearInterval(timer);
            resolve();
            return;
          }
          const buttons = [...panel.querySelectorAll("button")];
          buttons.find((button) => /^(Pause|Train)$/.test(button.textContent?.trim() ?? ""))?.click();
        }, 40);
      }),
  );
  await expect(bottleneck.lossCurve).toHaveAccessibleName(/after epoch 1 it is/);
});

test("Step trains exactly one epoch", async ({ bottleneck }) => {
  await bottleneck.open();
  for (const epoch of [1, 2]) {
    await bottleneck.step.click();
    await expect(bottleneck.training).toContainText(`Paused after epoch ${epoch} of 150.`);
    await expect(bottleneck.progress).toHaveAttribute("aria-valuetext", `epoch ${epoch} of 150`);
    await expect(bottleneck.lossCurve).toHaveAccessibleName(new RegExp(`after epoch ${epoch} it is`));
  }
});

test("Reset gives fresh weights, which can be taken back", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.step.click();
  await expect(bottleneck.training).toContainText("Paused after epoch 1 of 150.");
  await bottleneck.step.click();
  await expect(bottleneck.training).toContainText("Paused after epoch 2 of 150.");
  const trained = await bottleneck.settledError();
  const losses = await bottleneck.lossCurve.getAttribute("aria-label");

  await bottleneck.reset.click();
  await expect(bottleneck.training).toContainText("Fresh weights");
  await expect(bottleneck.progress).toHaveAttribute("aria-valuetext", "epoch 0 of 150");
  await expect(bottleneck.lossCurve).toHaveAccessibleName("Loss curve: no epoch has been trained yet.");
  await expect.poll(() => bottleneck.error()).not.toBe(trained);

  await bottleneck.notice.getByRole("button", { name: "Take it back" }).click();
  await expect(bottleneck.training).toContainText("Paused after epoch 2 of 150.");
  await expect.poll(() => bottleneck.error()).toBe(trained);
  expect(await bottleneck.lossCurve.getAttribute("aria-label")).toBe(losses);
  await expect(bottleneck.page.getByRole("button", { name: "Take it back" })).toBeHidden();

  await bottleneck.step.click();
  await expect(bottleneck.training).toContainText("Paused after epoch 3 of 150.");
});

test("the model that came with the page can be taken up again", async ({ bottleneck }) => {
  await bottleneck.open();
  const shipped = await bottleneck.error();
  await bottleneck.step.click();
  await expect(bottleneck.training).toContainText("Paused after epoch 1 of 150.");
  await expect.poll(() => bottleneck.error()).not.toBe(shipped);
  await bottleneck.page.getByRole("button", { name: "Back to the model that came with the page" }).click();
  await expect(bottleneck.training).toContainText(/this model came with the page/i);
  await expect.poll(() => bottleneck.error()).toBe(shipped);
});

/** Every change of the progress and of the loss curve within a time. */
async function epochsWithin(bottleneck: BottleneckPage, ms: number) {
  const progress = await bottleneck.watch(bottleneck.progress, "aria-valuetext");
  const losses = await bottleneck.watch(bottleneck.lossCurve, "aria-label");
  await bottleneck.page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), ms);
  return [...(await progress()), ...(await losses())];
}
