import { writeFileSync } from "node:fs";
import { expect, test } from "./bottleneck_page";
import { textFile } from "./data_panel";
import { report, watchOpening } from "./latency";

const N_ROWS = 280_000;

test("a large file is read in slices with its progress, and can be stopped", async ({ bottleneck }, testInfo) => {
  const { data, notice, page } = bottleneck;
  const path = testInfo.outputPath("large.csv");
  writeFileSync(path, readings(N_ROWS));
  await bottleneck.open();
  await data.open(textFile("small.csv", readings(300)));
  await expect(data.region).toContainText("small.csv 300 rows");
  const progress = page.getByRole("progressbar", { name: "Reading the file" });
  await expect(progress).toBeHidden();

  const input = data.region.getByLabel("Open a data file");
  await input.setInputFiles(path);
  await expect(notice).toContainText("Reading large.csv…");
  await expect(progress).toBeVisible({ timeout: 30_000 });
  // At once: a fast machine has read the file before a click has found its place.
  await page.getByRole("button", { name: "Stop", exact: true }).dispatchEvent("click");
  await expect(notice).toContainText("large.csv is not read any further. What was on the page is still there.");
  await expect(progress).toBeHidden();
  await expect(data.region).toContainText("small.csv 300 rows");
  await bottleneck.isJudged();
});

test("a large file opens while the page goes on answering", async ({ bottleneck }, testInfo) => {
  const { data } = bottleneck;
  const path = testInfo.outputPath("large.csv");
  writeFileSync(path, readings(N_ROWS));
  await bottleneck.open();
  const input = data.region.getByLabel("Open a data file");
  const opened = await watchOpening(data.region, "280,000 rows");
  await input.setInputFiles(path);
  await expect(data.region).toContainText("large.csv 280,000 rows of 10 columns", { timeout: 90_000 });
  const { took, silence } = await opened();
  report(testInfo, `${N_ROWS} rows opened in ${took.toFixed(0)} ms, the page was silent for up to ${silence.toFixed(0)} ms`);
  expect(silence, "the page does not read the file itself").toBeLessThan(took / 2);
  await bottleneck.isJudged();
});

/** Ten columns of numbers that do not follow from each other. */
function readings(n: number) {
  const cell = (row: number, column: number) => ((((row + 1) * (column * 7919 + 104_729)) % 10_007) / 997).toFixed(5);
  const row = (_: unknown, row: number) => Array.from({ length: 10 }, (_, column) => cell(row, column)).join(",");
  const names = Array.from({ length: 10 }, (_, column) => `reading ${column}`).join(",");
  return `${names}\n${Array.from({ length: n }, row).join("\n")}\n`;
}
