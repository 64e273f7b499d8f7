import { expect, SCRIBBLE, test, type BottleneckPage } from "./bottleneck_page";
import { HANDS, written } from "./handwriting";
import { report } from "./latency";

const STEPS = [
  "Leave out stray specks",
  "Take back a rare slant",
  "Centre and scale to fit",
  "Strokes as wide as in the data",
  "Balance the ink in the middle",
];

/** Draws on an empty surface, and waits until the verdict is that of the drawing. */
async function draw(bottleneck: BottleneckPage, strokes: Parameters<BottleneckPage["draw"]>[0]) {
  await bottleneck.clear.click();
  await expect(bottleneck.verdict).toContainText("No verdict yet");
  await bottleneck.draw(strokes);
  await bottleneck.hasVerdict();
  await bottleneck.settledError();
}

test("the page opens with digits that a person can read, and says what they are", async ({ bottleneck }) => {
  await bottleneck.openPlainly();
  await expect(bottleneck.chosen(bottleneck.recipe)).toHaveText("Handwritten digits, 28 × 28");
  await expect(bottleneck.page.getByText("784 – 64 – 16 – 64 – 784")).toBeVisible();
  await bottleneck.choose("Small digits, 8 × 8");
  await expect(bottleneck.page.getByText("64 – 32 – 8 – 32 – 64")).toBeVisible();
  await expect(bottleneck.page).toHaveURL(/#recipe=well-trained/);
});

// The other hands, and each of these many times, are tried natively in tests/handwriting.
for (const hand of HANDS.slice(1, 3)) {
  test(`ordinary digits of a hand are normal: ${hand.name}`, async ({ bottleneck }) => {
    test.slow();
    await bottleneck.openPlainly();
    const words: (string | undefined)[] = [];
    for (let digit = 0; digit <= 9; digit += 1) {
      await draw(bottleneck, written(digit, hand));
      words.push(await bottleneck.verdictWord());
    }
    expect(words.filter((word) => word === "Normal").length, words.join(" ")).toBeGreaterThanOrEqual(9);
  });
}

test("a scribble is no digit, and a digit turned by a quarter is none either", async ({ bottleneck }) => {
  await bottleneck.openPlainly();
  await draw(bottleneck, SCRIBBLE);
  await expect.poll(() => bottleneck.verdictWord()).toBe("Anomaly");
  await draw(bottleneck, written(4, HANDS[0]));
  await expect.poll(() => bottleneck.verdictWord()).toBe("Normal");
  await bottleneck.rotation.fill("90");
  await expect.poll(() => bottleneck.verdictWord()).toBe("Anomaly");
});

test("each step of the preparation is shown, switched, taken back, linked and kept by Clear", async ({ bottleneck }) => {
  const { page, preparation } = bottleneck;
  await bottleneck.openPlainly();
  await draw(bottleneck, written(7, HANDS[2]));
  await expect(await bottleneck.steps()).toHaveCount(STEPS.length);
  for (const name of STEPS) {
    await expect(await bottleneck.preparing(name)).toBeChecked();
    await expect(preparation.getByRole("img", { name: `After “${name}”` })).toBeVisible();
  }
  await expect(preparation).toContainText(/leans \d+°, usual are \d+° to \d+°: now \d+°/);

  const slant = await bottleneck.preparing("Take back a rare slant");
  const straight = await bottleneck.settledError();
  await slant.click();
  await expect.poll(() => bottleneck.error()).not.toBe(straight);
  await expect(page).toHaveURL(/prepared=specks,strokes,balance/);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(slant).toBeChecked();
  await expect.poll(() => bottleneck.error()).toBe(straight);

  const fit = await bottleneck.preparing("Centre and scale to fit");
  await fit.click();
  await bottleneck.clear.click();
  await expect(fit).not.toBeChecked();
  await bottleneck.draw(written(7, HANDS[2]));
  await expect(fit).not.toBeChecked();
  await expect(page).toHaveURL(/centred=false/);
  await page.reload();
  await bottleneck.hasVerdict();
  await expect(await bottleneck.preparing("Centre and scale to fit")).not.toBeChecked();
});

test("an item of the data is prepared already", async ({ bottleneck }) => {
  await bottleneck.openPlainly();
  for (const name of STEPS) await expect(await bottleneck.preparing(name)).not.toBeChecked();
  await expect(bottleneck.preparation).toContainText("An item of the data: prepared already");
});

test("a link from before recipes were always named opens what it opened", async ({ bottleneck }) => {
  await bottleneck.page.goto("./#rotation=90&noise=0.1");
  await bottleneck.hasVerdict();
  await expect(bottleneck.chosen(bottleneck.recipe)).toHaveText("Small digits, 8 × 8");
  await expect(bottleneck.rotation).toHaveValue("90");
  await expect(bottleneck.page).toHaveURL(/#recipe=well-trained&(?=.*rotation=90)/);
});

test("while it is taught from nothing, the verdict moves under the hand", async ({ bottleneck }, testInfo) => {
  await bottleneck.openPlainly();
  await draw(bottleneck, written(3, HANDS[0]));
  const errors = await bottleneck.watch(bottleneck.errorMeter, "aria-valuenow");
  const start = Date.now();
  await bottleneck.train.click();
  await bottleneck.reachesEpoch(5, 60_000);
  report(testInfo, `five epochs of what the page opens with: ${((Date.now() - start) / 1000).toFixed(1)} s`);
  expect(new Set(await errors()).size, "errors on the way").toBeGreaterThan(3);
  await bottleneck.pause.click();
  await bottleneck.draw(written(7, HANDS[2]));
  await bottleneck.hasVerdict();
});
