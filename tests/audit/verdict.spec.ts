import { expect, test } from "../e2e/bottleneck_page";
import { keep, median, table } from "./record";
import { SlowLine } from "./slow_line";

/** One visit depends on what else the machine does just then. */
const N_VISITS = 5;
const BUDGET_MS = 2000;

declare global {
  interface Window {
    firstVerdict?: number;
  }
}

test("the first verdict is there within two seconds over 10 Mbit/s, with nothing kept from before", async ({ browser, baseURL }) => {
  const line = new SlowLine(baseURL ?? "");
  const url = await line.open();
  const visits = [];
  // The first one only packs the files.
  for (let visit = 0; visit <= N_VISITS; visit += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(noteTheVerdict);
    await page.goto(url);
    await page.waitForFunction(() => window.firstVerdict, undefined, { timeout: 300_000 });
    const verdict = await page.evaluate(() => window.firstVerdict ?? Number.NaN);
    const files = await page.evaluate(cameWhen);
    await context.close();
    if (visit > 0) visits.push({ verdict, files });
  }
  line.close();
  await keep("verdict.json", visits);
  const rows = visits[0].files.map(({ name, start, end }) => [name, start, end]);
  console.log(`\n${table(["file", "asked for at", "there at, in ms"], rows)}`);
  const times = visits.map(({ verdict }) => Math.round(verdict));
  console.log(`first verdict after ${times.join(", ")} ms`);
  expect(median(times), times.join(", ")).toBeLessThanOrEqual(BUDGET_MS);
});

/** Runs in the page: notes when the verdict is on the screen. */
function noteTheVerdict() {
  const look = () => {
    const verdict = document.querySelector('[role="status"][aria-label="Verdict"]');
    if (/Normal|Anomaly/.test(verdict?.textContent ?? "")) window.firstVerdict = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Runs in the page: what it asked for and when, in milliseconds. */
function cameWhen() {
  const files = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  return files.map(({ name, startTime, responseEnd }) => {
    const path = new URL(name).pathname.split("/").slice(-2).join("/");
    return { name: path, start: Math.round(startTime), end: Math.round(responseEnd) };
  });
}
