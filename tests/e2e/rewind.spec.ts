import { expect, test, type BottleneckPage } from "./bottleneck_page";
import { inMilliseconds, report, summaryOf } from "./latency";

/** The time machine under the loss curve. */
function timeMachine({ training, page }: BottleneckPage) {
  return {
    slider: training.getByRole("slider", { name: "Epoch shown" }),
    play: training.getByRole("button", { name: "Play the run again" }),
    trainOn: training.getByRole("button", { name: "Train on from here" }),
    now: training.getByRole("button", { name: "Back to now" }),
    sentence: training.getByText(/^All of this is as it was/),
    past: page.getByRole("region", { name: "When did it learn this one?" }),
  };
}

test("earlier epochs judge the drawing at once, and the newest again", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.trainToTheEnd(20);
  const machine = timeMachine(bottleneck);
  const newest = { error: await bottleneck.settledError(), threshold: await bottleneck.thresholdNow() };

  await machine.slider.fill("3");
  await expect(machine.sentence).toHaveText("All of this is as it was after epoch 3.");
  const third = await bottleneck.settledError();
  expect(third).not.toBe(newest.error);
  expect(await bottleneck.thresholdNow()).not.toBe(newest.threshold);

  await machine.slider.fill("0");
  await expect(machine.sentence).toHaveText("All of this is as it was before training.");
  await expect(bottleneck.verdict).toContainText("No verdict yet");

  await machine.slider.press("ArrowRight");
  await machine.slider.press("ArrowRight");
  await machine.slider.press("ArrowRight");
  await expect(machine.sentence).toContainText("epoch 3");
  expect(await bottleneck.settledError()).toBe(third);

  await machine.now.click();
  await expect(machine.sentence).toBeHidden();
  expect(await bottleneck.settledError()).toBe(newest.error);
  expect(await bottleneck.thresholdNow()).toBe(newest.threshold);
});

test("going back while training shows an earlier epoch, and training goes on", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.trainEndlessly();
  const machine = timeMachine(bottleneck);
  await bottleneck.reachesEpoch(10);
  await machine.slider.fill("2");
  // Where many epochs are done already, the nearest one that is still kept.
  await expect(machine.sentence).toContainText(/after epoch [12]\./);
  const shown = (await machine.sentence.textContent()) ?? "";
  const error = await bottleneck.settledError();
  const epoch = await bottleneck.epoch();
  await bottleneck.reachesEpoch(epoch + 20);
  await expect(machine.sentence).toHaveText(shown);
  expect(await bottleneck.error()).toBe(error);
  await bottleneck.pause.click();
});

test("a run that branches off repeats the epochs of the first one to the bit", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.trainToTheEnd(12);
  const machine = timeMachine(bottleneck);
  const error = await bottleneck.settledError();
  const losses = await bottleneck.lossCurve.getAttribute("aria-label");
  await machine.slider.fill("5");
  await machine.trainOn.click();
  await expect(bottleneck.notice).toContainText("A run of its own goes on from epoch 5");
  await expect(bottleneck.training).toContainText("Trained here, in your browser: 12 epochs", { timeout: 30_000 });
  expect(await bottleneck.settledError()).toBe(error);
  expect(await bottleneck.lossCurve.getAttribute("aria-label")).toBe(losses);
});

test("a run plays again from its beginning to now", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.trainToTheEnd(12);
  const machine = timeMachine(bottleneck);
  const shown = await bottleneck.watch(machine.slider, "aria-valuetext");
  await machine.play.click();
  await expect(machine.slider).toHaveAttribute("aria-valuetext", "as it is now", { timeout: 15_000 });
  await expect(machine.sentence).toBeHidden();
  const epochs = await shown();
  expect(epochs[0]).toBe("as it was before training");
  expect(epochs.filter((words) => /after epoch/.test(words)).length).toBeGreaterThanOrEqual(11);
});

test("the error of the drawing is drawn over the epochs, beside the threshold", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.trainToTheEnd(12);
  const { past } = timeMachine(bottleneck);
  await past.scrollIntoViewIfNeeded();
  await expect(past).toContainText(/Your digit (is|was) (above|below) the threshold/, { timeout: 15_000 });
  const error = await bottleneck.error();
  await expect(past).toContainText(`its error ${error.toPrecision(2)}`);
});

/** Epochs, and the most milliseconds: three times what it takes where nothing else runs, for a machine that builds beside it. */
const PACES = [
  { recipe: "well-trained", epochs: 30, most: 150 },
  { recipe: "mnist-conv", epochs: 8, most: 450 },
];

for (const { recipe, epochs, most } of PACES) {
  test(`a step of the time machine of ${recipe} is shown at once`, async ({ bottleneck }, testInfo) => {
    await bottleneck.page.goto(`./#recipe=${recipe}`);
    await bottleneck.hasVerdict();
    await bottleneck.reset.click();
    await bottleneck.trainToTheEnd(epochs);
    const waits = await waitsOf(bottleneck, epochs);
    report(testInfo, `time machine, ${recipe}: ${inMilliseconds(summaryOf(waits))}`);
    expect(summaryOf(waits).median).toBeLessThanOrEqual(most);
  });
}

/** How long it takes from moving the slider to the error of that epoch, in milliseconds, for each epoch. */
function waitsOf({ page }: BottleneckPage, epochs: number) {
  return page.evaluate(async (epochs) => {
    const slider = document.querySelector<HTMLInputElement>("input[aria-label='Epoch shown']");
    const meter = document.querySelector("[role=meter][aria-label='Reconstruction error']");
    if (!slider || !meter) throw new Error("no time machine");
    const waits: number[] = [];
    for (let epoch = epochs - 1; epoch >= 1; epoch -= 1) {
      const changed = new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          resolve(performance.now());
        });
        observer.observe(meter, { attributes: true, attributeFilter: ["aria-valuenow"] });
      });
      const started = performance.now();
      slider.value = `${epoch}`;
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      waits.push((await changed) - started);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    return waits;
  }, epochs);
}
