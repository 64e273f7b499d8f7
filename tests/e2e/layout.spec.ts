import { type CDPSession } from "@playwright/test";
import { expect, SEVEN, test, type BottleneckPage, type Place } from "./bottleneck_page";

const WIDTHS = [360, 390, 768, 1280, 1920];

test("the page never scrolls sideways, from a phone to a projector", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.set("Epochs", 100);
  for (const width of WIDTHS) {
    await bottleneck.page.setViewportSize({ width, height: 844 });
    await expect.poll(() => overflow(bottleneck), `at ${width} pixels`).toBeLessThanOrEqual(0);
  }
});

for (const width of [390, 360]) {
  test.describe(`on a phone of ${width} pixels`, () => {
    test.use({ viewport: { width, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 3 });

    test("a finger draws without moving the page, and moves it beside the drawing", async ({ bottleneck }) => {
      await bottleneck.open();
      const example = await bottleneck.error();
      const touch = await bottleneck.page.context().newCDPSession(bottleneck.page);
      await watchPointerCancels(bottleneck);

      const at = await bottleneck.placeOnScreen();
      const scrolled = await scrollTop(bottleneck);
      for (const stroke of SEVEN) await swipe(touch, stroke.map(at));
      await expect.poll(() => bottleneck.error()).not.toBe(example);
      await bottleneck.isJudged();
      expect(await scrollTop(bottleneck)).toBe(scrolled);
      expect(await bottleneck.page.evaluate(() => window.pointerCancels)).toBe(0);
      expect(await overflow(bottleneck)).toBeLessThanOrEqual(0);

      const [x, y] = at([0.5, 0]);
      await swipe(touch, [
        [x, y - 40],
        [x, y - 200],
        [x, y - 400],
      ]);
      await expect.poll(() => scrollTop(bottleneck), "the page itself still scrolls").toBeGreaterThan(scrolled);
    });
  });
}

/** By how many pixels the page is wider than the window. */
function overflow({ page }: BottleneckPage) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

function scrollTop({ page }: BottleneckPage) {
  return page.evaluate(() => document.scrollingElement?.scrollTop ?? Number.NaN);
}

/** The browser cancels a stroke when it takes a touch for scrolling. */
function watchPointerCancels({ page }: BottleneckPage) {
  return page.evaluate(() => {
    window.pointerCancels = 0;
    document.addEventListener("pointercancel", () => (window.pointerCancels += 1), { capture: true });
  });
}

async function swipe(touch: CDPSession, [start, ...rest]: Place[]) {
  const send = (type: "touchStart" | "touchMove" | "touchEnd", places: Place[]) =>
    touch.send("Input.dispatchTouchEvent", { type, touchPoints: places.map(([x, y]) => ({ x, y })) });
  await send("touchStart", [start]);
  let from = start;
  for (const to of rest) {
    for (const share of [0.25, 0.5, 0.75, 1]) {
      await send("touchMove", [[from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]]);
    }
    from = to;
  }
  await send("touchEnd", []);
}

declare global {
  interface Window {
    pointerCancels: number;
  }
}
