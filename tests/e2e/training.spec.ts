import { expect, lossesIn, ONE, SCRIBBLE, SEVEN, test } from "./bottleneck_page";
import { rowsOf } from "./item_list";

test("a digit drawn with the mouse gets a verdict with its error and the threshold", async ({ bottleneck }) => {
  await bottleneck.open();
  const before = await bottleneck.error();
  await bottleneck.draw(SEVEN);
  await expect.poll(() => bottleneck.error()).not.toBe(before);
  await expect(bottleneck.verdict).toContainText(
    /(Normal|Anomaly)\s*(but close)?\s*Error [\d.]+ is (above|below) the threshold [\d.]+: (normal|anomaly)\. .*normal digits/,
  );
});

test("training lowers both losses, moves the progress to its end, and says that it is done", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.set("Epochs", 1_000);
  const sentences = await bottleneck.watch(bottleneck.lossCurve, "aria-label");
  const percents = await bottleneck.watch(bottleneck.progress, "aria-valuenow");
  await bottleneck.train.click();
  await expect(bottleneck.training).toContainText("Trained here, in your browser: 1000 epochs.", { timeout: 60_000 });

  const shown = (await sentences()).map(lossesIn).filter(({ epoch }) => epoch > 0);
  expect(shown.length).toBeGreaterThan(2);
  expect(shown[shown.length - 1].epoch).toBe(1_000);
  // A quick machine is far on before the page is painted; the log has the first epoch in any case.
  const log = await rowsOf(bottleneck.page.getByRole("table", { name: "Training log" }));
  const [first, last] = [log[0], log[log.length - 1]];
  expect([first.epoch, last.epoch]).toEqual(["0", "999"]);
  expect(Number(last.mean)).toBeLessThan(Number(first.mean) / 2);
  expect(Number(last.calibration)).toBeLessThan(Number(first.calibration) / 2);
  expect(new Set(await percents()).size).toBeGreaterThan(2);
  await expect(bottleneck.progress).toHaveAttribute("aria-valuenow", "100");
});

test("the error of a drawn digit falls while the network learns", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.draw(ONE);
  await bottleneck.reset.click();
  await expect(bottleneck.training).toContainText("Fresh weights");
  await expect.poll(() => bottleneck.error(), "an untrained network reconstructs nothing").toBeGreaterThan(0.1);
  const untrained = await bottleneck.error();

  // So many that a busy machine, too, shows the drawing's error several times before the last.
  await bottleneck.set("Epochs", 1_000);
  const errors = await bottleneck.watch(bottleneck.errorMeter, "aria-valuenow");
  await bottleneck.train.click();
  await expect(bottleneck.training).toContainText("Trained here, in your browser: 1000 epochs.", { timeout: 90_000 });
  expect(new Set(await errors()).size).toBeGreaterThanOrEqual(4);
  expect(await bottleneck.error()).toBeLessThan(untrained / 2);
});

test("a scribble and a digit on its side are anomalies to a network that was trained here", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.train.click();
  await expect(bottleneck.training).toContainText("Trained here", { timeout: 60_000 });

  await bottleneck.draw(SCRIBBLE);
  await expect(bottleneck.verdict).toContainText("Anomaly");
  await expect(bottleneck.verdict).toContainText(/Most of the error is .*ink/);

  await bottleneck.example.click();
  await expect(bottleneck.verdict).toContainText("Normal");
  const upright = await bottleneck.error();
  await bottleneck.rotation.fill("90");
  await expect(bottleneck.verdict).toContainText("Anomaly");
  expect(await bottleneck.error()).toBeGreaterThan(2 * upright);
});
