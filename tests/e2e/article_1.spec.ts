import { readFile } from "node:fs/promises";
import { expect, test, type BottleneckPage } from "./bottleneck_page";
import { textFile } from "./data_panel";
import { isFalling, rowsOf } from "./item_list";
import { fetchDigits, type PackedPictures } from "./protocol_data";

const FIRST_ARTICLE = "A network that learns little (article 1)";
const PNG = [0x89, 0x50, 0x4e, 0x47];

test("the article's file trains the article's network and prints its log", async ({ bottleneck }) => {
  await openTheArticlesFile(bottleneck);
  await expect(bottleneck.page.getByText("65 – 32 – 8 – 32 – 65")).toBeVisible();
  await expect(bottleneck.training).toContainText("Fresh weights");
  await bottleneck.trainToTheEnd(12);
  const log = await rowsOf(bottleneck.page.getByRole("table", { name: "Training log" }));
  expect(log.map(({ epoch }) => epoch)).toEqual(["0", "10", "11"]);
  const sums = log.map((line) => Number(line["sum of batch losses"]));
  expect(sums[1]).toBeLessThan(sums[0]);
  expect(sums[2]).toBeLessThan(sums[1]);
  for (const [idx, line] of log.entries()) {
    expect(sums[idx] / Number(line.mean), "180 batches of 10 cover all 1,797 pictures").toBeCloseTo(180, 0);
  }
});

test("all items are listed by their errors, from either end and page by page", async ({ bottleneck }) => {
  const { items, page } = bottleneck;
  const digits = await openTheArticlesFile(bottleneck);
  await items.isMeasured();
  await items.openTable();
  await expect(page.getByRole("table", { name: "Most anomalous items" })).toBeVisible();
  const worst = await items.rows();
  expect(worst.map(({ rank }) => Number(rank))).toEqual(Array.from({ length: 20 }, (_, idx) => idx + 1));
  expect(isFalling(await items.errors())).toBe(true);
  for (const { index, label } of worst) expect(label).toBe(String(digits.labels[Number(index)]));
  await expect(items.region).toContainText("1–20 of 1,797");

  await items.region.getByRole("button", { name: "Next page" }).click();
  await expect(items.region).toContainText("21–40 of 1,797");
  expect((await items.errors())[0]).toBeLessThanOrEqual(Number(worst[19].error));

  await items.order("Most typical first");
  await expect(page.getByRole("table", { name: "Most typical items" })).toBeVisible();
  await expect(items.region).toContainText("1–20 of 1,797");
  const lowest = await items.errors();
  expect(isFalling([...lowest].reverse())).toBe(true);
  expect(lowest[19]).toBeLessThan(Number(worst[19].error));
  await items.region.getByRole("button", { name: "Last page" }).click();
  await expect(items.region).toContainText("1,781–1,797 of 1,797");
  const last = (await items.rows())[16];
  expect([last.rank, last.index, last.error]).toEqual(["1797", worst[0].index, worst[0].error]);
});

test("an item goes to the bench with its pixels, its code, and a picture to keep", async ({ bottleneck }) => {
  const { items, page } = bottleneck;
  const digits = await openTheArticlesFile(bottleneck);
  await items.isMeasured();
  const [worst] = await items.rows();
  const index = Number(worst.index);
  await items.show(index);
  await expect(items.bench).toContainText(new RegExp(`Item ${index}, an? ${digits.labels[index]}`));
  await expect.poll(() => bottleneck.error()).toBeCloseTo(Number(worst.error), 4);
  expect(await countsOnTheBench(bottleneck)).toEqual([...digits.pictures[index]]);

  const saving = page.waitForEvent("download");
  await items.bench.getByRole("button", { name: "Save picture" }).click();
  const picture = await saving;
  expect(picture.suggestedFilename()).toMatch(new RegExp(`^item-${index}-\\w+-${digits.labels[index]}\\.png$`));
  expect([...(await readFile(await picture.path())).subarray(0, 4)]).toEqual(PNG);

  await expect(items.code).toHaveCount(8);
  const code = (await items.code.allTextContents()).map(Number);
  await items.region.getByRole("switch", { name: "Show codes" }).click();
  const listed = (await items.rows())[0].code.split(" ").map(Number);
  expect(listed).toHaveLength(8);
  for (const [idx, value] of listed.entries()) expect(value).toBeCloseTo(code[idx], 1);
});

