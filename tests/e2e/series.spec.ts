import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "./bottleneck_page";

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
