import { build } from "esbuild";
import { fileURLToPath } from "node:url";
import type { virtual } from "@guidepup/virtual-screen-reader";
import { expect, SCRIBBLE, test, type BottleneckPage } from "../e2e/bottleneck_page";
import { keep } from "./record";

declare global {
  interface Window {
    reader: typeof virtual;
  }
}

/** More stops than the part of the page that is read has. */
const MAX_STOPS = 400;

/** Start, quarters and end of 400 epochs, and a verdict that turns now and then. */
const MOST_PHRASES = 16;

test("a screen reader says the verdict once, and training in quarters", async ({ bottleneck }) => {
  await bottleneck.open();
  await listen(bottleneck, "body");
  await bottleneck.draw(SCRIBBLE);
  await expect.poll(() => heard(bottleneck)).toContainEqual(expect.stringMatching(/^polite: Anomaly\. Error [\d.]+ is above/));
  await bottleneck.page.waitForTimeout(2_000);
  const verdicts = (await heard(bottleneck)).filter((phrase) => /Normal|Anomaly/.test(phrase));
  expect(verdicts, "one verdict for one drawing").toHaveLength(1);

  await bottleneck.set("Epochs", 400);
  const before = (await heard(bottleneck)).length;
  await bottleneck.train.click();
  await expect(bottleneck.training).toContainText("Trained here, in your browser: 400 epochs", { timeout: 120_000 });
  await bottleneck.page.waitForTimeout(3_000);
  const whileTraining = (await heard(bottleneck)).slice(before).filter((phrase) => /^(polite|assertive): /.test(phrase));
  await keep("reader-training.json", whileTraining);
  expect(whileTraining.length, whileTraining.join("\n")).toBeLessThanOrEqual(MOST_PHRASES);
  expect(whileTraining).toContainEqual(expect.stringMatching(/^polite: Training, (25|50|75) percent done\./));
  expect(whileTraining).toContainEqual(expect.stringMatching(/^polite: Trained here, in your browser: 400 epochs/));
  expect(whileTraining.filter((phrase) => phrase.startsWith("assertive"))).toEqual([]);
});

test("a screen reader walks through the page in the order of its work", async ({ bottleneck }) => {
  await bottleneck.open();
  await listen(bottleneck, "body");
  const phrases = await bottleneck.page.evaluate(async (most) => {
    const { reader } = window;
    for (let stop = 0; stop < most; stop += 1) {
      await reader.next();
      if ((await reader.lastSpokenPhrase()).includes("region, Train")) break;
    }
    return reader.spokenPhraseLog();
  }, MAX_STOPS);
  await keep("reader-walk.json", phrases);
  const expected = [
    /^banner/,
    /^heading, Bottleneck, level 1/,
    /^main/,
    /^region, Experiment/,
    /^combobox, Recipe/,
    /^combobox, Engine/,
    /^region, Data/,
    /^region, Diagram/,
    /^heading, Your drawing, level 2/,
    /^application, Drawing, Draw with mouse, finger or pen\. With the keyboard: arrow keys move/,
    /^slider, Rotation/,
    /^heading, Reconstruction, level 2/,
    /^heading, Verdict, level 2/,
    /^status, Verdict/,
    /^meter, Reconstruction error/,
  ];
  let from = 0;
  for (const phrase of expected) {
    const idx = phrases.findIndex((said, idx) => idx >= from && phrase.test(said));
    expect(idx, `${phrase} after ${phrases[from]}`).toBeGreaterThanOrEqual(0);
    from = idx;
  }
});

test("headings lead through the page without a gap", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.items.isMeasured();
  const headings = await bottleneck.page.getByRole("heading").evaluateAll((elements) =>
    elements.map(({ tagName, textContent }) => ({ level: Number(tagName.slice(1)), text: textContent?.trim() })),
  );
  expect(headings.filter(({ level }) => level === 1)).toHaveLength(1);
  expect(headings[0].level).toBe(1);
  const gaps = headings.filter(({ level }, idx) => idx > 0 && level > headings[idx - 1].level + 1);
  expect(gaps).toEqual([]);
  expect(headings.filter(({ text }) => !text)).toEqual([]);
});

/** Puts a screen reader into the page and has it start at the top. */
async function listen({ page }: BottleneckPage, container: string) {
  const entry = fileURLToPath(new URL("reader_in_page.ts", import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "iife", write: false, logLevel: "error" });
  await page.evaluate(outputFiles[0].text);
  await page.evaluate(async (selector) => {
    const container = document.querySelector(selector);
    if (container) await window.reader.start({ container: container as HTMLElement });
  }, container);
}

function heard({ page }: BottleneckPage) {
  return page.evaluate(() => window.reader.spokenPhraseLog());
}
