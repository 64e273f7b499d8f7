import { expect, test, type BottleneckPage } from "./bottleneck_page";
import { textFile } from "./data_panel";
import { rowsOf } from "./item_list";
import { report } from "./latency";

const SECOND_ARTICLE = "Convolutions as published (article 2)";

test("one button measures every detector on every kind of anomaly", async ({ bottleneck }, testInfo) => {
  const { evidence } = bottleneck;
  await bottleneck.open();
  const before = Date.now();
  await evidence.run();
  report(testInfo, `an evaluation of the small network takes ${((Date.now() - before) / 1000).toFixed(1)} s`);
  await expect(evidence.outcome).toContainText("seed 1: measured on 360 test digits.");

  expect(await evidence.area("Turned by 90°", "Autoencoder")).toBeGreaterThanOrEqual(0.99);
  expect(await evidence.area("Turned by 180°", "Nearest neighbours")).toBeGreaterThan(0.8);
  const shuffled = await evidence.area("Pixels shuffled", "PCA");
  expect(shuffled).toBeGreaterThan(0.99);
  const kinds = (await rowsOf(evidence.areas)).map(({ anomaly }) => anomaly);
  expect(kinds).toEqual([
    "Turned by 90°",
    "Turned by 180°",
    "Mirrored",
    "Shifted to the right",
    "A block erased",
    "Noise 0.1",
    "Noise 0.2",
    "Noise 0.3",
    "Inverted",
    "Pixels shuffled",
    "Mean of all",
  ]);
});

test("a kind that is chosen shows its curves, its detectors and its counts", async ({ bottleneck }) => {
  const { evidence } = bottleneck;
  await bottleneck.open();
  await evidence.run();
  await expect(evidence.roc).toHaveAccessibleName("ROC: normal or turned by 90°");
  await evidence.anomaly("Turned by 90°").press("ArrowDown");
  await expect(evidence.anomaly("Turned by 180°")).toBeChecked();
  await expect(evidence.roc).toHaveAccessibleName("ROC: normal or turned by 180°");
  await expect(evidence.precisionAndRecall).toHaveAccessibleName("Precision and recall: normal or turned by 180°");
  await expect(evidence.roc.locator("polyline")).toHaveCount(5);

  const [network] = await rowsOf(evidence.detectors);
  expect(network.detector).toBe("Autoencoder");
  const area = await evidence.area("Turned by 180°", "Autoencoder");
  expect(network["area under ROC"]).toMatch(new RegExp(`^${area.toFixed(3)} ?0\\.\\d{3}–[01]\\.\\d{3}$`));
  expect(network["found at 5 % false alarms"]).toMatch(/^\d+ % ?\d+–\d+ %$/);

  const counts = await countsOf(bottleneck);
  expect(counts.normal + counts.falseAlarms).toBe(360);
  expect(counts.missed + counts.found).toBe(360);
  await expect(evidence.falseAlarms).toHaveCount(10);
  await bottleneck.thresholdValue.fill("0.005");
  await bottleneck.thresholdValue.press("Enter");
  await expect.poll(async () => (await countsOf(bottleneck)).falseAlarms).toBeGreaterThan(counts.falseAlarms);
  expect((await countsOf(bottleneck)).found).toBeGreaterThan(counts.found);
});

test("an evaluation is stopped midway, and judging goes on meanwhile", async ({ bottleneck }) => {
  const { evidence } = bottleneck;
  await bottleneck.open();
  await bottleneck.choose(SECOND_ARTICLE);
  await evidence.evaluate.click();
  await expect.poll(() => evidence.percentDone(), { timeout: 30_000 }).toBeGreaterThan(5);
  const before = await bottleneck.error();
  await bottleneck.page.getByRole("button", { name: "Turn by 90°" }).click();
  await expect.poll(() => bottleneck.error()).not.toBe(before);
  expect(await evidence.percentDone()).toBeLessThan(100);
  await evidence.stop.click();
  await expect(evidence.progress).toBeHidden();
  await expect(evidence.evaluate).toBeEnabled();
  await expect(evidence.areas).toBeHidden();
});

