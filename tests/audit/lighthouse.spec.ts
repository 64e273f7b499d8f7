import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig, type Result } from "lighthouse";
import { pageFunctions } from "lighthouse/core/lib/page-functions.js";
import { expect, test } from "../e2e/bottleneck_page";
import { overLine } from "./line";
import { keep, median, table } from "./record";

/** A single run depends on what else the machine does just then. */
const N_RUNS = 3;
/** What Lighthouse slows the processor down by to imitate a phone. */
const USUAL_SLOWDOWN = 4;
/** Below this index Lighthouse warns that the machine is too slow for the usual slowdown, and asks for a smaller one. */
const SLOW_MACHINE = 1000;
/** The index of the phone that is imitated: 1,750 is the middle of what Lighthouse calls a fast desktop computer. */
const IMITATED_PHONE = 1750 / USUAL_SLOWDOWN;

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const METRICS = {
  FCP: "first-contentful-paint",
  LCP: "largest-contentful-paint",
  TBT: "total-blocking-time",
  CLS: "cumulative-layout-shift",
  SI: "speed-index",
};

for (const device of ["mobile", "desktop"] as const) {
  test(`Lighthouse gives 100 in all four categories on ${device}`, async ({ page, baseURL }) => {
    const runs: Result[] = [];
    const line = await overLine(baseURL ?? "");
    for (let run = 1; run <= N_RUNS; run += 1) {
      const slowdown = device === "mobile" ? slowdownOn(await page.evaluate(pageFunctions.computeBenchmarkIndex)) : 1;
      runs.push(await visit(line.url, device, slowdown));
      await keep(`lighthouse-${device}-${run}-whole.json`, runs[run - 1]);
    }
    line.close();
    const rows = runs.map(figuresOf);
    await keep(`lighthouse-${device}.json`, rows);
    console.log(`\n${device}\n${table(Object.keys(rows[0]), rows.map((row) => Object.values(row)))}`);

    const medians = CATEGORIES.map((category) => [category, median(rows.map((row) => row[category]))]);
    const perfect = CATEGORIES.map((category) => [category, 100]);
    expect(Object.fromEntries(medians), whatCosts(runs)).toEqual(Object.fromEntries(perfect));
  });
}

/** A phone on a machine as slow as one is imitated without any slowdown. */
function slowdownOn(index: number) {
  if (index >= SLOW_MACHINE) return USUAL_SLOWDOWN;
  return Number(Math.max(1, index / IMITATED_PHONE).toFixed(1));
}

/** Visits the page as nobody has before, in a browser of its own. */
async function visit(url: string, device: "mobile" | "desktop", cpuSlowdownMultiplier: number): Promise<Result> {
  const browser = await launch({
    chromePath: process.env.CHROME_PATH,
    chromeFlags: ["--headless=new", "--no-sandbox", "--disable-quic", "--no-first-run"],
  });
  try {
    const config = device === "desktop" ? desktopConfig : { extends: "lighthouse:default" };
    const settings = { ...config.settings, throttling: { ...config.settings?.throttling, cpuSlowdownMultiplier } };
    const flags = { port: browser.port, logLevel: "error" } as const;
    const outcome = await lighthouse(url, flags, { ...config, settings });
    if (!outcome) throw new Error(`Lighthouse gave no report on ${url}.`);
    return outcome.lhr;
  } finally {
    browser.kill();
  }
}

function figuresOf({ audits, categories, environment, configSettings }: Result): Record<string, number> {
  const scores = CATEGORIES.map((category) => [category, Math.round((categories[category].score ?? 0) * 100)]);
  const metrics = Object.entries(METRICS).map(([name, id]) => {
    const value = audits[id].numericValue ?? Number.NaN;
    return [name, name === "CLS" ? Number(value.toFixed(3)) : Math.round(value)];
  });
  return {
    ...Object.fromEntries([...scores, ...metrics]),
    slowdown: configSettings.throttling.cpuSlowdownMultiplier,
    index: Math.round(environment.benchmarkIndex),
  };
}

/** Every audit that counts and is not passed. */
function whatCosts(runs: Result[]) {
  const lost = runs.flatMap(({ audits, categories }) =>
    CATEGORIES.flatMap((category) =>
      categories[category].auditRefs
        .filter(({ id, weight }) => weight > 0 && (audits[id].score ?? 1) < 1)
        .map(({ id }) => `${category}: ${id} ${audits[id].displayValue ?? ""}`),
    ),
  );
  return [...new Set(lost)].join("\n");
}
