import { expect, test } from "./bottleneck_page";

/** "Fooled by 2 of 5. Your best drawing: 31 points." */
const SCORE = /^Fooled by (\d) of (\d)\./;

test("the detector is put to the test, and says of each picture why", async ({ bottleneck }) => {
  await bottleneck.open();
  const challenge = bottleneck.page.getByRole("region", { name: "Fool the detector" });
  const score = challenge.getByRole("status", { name: "Score" });
  await challenge.getByRole("button", { name: "Show them to the detector" }).click();
  await expect(score).toHaveText(SCORE);
  const cards = challenge.getByRole("button", { name: /: error / });
  await expect(cards).toHaveCount(4);
  const fooled = await challenge.getByRole("button", { name: /, fooled/ }).count();
  expect(Number(SCORE.exec((await score.textContent()) ?? "")?.[1])).toBe(fooled);

  await challenge.getByRole("button", { name: /^Single stroke: error/ }).click();
  await expect(challenge.getByRole("heading", { name: "Why? Single stroke" })).toBeVisible();
  await expect(challenge).toContainText(/Error .* threshold/);
  await challenge.getByRole("button", { name: "Lay it on the bench" }).click();
  const name = await challenge.getByRole("button", { name: /^Single stroke: error/ }).getAttribute("aria-label");
  await expect.poll(() => bottleneck.verdictWord()).toBe(name?.includes("normal") ? "Normal" : "Anomaly");
});

test("a drawing is handed in, and follows the threshold", async ({ bottleneck }) => {
  await bottleneck.open();
  const challenge = bottleneck.page.getByRole("region", { name: "Fool the detector" });
  const handIn = challenge.getByRole("button", { name: "Show my drawing to the detector" });
  await handIn.click();
  await expect(bottleneck.notice).toContainText("Draw something on the bench");

  await bottleneck.draw([[[0.2, 0.5], [0.8, 0.5]]]);
  await handIn.click();
  const own = challenge.getByRole("button", { name: /^Your own: error/ });
  await expect(own).toBeVisible();
  await bottleneck.thresholdValue.fill("0.0001");
  await bottleneck.thresholdValue.press("Enter");
  await expect(own).toHaveAccessibleName(/, anomaly, right$/);
  await bottleneck.thresholdValue.fill("0.4");
  await bottleneck.thresholdValue.press("Enter");
  await expect(own).toHaveAccessibleName(/, normal, fooled$/);
});
