import { expect, test, type BottleneckPage } from "./bottleneck_page";
import { painted } from "./codes_panel";
import { isFalling } from "./item_list";
import { report } from "./latency";

/** How many times as long half of the frames may take with ten thousand pictures as with fewer than two thousand. */
const MOST_TIMES_SLOWER = 3;

test("classes and sides of the threshold filter the gallery, and their counts add up", async ({ bottleneck }) => {
  const { gallery } = await opened(bottleneck);
  await expect(gallery.listed).toHaveText("1,797 of 1,797 digits");
  const nFlagged = await gallery.nFlagged();
  expect(nFlagged).toBeGreaterThan(0);

  expect(await gallery.press("Side of the threshold", "Above")).toBe(nFlagged);
  const above = await gallery.cardsNow();
  expect(above.length).toBeGreaterThan(0);
  expect(above.every(({ isAnomaly }) => isAnomaly)).toBe(true);
  let sum = 0;
  for (let digit = 0; digit < 10; digit += 1) {
    const nOfClass = await gallery.press("Classes", String(digit));
    const cards = await gallery.cardsNow();
    expect(cards.length > 0, `there are cards where ${nOfClass} are listed`).toBe(nOfClass > 0);
    for (const { label } of cards) expect(label).toBe(String(digit));
    sum += nOfClass;
    await gallery.chip("Classes", String(digit)).click();
  }
  expect(sum, "every flagged digit is of one class").toBe(nFlagged);

  expect(await gallery.press("Side of the threshold", "Below")).toBe(1_797 - nFlagged);
  const ones = await gallery.press("Classes", "1");
  expect(await gallery.press("Classes", "4"), "classes add up").toBeGreaterThan(ones);
  await expect(gallery.chip("Classes", "4")).toHaveAttribute("aria-pressed", "true");
  await gallery.chip("Classes", "All").click();
  await expect(gallery.chip("Classes", "4")).toHaveAttribute("aria-pressed", "false");
});

test("the flagged calibration digits are those that the histogram counts", async ({ bottleneck }) => {
  const { gallery } = await opened(bottleneck);
  expect(await gallery.press("Part of the data", "Calibration")).toBe(359);
  const flagged = await gallery.press("Side of the threshold", "Above");
  await expect(bottleneck.thresholdAtHand).toContainText(`It flags ${flagged} of the 359 calibration digits`);

  await bottleneck.thresholdValue.fill("0.5");
  await bottleneck.thresholdValue.press("Enter");
  await expect(gallery.region).toContainText("There are no such digits.");
  await gallery.clearFilters.click();
  await expect(gallery.listed).toHaveText("1,797 of 1,797 digits");
  await expect(gallery.cards.first()).toBeVisible();
});

test("a click puts an item on the bench, from either end of the list", async ({ bottleneck }) => {
  const { gallery, items } = await opened(bottleneck);
  const worst = await gallery.cardsNow();
  expect(isFalling(worst.map(({ error }) => error))).toBe(true);
  await gallery.cards.first().click();
  await expect(items.bench).toContainText(new RegExp(`Item ${worst[0].index}, an? ${worst[0].label}`));
  await expect.poll(() => bottleneck.error()).toBeCloseTo(worst[0].error, 4);
  await expect(bottleneck.verdict).toContainText("Anomaly");
  await expect(gallery.card(worst[0].index)).toHaveAttribute("aria-current", "true");

  await items.order("Most typical first");
  const best = await gallery.cardsNow();
  expect(isFalling(best.map(({ error }) => -error))).toBe(true);
  expect(best[0].error).toBeLessThan(worst[0].error / 10);
  await gallery.cards.first().click();
  await expect.poll(() => bottleneck.error()).toBeCloseTo(best[0].error, 4);
  await expect(bottleneck.verdict).toContainText("Normal");
});

