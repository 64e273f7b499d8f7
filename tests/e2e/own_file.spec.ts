import { gzipSync } from "node:zlib";
import { expect, SEVEN, test } from "./bottleneck_page";
import { textFile, type TestFile } from "./data_panel";
import { idx } from "./idx";
import { report, watchOpening } from "./latency";
import { spots } from "./protocol_data";

const HOUSES = houses(100);

test("how a column is read decides the network", async ({ bottleneck }) => {
  const { data, row, notice } = bottleneck;
  await bottleneck.open();
  await data.open(textFile("houses.csv", HOUSES));
  await expect(data.region).toContainText("houses.csv 100 rows of 4 columns (7 values)");
  await expect(bottleneck.page.getByText("7 – 32 – 6 – 32 – 7")).toBeVisible();
  await expect(bottleneck.chosen(data.choiceOf("area"))).toHaveText("number, 0 to 1");
  await expect(bottleneck.chosen(data.choiceOf("town"))).toHaveText("category");

  await data.choiceOf("town").selectOption({ label: "leave out" });
  await expect(data.region).toContainText("100 rows of 3 columns (5 values)");
  await expect(bottleneck.page.getByText("5 – 32 – 4 – 32 – 5")).toBeVisible();
  await expect(row.editor.getByRole("group", { name: "town" })).toBeHidden();
  await data.choiceOf("rooms").selectOption({ label: "category" });
  await expect(data.region).toContainText("100 rows of 3 columns (10 values)");
  await expect(row.level("rooms", "6")).toBeVisible();

  await data.choiceOf("heating").selectOption({ label: "number, 0 to 1" });
  await expect(notice).toContainText('line 2, column "heating": "gas" is not a number');
  await expect(bottleneck.chosen(data.choiceOf("heating"))).toHaveText("category");
  await expect(data.region).toContainText("(10 values)");
  await bottleneck.trainToTheEnd(3);
  await bottleneck.isJudged();
});

test("gzipped IDX pictures open with their labels under the second article", async ({ bottleneck }) => {
  const { data } = bottleneck;
  await bottleneck.open();
  await bottleneck.choose("Convolutions as published (article 2)");
  const { pictures, labels } = spots(60);
  await data.open(
    { name: "spots-labels.gz", bytes: gzipSync(idx([60], [labels])) },
    { name: "spots-pictures.gz", bytes: gzipSync(idx([60, 28, 28], pictures)) },
  );
  await expect(data.region).toContainText("60 pictures of 28 × 28 pixels, with labels");
  await expect(bottleneck.chosen(bottleneck.recipe)).toHaveText("Convolutions as published (article 2)");
  await expect(bottleneck.page.getByText("1×28×28 – 16×14×14 – 32×7×7 – 64 – 20")).toBeVisible();
  await bottleneck.trainToTheEnd(1);
  await bottleneck.items.isMeasured();
  const [worst] = await bottleneck.items.rows();
  expect(worst.label).toBe(String(labels[Number(worst.index)]));
});

test("a file that is dropped anywhere on the page is opened", async ({ bottleneck }) => {
  const { data, page } = bottleneck;
  await bottleneck.open();
  await data.drop(textFile("dropped.csv", HOUSES));
  await expect(data.region).toContainText("dropped.csv 100 rows of 4 columns");
  await expect(page.getByText("Drop to open here")).toBeHidden();
  await expect(bottleneck.notice).toContainText("Nothing was sent anywhere.");
  await bottleneck.isJudged();
});

