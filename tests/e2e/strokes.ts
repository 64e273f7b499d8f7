import type { Locator } from "@playwright/test";

/** A place on the drawing surface, as parts of its side from the upper left corner. */
export type Place = [x: number, y: number];

/** A digit as its strokes. */
export type Strokes = Place[][];

export const ONE: Strokes = [
  [
    [0.38, 0.3],
    [0.52, 0.15],
    [0.52, 0.85],
  ],
];

export const SEVEN: Strokes = [
  [
    [0.28, 0.18],
    [0.72, 0.18],
    [0.45, 0.85],
  ],
];

export const SCRIBBLE: Strokes = [
  [
    [0.05, 0.05],
    [0.95, 0.15],
    [0.05, 0.3],
    [0.95, 0.45],
    [0.05, 0.6],
    [0.95, 0.75],
    [0.05, 0.95],
  ],
  [
    [0.95, 0.05],
    [0.05, 0.95],
  ],
];

/** Draws with the mouse. */
export async function drawOn(surface: Locator, strokes: Strokes) {
  const at = await placesOn(surface);
  const { mouse } = surface.page();
  for (const [start, ...rest] of strokes) {
    await mouse.move(...at(start));
    await mouse.down();
    for (const place of rest) await mouse.move(...at(place), { steps: 5 });
    await mouse.up();
  }
}

/** Where each place of a surface is on the screen. */
export async function placesOn(surface: Locator) {
  await surface.scrollIntoViewIfNeeded();
  const box = await surface.boundingBox();
  if (!box) throw new Error("the surface is not shown");
  return ([x, y]: Place): Place => [box.x + x * box.width, box.y + y * box.height];
}
