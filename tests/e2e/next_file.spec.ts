import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./bottleneck_page";
import { textFile, type TestFile } from "./data_panel";
import { idx } from "./idx";
import { rowsOf } from "./item_list";
import { spots } from "./protocol_data";

const CASES = join(import.meta.dirname, "..", "fixtures", "cases");

test("next week's readings are judged by the network of this week's, and saved", async ({ bottleneck }) => {
  const { data, page } = bottleneck;
  await bottleneck.open();
  await data.open(await week(1));
  const strip = page.getByRole("region", { name: "Another file", exact: true });
  await expect(strip).toBeHidden();
  await bottleneck.trainToTheEnd(100);
  await choose(page, await week(2));

  const panel = page.getByRole("region", { name: "38-week-2.csv", exact: true });
  await expect(panel).toContainText(/\d+ of 200 rows are above the threshold \([\d.]+ %\)\.\s*Of as many rows like those learned from/);
  await expect(panel).toContainText("That is more than chance brings");
  await expect(panel.getByRole("listitem").filter({ hasText: "mode" })).toContainText('"service" on line 9');
  await expect(strip).toContainText("38-week-2.csv: ");
  await expect(data.region).toContainText("38-week-1.csv 600 rows");
  const rows = await rowsOf(panel.getByRole("table"));
  expect(rows).toHaveLength(20);
  for (const row of rows) expect(row.verdict).toBe("anomaly");
  expect(rows[0]["mostly because of"]).toMatch(/, expected /);

  const coming = page.waitForEvent("download");
  await panel.getByRole("button", { name: "Save scores as CSV" }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe("38-week-2-scores.csv");
  const lines = readFileSync(await download.path(), "utf8").trim().split("\n");
  expect(lines[0]).toBe("file,row,line,error,p_value,flagged");
  expect(lines).toHaveLength(201);

  const place = rows[0].where;
  await panel.getByRole("button", { name: `Show ${place} on the bench` }).click();
  await expect(page.getByText(`From ${place} of 38-week-2.csv`).first()).toBeVisible();
  await panel.getByRole("button", { name: "Take it away" }).click();
  await expect(panel).toBeHidden();
});

test("of two tables the normal one is learned from and the other is judged", async ({ bottleneck }) => {
  const { data, page } = bottleneck;
  await bottleneck.open();
  await data.open(await week(2), await week(1));
  const question = page.getByRole("status", { name: "Which one is normal?" });
  await question.getByRole("button", { name: "Learn from 38-week-1.csv" }).click();
  await expect(data.region).toContainText("38-week-1.csv 600 rows");
  const strip = page.getByRole("region", { name: "Another file", exact: true });
  await expect(strip).toContainText(/38-week-2\.csv: \d+ of 200 rows are above the threshold/, { timeout: 60_000 });
});

test("a file that does not fit is refused in a sentence, and one that does can be opened instead", async ({ bottleneck }) => {
  const { data, notice, page } = bottleneck;
  await bottleneck.open();
  await data.open(await week(1));
  await bottleneck.trainToTheEnd(2);
  await choose(page, textFile("other.csv", "speed,load\n1,2\n3,4\n"));
  await expect(notice).toContainText('other.csv cannot be judged by this network: the network learned from "pump", "mode"');
  await data.drop(await week(2));
  await expect(notice).toContainText("38-week-2.csv has the columns that this network learned from");
  await notice.getByRole("button", { name: "Open it for itself instead" }).click();
  await expect(data.region).toContainText("38-week-2.csv 200 rows");
});

test("curves and pictures of another file can be laid on the bench", async ({ bottleneck }) => {
  const { data, page } = bottleneck;
  await bottleneck.open();
  const lines = (await readFile(join(CASES, "20-beats.csv"), "utf8")).trim().split("\n");
  const half = Math.floor(lines.length / 2);
  await data.open(textFile("first.csv", lines.slice(0, half).join("\n")));
  await expect(data.region).toContainText("curves of 140 samples");
  await bottleneck.trainToTheEnd(2);
  await choose(page, textFile("second.csv", lines.slice(half).join("\n")));
  const ofCurves = page.getByRole("region", { name: "second.csv", exact: true });
  await ofCurves.getByRole("button", { name: /^Show item \d+ on the bench$/ }).first().click();
  await expect(page.getByText(/^From item \d+ of second\.csv$/).first()).toBeVisible();
  await bottleneck.isJudged();

  const { pictures } = spots(120);
  await data.open({ name: "spots.idx", bytes: idx([60, 28, 28], pictures.slice(0, 60)) });
  await expect(data.region).toContainText("60 pictures of 28 × 28 pixels");
  await bottleneck.trainToTheEnd(2);
  await choose(page, { name: "more-spots.idx", bytes: idx([60, 28, 28], pictures.slice(60)) });
  const ofPictures = page.getByRole("region", { name: "more-spots.idx", exact: true });
  await ofPictures.getByRole("button", { name: /^Show item \d+ on the bench$/ }).first().click();
  await expect(page.getByText(/^Item \d+ of the other file$/).first()).toBeVisible();
  await bottleneck.isJudged();
});

async function week(n: number): Promise<TestFile> {
  const name = `38-week-${n}.csv`;
  return { name, bytes: new Uint8Array(await readFile(join(CASES, name))) };
}

async function choose(page: Page, { name, bytes }: TestFile) {
  const input = page.getByLabel("Judge another file by this network");
  await input.setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(bytes) });
}