test("the label is left out, dropout joins in, and such a network trains", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.choose(FIRST_ARTICLE);
  await bottleneck.flip("Label as an input");
  await expect(bottleneck.page.getByText("64 – 32 – 8 – 32 – 64")).toBeVisible();
  await expect(bottleneck.training).toContainText("Fresh weights");
  await bottleneck.flip("Dropout 0.5 / 0.25");
  await expect(bottleneck.settings.getByRole("switch", { name: "Dropout 0.5 / 0.25" })).toBeChecked();
  await bottleneck.trainToTheEnd(2);
  await expect(bottleneck.lossCurve).toHaveAccessibleName(/after epoch 2 it is 0\.\d+ on training/);
  await bottleneck.flip("Label as an input");
  await expect(bottleneck.page.getByText("65 – 32 – 8 – 32 – 65")).toBeVisible();
});

test("the code may be narrower, in a new run", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.choose(FIRST_ARTICLE);
  await bottleneck.set("Code size", 2);
  await expect(bottleneck.page.getByText("65 – 32 – 2 – 32 – 65")).toBeVisible();
  await expect(bottleneck.training).toContainText("Fresh weights");
  await bottleneck.isJudged();
  await expect(bottleneck.items.code).toHaveCount(2);
});

test("the sum of squares is 65 times their mean, for every item", async ({ bottleneck }) => {
  const { items } = bottleneck;
  await bottleneck.open();
  await bottleneck.choose(FIRST_ARTICLE);
  await items.isMeasured();
  const [before, threshold] = [await items.rows(), await bottleneck.thresholdNow()];
  await items.show(before[0].index);
  await expect.poll(() => bottleneck.error()).toBeCloseTo(Number(before[0].error), 4);
  const mean = await bottleneck.error();

  await items.measure.selectOption({ label: "Sum of squares" });
  await expect.poll(() => bottleneck.error()).toBeCloseTo(65 * mean, 3);
  await items.isMeasured();
  await expect.poll(() => bottleneck.thresholdNow()).toBeCloseTo(65 * threshold, 3);
  const after = await items.rows();
  expect(after.map(({ index }) => index)).toEqual(before.map(({ index }) => index));
  for (const [idx, { error }] of after.entries()) {
    expect(Math.abs(Number(error) - 65 * Number(before[idx].error))).toBeLessThan(65 * 0.0001);
  }
});

/** Writes the page's digits as the article's file has them: 64 counts and the label on each line. */
async function openTheArticlesFile(bottleneck: BottleneckPage): Promise<PackedPictures> {
  await bottleneck.open();
  const digits = await fetchDigits(bottleneck.page);
  const lines = digits.pictures.map((picture, idx) => [...picture, digits.labels[idx]].join(","));
  await bottleneck.choose(FIRST_ARTICLE);
  await bottleneck.data.open(textFile("optdigits.txt", `${lines.join("\n")}\n`));
  await expect(bottleneck.data.region).toContainText("1,797 pictures of 8 × 8 pixels, with labels");
  await bottleneck.isJudged();
  return digits;
}

async function countsOnTheBench({ items }: BottleneckPage) {
  const rows = ((await items.pixels.textContent()) ?? "").split("\n").map((row) => row.split(" "));
  expect(rows.map((row) => row.length)).toEqual([8, 8, 8, 8, 8, 8, 8, 8]);
  for (const count of rows.flat()) expect(count).toMatch(/^[0-9A-F]{2}$/);
  return rows.flat().map((count) => parseInt(count, 16));
}
