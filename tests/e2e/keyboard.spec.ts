import { expect, test, type BottleneckPage } from "./bottleneck_page";

/** More tab stops than the page has. */
const MAX_TAB_STOPS = 150;

test("a digit is drawn and judged with the keyboard alone", async ({ bottleneck }) => {
  await bottleneck.open();
  const { keyboard } = bottleneck.page;
  const example = await bottleneck.error();
  await tabTo(bottleneck, bottleneck.drawing);
  for (let column = 0; column < 4; column += 1) await keyboard.press("ArrowRight");
  for (let row = 0; row < 8; row += 1) {
    await keyboard.press("Space");
    await keyboard.press("ArrowDown");
  }
  await expect(bottleneck.page.getByText("Row 8, column 5: ink")).toBeAttached();
  await bottleneck.isJudged();
  await expect.poll(() => bottleneck.error()).not.toBe(example);

  const withWholeLine = await bottleneck.error();
  await keyboard.press("Space");
  await expect(bottleneck.page.getByText("Row 8, column 5: empty")).toBeAttached();
  await expect.poll(() => bottleneck.error()).not.toBe(withWholeLine);
  await keyboard.press("Control+z");
  await expect.poll(() => bottleneck.error()).toBe(withWholeLine);
  await keyboard.press("Delete");
  await expect(bottleneck.verdict).toContainText("No verdict yet");
});

test("the threshold follows the keys, and the verdict and the flagged digits follow it", async ({ bottleneck }) => {
  await bottleneck.open();
  const rule = await bottleneck.thresholdNow();
  const flaggedByTheRule = await flagged(bottleneck);
  await expect(bottleneck.backToTheRule).toBeDisabled();
  await bottleneck.threshold.focus();
  await bottleneck.page.keyboard.press("Home");
  await expect(bottleneck.verdict).toContainText("Anomaly");
  await bottleneck.page.keyboard.press("End");
  await expect(bottleneck.verdict).toContainText("Normal");
  await expect(bottleneck.thresholdAtHand).toContainText("It flags 0 of the 359 calibration digits");
  await bottleneck.page.keyboard.press("PageDown");
  await bottleneck.page.keyboard.press("ArrowLeft");
  await expect.poll(() => bottleneck.thresholdNow()).toBeLessThan(0.5);

  await bottleneck.thresholdValue.fill("0.0015");
  await bottleneck.thresholdValue.press("Enter");
  await expect(bottleneck.thresholdAtHand).toContainText("You set the threshold at 0.0015.");
  await expect.poll(() => bottleneck.thresholdNow()).toBeCloseTo(0.0015, 6);
  expect(await flagged(bottleneck)).toBeGreaterThan(flaggedByTheRule);

  await bottleneck.backToTheRule.press("Enter");
  await expect.poll(() => bottleneck.thresholdNow()).toBe(rule);
  expect(await flagged(bottleneck)).toBe(flaggedByTheRule);
  expect(flaggedByTheRule).toBeLessThanOrEqual(0.05 * 359);
});

test("the drawing turns by the keys of the rotation slider", async ({ bottleneck }) => {
  await bottleneck.open();
  const upright = await bottleneck.error();
  await bottleneck.rotation.focus();
  await bottleneck.page.keyboard.press("ArrowRight");
  await expect(bottleneck.rotation).toHaveAttribute("aria-valuetext", "1°");
  await expect.poll(() => bottleneck.error()).not.toBe(upright);
  await bottleneck.page.keyboard.press("Home");
  await expect(bottleneck.rotation).toHaveAttribute("aria-valuetext", /180°/);
  for (let turn = 0; turn < 5; turn += 1) await bottleneck.page.keyboard.press("PageUp");
  await expect(bottleneck.rotation).toHaveAttribute("aria-valuetext", /^[-−]?0°$/);
  await expect.poll(() => bottleneck.error()).toBe(upright);
});

test("training is started, paused and reset with the keyboard alone", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.set("Epochs", 20_000);
  await bottleneck.train.focus();
  await bottleneck.page.keyboard.press("Enter");
  await bottleneck.reachesEpoch(2);
  await expect(bottleneck.pause, "the focus stays on the button").toBeFocused();
  await bottleneck.page.keyboard.press("Enter");
  await expect(bottleneck.training).toContainText("Paused after epoch");
  await tabTo(bottleneck, bottleneck.reset);
  await bottleneck.page.keyboard.press("Space");
  await expect(bottleneck.training).toContainText("Fresh weights");
});

test("every tab stop shows that it has the focus, and none holds it for good", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.items.isMeasured();
  const stops: { name: string | null; isVisible: boolean }[] = [];
  for (let count = 0; count < MAX_TAB_STOPS; count += 1) {
    await bottleneck.page.keyboard.press("Tab");
    const stop = await focusedStop(bottleneck);
    if (!stop) break;
    stops.push(stop);
  }
  expect(stops.length).toBeGreaterThan(10);
  expect(stops.length).toBeLessThan(MAX_TAB_STOPS);
  expect(stops.filter(({ isVisible }) => !isVisible)).toEqual([]);
});

async function tabTo({ page }: BottleneckPage, target: BottleneckPage["drawing"]) {
  for (let count = 0; count < MAX_TAB_STOPS; count += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

/** How many of the calibration digits the panel says are flagged. */
async function flagged({ thresholdAtHand }: BottleneckPage) {
  const text = (await thresholdAtHand.textContent()) ?? "";
  return Number(/It flags (\d+) of the \d+ calibration digits/.exec(text)?.[1] ?? Number.NaN);
}

/** What has the focus, and whether an outline of at least two pixels shows it or its label; nothing at the end of the page. */
function focusedStop({ page }: BottleneckPage) {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return undefined;
    const hasOutline = (element: Element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    };
    const label = focused.closest("label");
    const name = focused.getAttribute("aria-label") || focused.id || (label ?? focused).textContent;
    return { name, isVisible: hasOutline(focused) || Boolean(label && hasOutline(label)) };
  });
}
