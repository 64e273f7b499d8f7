import { expect, test, type BottleneckPage } from "./bottleneck_page";

test("the verdict flips where the dragged line passes the drawing's error", async ({ bottleneck }) => {
  await bottleneck.open();
  await expect(bottleneck.thresholdAtHand).toContainText("The threshold follows the model");
  const drag = await grabTheLine(bottleneck);
  const words: (string | undefined)[] = [];
  for (const share of [0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1]) {
    await drag(share);
    const isAbove = (await bottleneck.error()) > (await bottleneck.thresholdNow());
    await expect(bottleneck.verdict).toContainText(isAbove ? "Anomaly" : "Normal");
    words.push(await bottleneck.verdictWord());
  }
  await bottleneck.page.mouse.up();
  expect(words[0]).toBe("Anomaly");
  expect(words[words.length - 1]).toBe("Normal");
  await expect(bottleneck.thresholdAtHand).toContainText("You set the threshold at 0.50.");

  await bottleneck.backToTheRule.click();
  await expect(bottleneck.thresholdAtHand).toContainText("The threshold follows the model");
});

test("a line that was set by hand stays where it is while the network is being trained", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.thresholdValue.fill("0.02");
  await bottleneck.thresholdValue.press("Enter");
  await bottleneck.trainEndlessly();
  await expect(bottleneck.thresholdAtHand).toContainText("You set the threshold at 0.020.");
  expect(await bottleneck.thresholdNow()).toBeCloseTo(0.02, 6);

  await bottleneck.backToTheRule.click();
  const moved = await bottleneck.watch(bottleneck.threshold, "aria-valuenow");
  await expect.poll(async () => (await moved()).length).toBeGreaterThan(1);
});

/** Takes hold of the line; what is returned moves it to a part of the axis. */
async function grabTheLine({ page, threshold, errorsOfNormalDigits }: BottleneckPage) {
  await threshold.scrollIntoViewIfNeeded();
  const plot = await errorsOfNormalDigits.getByRole("img", { name: /^Histogram/ }).boundingBox();
  const line = await threshold.boundingBox();
  if (!plot || !line) throw new Error("the histogram is not shown");
  const y = plot.y + plot.height / 2;
  await page.mouse.move(line.x + line.width / 2, y);
  await page.mouse.down();
  return (share: number) => page.mouse.move(plot.x + share * plot.width, y, { steps: 3 });
}