test("errors and reconstructions follow the network that is trained", async ({ bottleneck }) => {
  const { gallery, items } = await opened(bottleneck);
  await gallery.pictures.first().scrollIntoViewIfNeeded();
  await gallery.isPainted();
  const [before] = await gallery.cardsNow();
  const [pictureBefore] = await painted(gallery.pictures);
  await bottleneck.step.click();
  await expect(bottleneck.training).toContainText("Paused after epoch 1");
  await items.isMeasured();
  const [after] = await gallery.cardsNow();
  expect(after.error).toBeGreaterThan(before.error);
  await gallery.pictures.first().scrollIntoViewIfNeeded();
  await expect.poll(async () => (await painted(gallery.pictures))[0]).not.toBe(pictureBefore);
  await gallery.isPainted();
});

test("the arrow keys lead through the gallery, and Enter puts an item on the bench", async ({ bottleneck }) => {
  const { gallery, items, page } = await opened(bottleneck);
  await gallery.cards.first().focus();
  await page.keyboard.press("ArrowRight");
  await expect(gallery.cards.nth(1)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await expect(gallery.cards.nth(1)).toBeFocused();
  await page.keyboard.press("End");
  const last = gallery.list.locator('[aria-posinset="1797"]').getByRole("button");
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport();
  const name = await last.textContent();
  await page.keyboard.press("Enter");
  await expect(items.bench).toContainText(/Item \d+, an? \d/.exec(name ?? "")?.[0] ?? "no name");
  await page.keyboard.press("Home");
  await expect(gallery.cards.first()).toBeFocused();
});

test("pictures and table show the same list, and rows have a table only", async ({ bottleneck }) => {
  const { gallery, items } = await opened(bottleneck);
  await gallery.press("Classes", "7");
  const cards = await gallery.cardsNow();
  const rows = await items.rows();
  expect(rows.slice(0, 5).map(({ index }) => Number(index))).toEqual(cards.slice(0, 5).map(({ index }) => index));
  await expect(gallery.list).toBeHidden();

  await bottleneck.choose("A table of employees (article 4)");
  await items.isMeasured();
  await expect(items.table).toBeVisible();
  await expect(gallery.region.getByRole("group", { name: "Classes" })).toBeHidden();
  await expect(gallery.region.getByRole("group", { name: "View of the items" })).toBeHidden();
  const nFlagged = await gallery.nFlagged();
  expect(await gallery.press("Side of the threshold", "Above")).toBe(nFlagged);
});

test("ten thousand pictures are scrolled through with only those in sight on the page", async ({ bottleneck }, testInfo) => {
  const { gallery } = await opened(bottleneck);
  const scrolled = async () => {
    await gallery.cards.first().scrollIntoViewIfNeeded();
    await gallery.isPainted();
    return gallery.list.evaluate(scrollThrough);
  };
  const few = await scrolled();
  await bottleneck.choose("Convolutions as published (article 2)");
  await bottleneck.items.isMeasured(90_000);
  const many = await scrolled();
  report(testInfo, `scrolling through 10,000 pictures: ${many.nFrames} frames, half of them within ` +
    `${many.median.toFixed(0)} ms, the longest ${many.longest.toFixed(0)} ms; through 1,797: ${few.median.toFixed(0)} ms`);
  expect(await gallery.cards.count(), "only those in sight are on the page").toBeLessThan(100);
  await expect(gallery.list.locator('[aria-posinset="10000"]')).toBeVisible();
  expect(many.median).toBeLessThan(MOST_TIMES_SLOWER * few.median);
});

async function opened(bottleneck: BottleneckPage) {
  await bottleneck.open();
  await bottleneck.items.isMeasured();
  return bottleneck;
}

/** Scrolls to the end, slowly at first and ever faster; how long the frames took. */
async function scrollThrough(list: Element) {
  const frame = list.parentElement as HTMLElement;
  const frames: number[] = [];
  let last = performance.now();
  for (let step = 60; frame.scrollTop + frame.clientHeight < frame.scrollHeight - 1; step *= 1.01) {
    frame.scrollTop += step;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    frames.push(now - last);
    last = now;
  }
  const sorted = [...frames].sort((one, other) => one - other);
  return { longest: sorted[sorted.length - 1], median: sorted[Math.floor(sorted.length / 2)], nFrames: frames.length };
}
