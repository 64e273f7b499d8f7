import { expect, test, type BottleneckPage } from "./bottleneck_page";
import { painted } from "./codes_panel";
import { inMilliseconds, report, summaryOf } from "./latency";

const SECOND_ARTICLE = "Convolutions as published (article 2)";
/** Two frames of a screen with 60 a second, in milliseconds, and what clocks differ by. */
const TWO_FRAMES = 34;
/** One frame in so many may take longer: other programs run on the machine, too. */
const MOST_LONG_FRAMES = 0.05;

test("a map is brought nearer by buttons, keys and wheel, and drawn along", async ({ bottleneck }) => {
  const { codes, page } = bottleneck;
  await bottleneck.open();
  await bottleneck.items.isMeasured();
  await drawMap(bottleneck);
  const shown = async () => (await painted(codes.map))[0];
  const whole = await shown();
  await expect(codes.further).toBeDisabled();
  await expect(codes.wholeMap).toBeHidden();

  await codes.nearer.click();
  await expect.poll(shown).not.toBe(whole);
  const near = await shown();
  const { x, y } = await middleOf(bottleneck);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 30, { steps: 4 });
  await page.mouse.up();
  await expect.poll(shown).not.toBe(near);
  await expect(codes.region, "drawing the map along picks nothing").not.toContainText("On the bench at the top");
  await codes.wholeMap.click();
  await expect.poll(shown).toBe(whole);

  await codes.map.press("+");
  await expect.poll(shown).not.toBe(whole);
  await codes.map.press("0");
  await expect.poll(shown).toBe(whole);

  await page.mouse.move(x, y);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -300);
  await page.keyboard.up("Control");
  await expect.poll(shown).not.toBe(whole);
});

test("ten thousand codes are pointed at and brought nearer within two frames", async ({ bottleneck }, testInfo) => {
  const { codes, page } = bottleneck;
  await bottleneck.open();
  await bottleneck.choose(SECOND_ARTICLE);
  await bottleneck.items.isMeasured();
  await drawMap(bottleneck);
  const { x, y } = await middleOf(bottleneck);
  const frames = page.evaluate(framesWithin, 4_000);
  for (let step = 0; step < 60; step += 1) {
    await page.mouse.move(x - 150 + 5 * step, y - 90 + 3 * step);
    if (step % 12 === 0) await codes.nearer.press("Enter");
  }
  const lengths = await frames;
  report(testInfo, `frames while a map of 10,000 codes is pointed at: ${inMilliseconds(summaryOf(lengths))}`);
  const nLong = lengths.filter((length) => length > TWO_FRAMES).length;
  expect(nLong / lengths.length).toBeLessThan(MOST_LONG_FRAMES);
});

async function drawMap({ codes }: BottleneckPage) {
  await codes.draw.click();
  await expect(codes.outcome).toHaveText(/codes in [\d.]+ s\.$/, { timeout: 100_000 });
}

async function middleOf({ codes }: BottleneckPage) {
  await codes.map.scrollIntoViewIfNeeded();
  const box = await codes.map.boundingBox();
  if (!box) throw new Error("the map is not on the page");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** How long each frame of the page took, for so many milliseconds. */
function framesWithin(milliseconds: number) {
  return new Promise<number[]>((resolve) => {
    const lengths: number[] = [];
    const started = performance.now();
    let before = started;
    requestAnimationFrame(function next(now) {
      lengths.push(now - before);
      before = now;
      if (now - started < milliseconds) requestAnimationFrame(next);
      else resolve(lengths.slice(1));
    });
  });
}
