import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./bottleneck_page";
import { rowsOf } from "./item_list";
import { report } from "./latency";
import { spikesOf, stream } from "./stream";

const CASES = join(import.meta.dirname, "..", "fixtures", "cases");

test("a heartbeat is judged at once, bent by hand, and taken back", async ({ bottleneck }) => {
  const { page } = bottleneck;
  await page.goto("./#recipe=heartbeats");
  await bottleneck.hasVerdict();
  const before = await bottleneck.settledError();
  const curve = page.getByRole("application", { name: "Curve", exact: true });
  await curve.focus();
  for (let step = 0; step < 12; step += 1) await page.keyboard.press("ArrowUp");
  await expect.poll(() => bottleneck.settledError()).not.toBe(before);
  for (let step = 0; step < 12; step += 1) {
    const undo = page.getByRole("button", { name: "Undo", exact: true }).first();
    if (await undo.isDisabled()) break;
    await undo.click();
  }
  await expect.poll(() => bottleneck.settledError()).toBe(before);
});

test("rows that are curves open as curves, whose usual class is normal", async ({ bottleneck }) => {
  const { data, page } = bottleneck;
  await bottleneck.open();
  const bytes = await readFile(join(CASES, "20-beats.csv"));
  await data.open({ name: "20-beats.csv", bytes });
  await expect(data.region).toContainText("260 curves of 140 samples");
  const normal = page.getByRole("group", { name: "Normal curves" });
  await expect(normal.getByRole("button", { name: "1", exact: true })).toHaveAttribute("aria-pressed", "true");
  await expect(normal.getByRole("button", { name: "2", exact: true })).toHaveAttribute("aria-pressed", "false");
  await bottleneck.trainToTheEnd(3);
  await bottleneck.isJudged();
});

test("abnormal heartbeats are told apart kind by kind", async ({ bottleneck }) => {
  const { evidence, page } = bottleneck;
  await page.goto("./#recipe=heartbeats");
  await bottleneck.hasVerdict();
  await evidence.run();
  const kinds = (await rowsOf(evidence.areas)).map(({ anomaly }) => anomaly);
  expect(kinds[0]).toBe("Classes held out");
  expect(kinds.slice(1, 6).every((kind) => /\(\d+\)$/.test(kind))).toBe(true);
  expect(kinds.slice(1, 6).join()).toContain("inverted T (");
  const cell = evidence.areas.getByRole("row", { name: /inverted T/ }).getByRole("cell").first();
  await expect(cell).toHaveText(/^[01]\.\d{3} ?[01]\.\d{3}–[01]\.\d{3}$/);
  await evidence.anomaly("Classes held out").check();
  await expect(evidence.roc).toHaveAccessibleName(/classes held out/);
});

test("known stretches of a recording are kept out, found event by event, and told in the file", async ({
  bottleneck,
}) => {
  const { data, page } = bottleneck;
  await bottleneck.open();
  const spikes = spikesOf(6000, 6);
  await data.open({ name: "stream.csv", bytes: stream(6000, spikes, true) });
  await cutIntoWindows(page);
  await expect(page.getByRole("group", { name: "Normal curves" })).toContainText("known anomaly");
  await bottleneck.trainToTheEnd(5);
  const along = page.getByRole("region", { name: "Along time" });
  await along.scrollIntoViewIfNeeded();
  await expect(along).toContainText("6 of 6 known stretches found");
  await expect(along).toContainText(/Row by row: precision \d+ %, recall 100 %, and [\d.]+ false alarms/);
  const found = along.getByRole("row").filter({ has: page.getByRole("cell", { name: "found", exact: true }) });
  await expect(found).toHaveCount(6);
  const download = page.waitForEvent("download");
  await along.getByRole("button", { name: "Save the stretches as CSV" }).click();
  const text = await readFile(await (await download).path(), "utf8");
  expect(text.split("\n")[0]).toBe("first_row,last_row,from,to,largest_error,flagged,known");
  expect(text.match(/,yes,yes$/gm)).toHaveLength(6);

  const readings = along.getByRole("img", { name: /readings/ });
  await expect(readings).toHaveAccessibleName(/^Rows 0 to 5,999/);
  await found.first().getByRole("button").click();
  await expect(readings).toHaveAccessibleName(/^Rows \d{3} to \d{3}:/);
  await along.getByRole("button", { name: "Further away" }).click();
  await along.getByRole("slider", { name: "First row in sight" }).press("End");
  await expect(readings).toHaveAccessibleName(/^Rows 5,2\d\d to 5,9\d\d:/);
});

test("a recording of 200,000 rows is cut, measured and drawn along without a long wait", async ({
  bottleneck,
}, testInfo) => {
  test.setTimeout(240_000);
  const { data, page } = bottleneck;
  await bottleneck.open();
  await data.open({ name: "long.csv", bytes: stream(200_000, spikesOf(200_000, 20)) });
  await cutIntoWindows(page);
  await bottleneck.trainToTheEnd(1);
  const along = page.getByRole("region", { name: "Along time" });
  await along.scrollIntoViewIfNeeded();
  await expect(along).toContainText(/along 199,99\d rows/, { timeout: 60_000 });
  // The spikes are rare and much further off than anything else: the list has all of them.
  const rows = along.getByRole("row").filter({ has: page.getByRole("cell", { name: /^0\.[1-9]/ }) });
  await expect(rows).toHaveCount(20);
  for (let step = 0; step < 3; step += 1) await along.getByRole("button", { name: "Closer" }).click();
  const readings = along.getByRole("img", { name: /readings/ });
  const before = await readings.getAttribute("aria-label");
  const box = await readings.boundingBox();
  if (!box) throw new Error("the readings are not shown");
  const frames = page.evaluate(frameTimes, 60);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  for (let step = 1; step <= 40; step += 1) {
    await page.mouse.move(box.x + box.width / 2 - step * 5, box.y + box.height / 2);
  }
  await page.mouse.up();
  await expect(readings).not.toHaveAttribute("aria-label", before ?? "");
  const times = (await frames).sort((a, b) => a - b);
  const middle = times[Math.floor(times.length / 2)];
  report(testInfo, `a frame while 25,000 rows are drawn along takes ${middle.toFixed(1)} ms, at most ${times.at(-1)?.toFixed(1)}`);
  expect(middle).toBeLessThan(50);
});

/** Takes the first column along time, as proposed. */
async function cutIntoWindows(page: Page) {
  const cut = page.getByRole("button", { name: "Cut into windows" });
  if (!(await cut.isVisible())) await page.getByText("Read the rows as a recording along time").click();
  await cut.click();
  await expect(page.getByRole("application", { name: "Curve", exact: true })).toBeVisible({ timeout: 60_000 });
}

/** Milliseconds from frame to frame, so many times. */
function frameTimes(n: number) {
  return new Promise<number[]>((resolve) => {
    const times: number[] = [];
    let last = performance.now();
    const next = (now: number) => {
      times.push(now - last);
      last = now;
      if (times.length < n) requestAnimationFrame(next);
      else resolve(times);
    };
    requestAnimationFrame(next);
  });
}
