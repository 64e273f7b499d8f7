import { expect, test, type BottleneckPage } from "./bottleneck_page";

const EPOCHS = 100;

test("a digit that is left out becomes the anomaly, until it contaminates the training set", async ({ bottleneck }) => {
  test.setTimeout(120_000);
  const { normalDigits } = bottleneck;
  await bottleneck.open();
  await expect(normalDigits.heldOutExample).toBeHidden();
  await expect(normalDigits.contamination).toBeDisabled();

  await normalDigits.digit(0).click();
  expect(await normalDigits.isNormal(0)).toBe(false);
  await expect(bottleneck.network).toContainText("never sees the 178 others");
  const clean = await trained(bottleneck);
  expect(clean.error).toBeGreaterThan(2 * clean.normal.error);
  expect(clean.flagged).toBeGreaterThan(50);
  expect(clean.normal.flagged).toBeLessThan(12);

  await normalDigits.contamination.fill("10");
  await expect(bottleneck.network).toContainText("108 of the 1,080 training digits are not normal (10.0 %)");
  const contaminated = await trained(bottleneck);
  expect(contaminated.error).toBeLessThan(0.5 * clean.error);
  expect(contaminated.flagged).toBeLessThan(clean.flagged / 2);
});

test("a held-out example is one of the digits that are not normal", async ({ bottleneck }) => {
  const { normalDigits, page } = bottleneck;
  await page.goto("./#normal=0,1,2,3,4,5,6,8,9");
  await bottleneck.isJudged();
  await normalDigits.heldOutExample.click();
  await expect(page.getByText(/Item \d+ of the data, a 7/)).toBeVisible();
  await bottleneck.example.click();
  await expect(page.getByText(/Item \d+ of the data, an? [^7 ]/)).toBeVisible();
});

test("a link brings back what is normal and how much contaminates it", async ({ bottleneck }) => {
  const { normalDigits, page } = bottleneck;
  await bottleneck.open();
  await normalDigits.digit(3).focus();
  await page.keyboard.press("Space");
  await normalDigits.digit(8).press("Enter");
  await normalDigits.contamination.fill("5");
  await expect(page).toHaveURL(/#(?=.*normal=0,1,2,4,5,6,7,9)(?=.*contamination=0\.05)/);

  await page.reload();
  await bottleneck.isJudged();
  for (const digit of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) {
    expect(await normalDigits.isNormal(digit)).toBe(digit !== 3 && digit !== 8);
  }
  await expect(normalDigits.contamination).toHaveValue("5");
  await expect(bottleneck.training).toContainText("Fresh weights");
});

test("one digit stays normal, and a broken link changes nothing", async ({ bottleneck }) => {
  const { normalDigits, page } = bottleneck;
  await page.goto("./#normal=4&contamination=0.7");
  await bottleneck.isJudged();
  await expect(bottleneck.notice).toContainText("left out");
  await expect(normalDigits.contamination).toHaveValue("0");
  await normalDigits.digit(4).click();
  await expect(bottleneck.notice).toContainText("at least one class must stay normal");
  expect(await normalDigits.isNormal(4)).toBe(true);
});

test("a run that other normal digits have ended can be taken back", async ({ bottleneck }) => {
  const { normalDigits } = bottleneck;
  await bottleneck.open();
  await bottleneck.trainToTheEnd(2);
  await normalDigits.digit(5).click();
  await expect(bottleneck.training).toContainText("Fresh weights");
  await bottleneck.notice.getByRole("button", { name: "Take it back" }).click();
  expect(await normalDigits.isNormal(5)).toBe(true);
  await expect(bottleneck.training).toContainText("Trained here, in your browser: 2 epochs");
});

test("a table has no classes to choose from", async ({ bottleneck }) => {
  await bottleneck.open();
  await expect(bottleneck.normalDigits.group).toBeVisible();
  await bottleneck.choose("A table of employees (article 4)");
  await expect(bottleneck.normalDigits.group).toBeHidden();
  await expect(bottleneck.normalDigits.contamination).toBeHidden();
});

/** Trains to the end, and reads how held-out and normal digits are judged. */
async function trained(bottleneck: BottleneckPage) {
  await bottleneck.trainToTheEnd(EPOCHS);
  await bottleneck.items.isMeasured();
  const others = await bottleneck.normalDigits.judged("others (new)");
  return { ...others, normal: await bottleneck.normalDigits.judged("normal (new)") };
}