test("a run waits while a file is open, and goes on from where it was", async ({ bottleneck }) => {
  const { data } = bottleneck;
  await bottleneck.open();
  await bottleneck.trainToTheEnd(3);
  const losses = await bottleneck.lossCurve.getAttribute("aria-label");
  const error = await bottleneck.settledError();
  await data.open(textFile("houses.csv", HOUSES));
  await expect(bottleneck.training).toContainText("Fresh weights");
  await bottleneck.step.click();
  await expect(bottleneck.training).toContainText("Paused after epoch 1");
  await expect(bottleneck.lossCurve).not.toHaveAccessibleName(losses ?? "");

  await data.back("UCI digits").click();
  await expect(data.region).toContainText("The UCI digits 1,797 pictures");
  await expect(bottleneck.training).toContainText("Trained here, in your browser: 3 epochs.");
  await expect(bottleneck.lossCurve).toHaveAccessibleName(losses ?? "");
  await expect.poll(() => bottleneck.error()).toBe(error);
});

test("a file that a recipe cannot take opens under another, and waits when the recipe is chosen", async ({ bottleneck }) => {
  const { data } = bottleneck;
  await bottleneck.open();
  await bottleneck.choose("Convolutions as published (article 2)");
  await data.open(textFile("houses.csv", HOUSES));
  await expect(bottleneck.chosen(bottleneck.recipe)).toHaveText("Linear layers, bent by tanh (article 3)");
  await expect(data.region).toContainText("houses.csv 100 rows");
  await bottleneck.choose("Convolutions as published (article 2)");
  await expect(data.region).toContainText("houses.csv waits: this recipe takes square pictures");
  await bottleneck.choose("A code of two numbers (article 4)");
  await expect(data.region).toContainText("houses.csv 100 rows");
});

test("recipes are not called after data that are not at hand", async ({ bottleneck }) => {
  const { data, recipe } = bottleneck;
  await bottleneck.open();
  const titles = () => recipe.getByRole("option").allTextContents();
  expect((await titles()).join(" ")).toMatch(/digits.*employees/i);
  await data.open(textFile("houses.csv", HOUSES));
  await expect(data.region).toContainText("houses.csv 100 rows");
  expect((await titles()).join(" ")).not.toMatch(/employee|handwritten|small digits/i);
  await data.back("UCI digits").click();
  await expect(recipe.getByRole("option", { name: "Small digits, 8 × 8" })).toBeAttached();
});

test("a table with too few rows to calibrate says so, and another rule judges", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.data.open(textFile("few.csv", houses(40)));
  await bottleneck.trainToTheEnd(2);
  await expect(bottleneck.verdict).toContainText("8 rows to calibrate with are too few for this threshold, which needs 19");
  await bottleneck.page.getByRole("radio", { name: "β > 0.50" }).check();
  await bottleneck.hasVerdict();
});

test("a large table is read while the page goes on answering", async ({ bottleneck }, testInfo) => {
  await bottleneck.open();
  await bottleneck.trainEndlessly();
  const told = "large.csv 60,000 rows of 4 columns (7 values)";
  const opened = await watchOpening(bottleneck.data.region, "60,000 rows");
  await bottleneck.data.open(textFile("large.csv", houses(60_000)));
  await expect(bottleneck.notice).toContainText(/Reading large\.csv…|from large\.csv: opened/);
  await expect(bottleneck.data.region).toContainText(told, { timeout: 30_000 });
  await bottleneck.isJudged();
  const { took, silence } = await opened();
  report(testInfo, `60,000 rows opened in ${took.toFixed(0)} ms, the page was silent for up to ${silence.toFixed(0)} ms`);
  expect(silence, "the page does not read the table itself").toBeLessThan(took / 2);
  await bottleneck.data.back("UCI digits").click();
  await expect(bottleneck.training).toContainText(/Paused after epoch \d+ of 20000\./);
});

/** Two columns of numbers and two of categories: seven values. */
function houses(n_rows: number) {
  const row = (idx: number) => {
    const heating = ["gas", "oil", "wood"][idx % 3];
    return `${1 + (idx % 6)},${40 + ((idx * 13) % 90)}.5,${["Bonn", "Ulm"][idx % 2]},${heating}`;
  };
  return ["rooms,area,town,heating", ...Array.from({ length: n_rows }, (_, idx) => row(idx))].join("\n");
}