test("the report is copied and saved with the same figures, recipe and seed", async ({ bottleneck, context }) => {
  const { evidence, page } = bottleneck;
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await bottleneck.open();
  await evidence.run();
  const area = await evidence.area("Turned by 180°", "Autoencoder");
  const written = area.toFixed(3);

  await evidence.copy.click();
  await expect(evidence.region.getByRole("status", { name: "Copy" })).toHaveText("Copied.");
  const markdown = await page.evaluate(() => navigator.clipboard.readText());
  expect(markdown).toContain("## Evaluation: ");
  expect(markdown).toMatch(new RegExp(`\\| Turned by 180° \\| 360 \\| ${written} `));
  expect(markdown).toContain("Trained with seed 1");

  const csv = await evidence.saved("Save CSV");
  expect(csv.name).toMatch(/^evaluation-[a-z0-9-]+-seed-1\.csv$/);
  const [header, ...lines] = csv.text.trim().split("\n");
  const column = header.split(",").indexOf("auroc");
  const line = lines.find((line) => line.includes("turned-180,autoencoder,"));
  // The recipe's title may hold a comma, and is quoted then.
  const cells = line?.replace(/"[^"]*"/g, "recipe").split(",");
  expect(Number(cells?.[column]).toFixed(3)).toBe(written);

  const json = await evidence.saved("Save JSON");
  const saved = JSON.parse(json.text);
  expect(saved.seed).toBe(1);
  const kind = saved.anomalies.find(({ kind }: { kind: string }) => kind === "turned-180");
  const network = kind.detectors.find(({ name }: { name: string }) => name === "autoencoder");
  expect(network.auroc.value.toFixed(3)).toBe(written);
});

test("figures of earlier weights stay and say so", async ({ bottleneck }) => {
  const { evidence } = bottleneck;
  await bottleneck.open();
  await evidence.run();
  const before = await evidence.area("Mirrored", "Autoencoder");
  await bottleneck.trainToTheEnd(1);
  await expect(evidence.outcome).toContainText("These figures are by earlier weights. Evaluate again");
  expect(await evidence.area("Mirrored", "Autoencoder")).toBe(before);
  await evidence.run();
  await expect(evidence.outcome).not.toContainText("earlier weights");
  expect(await evidence.area("Mirrored", "Autoencoder")).toBeLessThan(before);
});

test("where everything is trained on, there is nothing to measure with, and a way out", async ({ bottleneck }) => {
  const { evidence } = bottleneck;
  await bottleneck.open();
  await bottleneck.settings.getByRole("combobox", { name: "Learn from" }).selectOption({ label: "every item" });
  await expect(evidence.outcome).toContainText("This recipe trains on every digit");
  await expect(evidence.evaluate).toBeDisabled();
  await evidence.region.getByRole("button", { name: "Hold two fifths out" }).click();
  await expect(evidence.evaluate).toBeEnabled();
});

test("a table has anomalies of its own", async ({ bottleneck }) => {
  const { evidence } = bottleneck;
  await bottleneck.open();
  await bottleneck.data.open(textFile("plants.csv", plants(200)));
  await bottleneck.trainToTheEnd(60);
  await evidence.run();
  await expect(evidence.outcome).toContainText("measured on 40 test rows.");
  expect(await evidence.area("All columns of other rows", "Autoencoder")).toBeGreaterThan(0.6);
  await expect(evidence.falseAlarms).toHaveCount(0);
  await expect(evidence.areas.getByRole("img")).toHaveCount(0);
});

/** The four counts at the present threshold. */
async function countsOf({ evidence }: BottleneckPage) {
  const written = await evidence.counts.getByRole("cell").locator("b").allTextContents();
  const [normal, falseAlarms, missed, found] = written.map((count) => Number(count.replace(",", "")));
  return { normal, falseAlarms, missed, found };
}

/** Rows whose columns depend on each other: tall plants have long leaves and much water. */
function plants(n: number) {
  const rows = Array.from({ length: n }, (_, idx) => {
    const height = 20 + (idx * 37) % 101;
    return [height, (height * 0.4 + (idx % 5)).toFixed(1), (height * 1.5 + (idx % 7)).toFixed(1)].join(",");
  });
  return ["height,leaf,water", ...rows].join("\n");
}
