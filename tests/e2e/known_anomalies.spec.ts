import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "./bottleneck_page";
import { textFile } from "./data_panel";
import { rowsOf } from "./item_list";

const CASES = join(import.meta.dirname, "..", "fixtures", "cases");

test("a column that knows the anomalies is the first row of the evaluation, and no input", async ({ bottleneck }) => {
  const { data, evidence, page } = bottleneck;
  await bottleneck.open();
  const bytes = await readFile(join(CASES, "22-known-anomalies.csv"));
  await data.open({ name: "22-known-anomalies.csv", bytes });
  await expect(data.region).toContainText("of 8 columns (8 values)");
  await page.getByText("How the 9 columns are read").click();
  await expect(bottleneck.chosen(data.choiceOf("outlier"))).toHaveText("known anomaly");
  const normal = page.getByRole("group", { name: "Normal rows" });
  await expect(normal.getByRole("button", { name: "0", exact: true })).toHaveAttribute("aria-pressed", "true");
  await expect(normal.getByRole("button", { name: "1", exact: true })).toHaveAttribute("aria-pressed", "false");
  await bottleneck.trainToTheEnd(20);
  await evidence.run();
  const [first] = await rowsOf(evidence.areas);
  expect(first.anomaly).toBe("Known anomalies");
  expect(Number(first.Autoencoder)).toBeGreaterThan(0.6);
  const [network] = await rowsOf(evidence.detectors);
  expect(network["precision at n"]).toMatch(/%/);
});

test("how a column is read can be taken back, and many are found and read alike", async ({ bottleneck }) => {
  const { data, notice, page } = bottleneck;
  await bottleneck.open();
  const names = Array.from({ length: 40 }, (_, idx) => `sensor ${idx}`);
  const row = (seed: number) => names.map((_, idx) => ((seed * seed * (idx + 3) + seed * 5) % 37) / 10).join(",");
  const text = [["account", ...names].join(","), ...Array.from({ length: 60 }, (_, row_idx) => `A${row_idx},${row(row_idx)}`)].join("\n");
  await data.open(textFile("sensors.csv", text));
  await expect(data.region).toContainText("60 rows of 40 columns");
  await page.getByText("How the 41 columns are read").click();
  await expect(bottleneck.chosen(data.choiceOf("account"))).toHaveText("identifier");

  await page.getByLabel("Find a column").fill("sensor 1");
  await expect(data.choiceOf("sensor 2")).toBeHidden();
  await page.getByLabel("Read all 11 shown as").selectOption({ label: "leave out" });
  await expect(data.region).toContainText("60 rows of 29 columns");
  await notice.getByRole("button", { name: "Take it back" }).click();
  await expect(data.region).toContainText("60 rows of 40 columns");
});
