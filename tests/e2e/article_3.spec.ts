import { expect, test, type BottleneckPage } from "./bottleneck_page";
import { textFile } from "./data_panel";

const THIRD_ARTICLE = "Linear layers only (article 3)";

test("layers halve down to the code and double back", async ({ bottleneck }) => {
  await openArticle(bottleneck);
  await expect(bottleneck.page.getByText("64 – 32 – 16 – 8 – 16 – 32 – 64")).toBeVisible();
  await expect(bottleneck.chosen(bottleneck.items.measure)).toHaveText("Sum of absolute");
  await bottleneck.trainToTheEnd(2);
  await expect(bottleneck.lossCurve).toHaveAccessibleName(/after epoch 2 it is [\d.]+ on training/);
});

test("θ moves the line between the smallest and the largest training error", async ({ bottleneck }) => {
  await openArticle(bottleneck);
  await bottleneck.items.isMeasured();
  await expect(bottleneck.page.getByRole("radio", { name: "β > 0.50" })).toBeChecked();
  const lines: number[] = [];
  const flagged: number[] = [];
  for (const theta of ["0", "0.3", "0.6", "1"]) {
    await bottleneck.page.getByRole("slider", { name: "θ" }).fill(theta);
    await expect(bottleneck.thresholdAtHand).toContainText(`The threshold stands at β = ${Number(theta).toFixed(2)}`);
    lines.push(await bottleneck.thresholdNow());
    flagged.push(await flaggedDigits(bottleneck));
  }
  const [smallest, , , largest] = lines;
  expect(lines[1]).toBeCloseTo(smallest + 0.3 * (largest - smallest), 3);
  expect(lines[2]).toBeCloseTo(smallest + 0.6 * (largest - smallest), 3);
  expect(flagged[0]).toBeGreaterThan(0.95 * 359);
  expect(flagged[1]).toBeLessThan(flagged[0]);
  expect(flagged[2]).toBeLessThan(flagged[1]);
  expect(flagged[3]).toBeLessThan(0.05 * 359);

  const error = await bottleneck.error();
  const theta = (error - smallest) / (largest - smallest);
  await bottleneck.page.getByRole("slider", { name: "θ" }).fill((theta - 0.05).toFixed(2));
  await expect(bottleneck.verdict).toContainText("Anomaly");
  await bottleneck.page.getByRole("slider", { name: "θ" }).fill((theta + 0.05).toFixed(2));
  await expect(bottleneck.verdict).toContainText("Normal");
});

test("a table of one's own gets the article's layers and a row editor", async ({ bottleneck }) => {
  await openArticle(bottleneck);
  await bottleneck.data.open(textFile("plants.csv", plants(60)));
  await expect(bottleneck.data.region).toContainText("60 rows of 4 columns (14 values)");
  await expect(bottleneck.page.getByText("14 – 8 – 14")).toBeVisible();
  await expect(bottleneck.row.number("height")).toHaveValue(/^1\d\.[05]$/);
  await expect(bottleneck.row.level("soil", "clay")).toBeVisible();
  await expect(bottleneck.page.getByRole("region", { name: "Errors of normal rows" })).toBeVisible();
  await bottleneck.trainToTheEnd(5);
  await bottleneck.isJudged();
  await bottleneck.items.isMeasured();
  const [worst] = await bottleneck.items.rows();
  expect(Number(worst.height)).toBeGreaterThanOrEqual(10);
  expect(["clay", "loam", "peat", "sand"]).toContain(worst.soil);
});

async function openArticle(bottleneck: BottleneckPage) {
  await bottleneck.open();
  await bottleneck.choose(THIRD_ARTICLE);
}

async function flaggedDigits({ thresholdAtHand }: BottleneckPage) {
  const text = (await thresholdAtHand.textContent()) ?? "";
  return Number(/It flags (\d+) of the 359 calibration digits/.exec(text)?.[1] ?? Number.NaN);
}

/** Two numbers, four kinds of soil and eight months: 14 values. */
function plants(n_rows: number) {
  const row = (idx: number) => {
    const soil = ["clay", "loam", "peat", "sand"][idx % 4];
    const month = ["Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct"][idx % 8];
    return `${(10 + ((idx * 7) % 20) / 2).toFixed(1)},${3 + ((idx * 5) % 11)},${soil},${month}`;
  };
  return ["height,leaves,soil,month", ...Array.from({ length: n_rows }, (_, idx) => row(idx))].join("\n");
}
