import { type Locator } from "@playwright/test";
import { expect, test, type BottleneckPage } from "./bottleneck_page";

const SCREENS = [
  { width: 1366, height: 768 },
  { width: 1280, height: 720 },
  { width: 820, height: 1180 },
];

for (const screen of SCREENS) {
  test(`the whole loop stands on a screen of ${screen.width} × ${screen.height}`, async ({ bottleneck }) => {
    await bottleneck.page.setViewportSize(screen);
    await bottleneck.openPlainly();
    for (const [name, part] of partsOfTheLoop(bottleneck)) {
      expect(await isInside(part, screen), name).toBe(true);
    }
    expect(await scrollTop(bottleneck)).toBe(0);
    // Nor does it leave the screen once there is a curve, and a verdict in other words.
    await bottleneck.train.click();
    await bottleneck.reachesEpoch(2);
    await bottleneck.pause.click();
    for (const [name, part] of [...partsOfTheLoop(bottleneck), ["Loss", bottleneck.lossCurve] as const]) {
      if (name !== "Pause") expect(await isInside(part, screen), `${name}, trained`).toBe(true);
    }
  });
}

for (const width of [360, 390, 430]) {
  test(`on a phone of ${width} pixels the drawing, Train and the verdict come first`, async ({ bottleneck }) => {
    await bottleneck.page.setViewportSize({ width, height: 844 });
    await bottleneck.openPlainly();
    const { drawing, train, verdict, recipe, rotation } = bottleneck;
    const tops = await Promise.all([drawing, train, verdict, rotation, recipe].map(top));
    expect(tops).toEqual([...tops].sort((one, other) => one - other));
    expect(await isInside(verdict, { width, height: 844 })).toBe(true);
    // The page's name and the buttons beside it do not lie over each other.
    const nameEnds = await bottleneck.page.getByRole("heading", { level: 1 }).evaluate((heading) => {
      const text = document.createRange();
      text.selectNodeContents(heading);
      return text.getBoundingClientRect().right;
    });
    const lessons = await bottleneck.page.getByRole("button", { name: "Lessons" }).boundingBox();
    expect(lessons?.x).toBeGreaterThan(nameEnds);
  });
}

function partsOfTheLoop({ page, drawing, clear, rotation, train, step, reset, progress, verdict, threshold }: BottleneckPage) {
  const picture = (name: string | RegExp) => page.getByRole("img", { name }).first();
  return [
    ["Drawing", drawing],
    ["Clear", clear],
    ["Rotation", rotation],
    ["What the network sees", picture("What the network sees")],
    ["Autoencoder", picture(/^An autoencoder/)],
    ["Train", train],
    ["Step", step],
    ["Reset", reset],
    ["Progress", progress],
    ["Reconstruction", picture("Reconstruction")],
    ["Error map", picture(/^Error map/)],
    ["Verdict", verdict],
    ["Histogram", picture(/^Histogram/)],
    ["Threshold", threshold],
    ["Recipe", page.getByRole("combobox", { name: "Recipe" })],
    ["Engine", page.getByRole("combobox", { name: "Engine" })],
    ["Data", page.getByText("Open a data file", { exact: true })],
  ] as const;
}

async function isInside(part: Locator, { width, height }: { width: number; height: number }) {
  const box = await part.boundingBox();
  if (!box) return false;
  // A handle may reach a pixel or two beyond what it moves on.
  const slack = 2;
  return box.y >= -slack && box.x >= -slack && box.x + box.width <= width + slack && box.y + box.height <= height + slack;
}

async function top(part: Locator) {
  return (await part.boundingBox())?.y ?? Number.NaN;
}

function scrollTop({ page }: BottleneckPage) {
  return page.evaluate(() => document.scrollingElement?.scrollTop ?? Number.NaN);
}
