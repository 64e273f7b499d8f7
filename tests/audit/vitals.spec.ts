import { readFile } from "node:fs/promises";
import { expect, SCRIBBLE, SEVEN, test, type BottleneckPage } from "../e2e/bottleneck_page";
import { keep, table } from "./record";

/** How much slower than this machine's the processor of a visitor may be. */
const SLOWDOWN = 4;
/** In milliseconds, but for the shift. */
const BUDGETS = { LCP: 1500, CLS: 0, INP: 100 };

const LIBRARY = new URL("node_modules/web-vitals/dist/web-vitals.iife.js", import.meta.url);

interface Interaction {
  name: string;
  target: string;
  total: number;
  delay: number;
  processing: number;
  presentation: number;
}

interface LayoutShift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  sources: { node?: Node }[];
}

declare global {
  interface Window {
    vitals: Record<string, number>;
    interactions: Interaction[];
    shifts: string[];
  }
}

test.use({ viewport: { width: 1280, height: 800 } });

test("the page stays quick and still on a slow machine while it trains", async ({ bottleneck }) => {
  const { page } = bottleneck;
  const library = await readFile(LIBRARY, "utf8");
  await page.addInitScript({ content: `${library};(${observe.toString()})(webVitals);` });
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });

  const slowest: Interaction[] = [];
  const doing = async (what: string, act: () => Promise<unknown>) => {
    await page.evaluate(() => (window.interactions = []));
    await act();
    // The browser tells of an interaction after the next frame.
    await page.waitForTimeout(500);
    const seen = await page.evaluate(() => window.interactions);
    const worst = seen.sort((one, other) => other.total - one.total)[0];
    if (worst) slowest.push({ ...worst, name: `${what} (${worst.name})` });
  };
  await bottleneck.open();
  await everything(bottleneck, doing);

  const [vitals, shifts] = await page.evaluate(() => [window.vitals, window.shifts] as const);
  await keep("vitals.json", { slowdown: SLOWDOWN, vitals, slowest, shifts });
  const rows = slowest.map(({ name, target, ...times }) => [name, target, ...Object.values(times).map(Math.round)]);
  console.log(`\n${table(["interaction", "with", "total", "delay", "processing", "presentation"], rows)}`);
  console.log(shifts.join("\n"));
  console.log(`LCP ${vitals.LCP?.toFixed(0)} ms, CLS ${vitals.CLS}, INP ${vitals.INP} ms`);
  expect.soft(vitals.LCP).toBeLessThanOrEqual(BUDGETS.LCP);
  expect.soft(vitals.CLS ?? 0).toBeLessThanOrEqual(BUDGETS.CLS);
  expect.soft(vitals.INP).toBeLessThanOrEqual(BUDGETS.INP);
});

/** What a visitor does while the network learns. */
async function everything(bottleneck: BottleneckPage, doing: (what: string, act: () => Promise<unknown>) => Promise<void>) {
  const { rotation } = bottleneck;
  await doing("opens the settings", () => bottleneck.unfoldSettings());
  await doing("asks for many epochs", () => bottleneck.set("Epochs", 100_000));
  await doing("presses Train", () => bottleneck.train.click());
  await bottleneck.reachesEpoch(3, 60_000);
  await doing("draws", () => bottleneck.draw(SEVEN));
  await doing("scribbles", () => bottleneck.draw(SCRIBBLE));
  await doing("turns the drawing by key", async () => {
    await rotation.focus();
    for (let press = 0; press < 5; press += 1) await rotation.press("ArrowRight");
  });
  await doing("moves the threshold by key", () => bottleneck.threshold.press("ArrowRight"));
  await doing("takes an example", () => bottleneck.example.click());
  await doing("clears", () => bottleneck.clear.click());
  await doing("presses Pause", () => bottleneck.pause.click());
  await doing("chooses another recipe", () => bottleneck.recipe.selectOption("Article 1: UCI digits"));
  await bottleneck.hasVerdict();
}

/** Runs in the page: notes the vitals, and how long each interaction takes. */
function observe(webVitals: typeof import("web-vitals")) {
  window.vitals = {};
  window.interactions = [];
  window.shifts = [];
  const note = ({ name, value }: { name: string; value: number }) => (window.vitals[name] = value);
  for (const on of [webVitals.onLCP, webVitals.onCLS]) on(note, { reportAllChanges: true });
  webVitals.onINP(note, { reportAllChanges: true, durationThreshold: 16 });
  const shifts = new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries() as LayoutShift[]) {
      const names = sources.map(({ node }) => (node instanceof Element ? node : node?.parentElement)?.outerHTML.slice(0, 80));
      if (!hadRecentInput) window.shifts.push(`shift of ${value.toFixed(5)}: ${names.join(", ")}`);
    }
  });
  shifts.observe({ type: "layout-shift", buffered: true });
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as PerformanceEventTiming[]) {
      if (!entry.interactionId) continue;
      const { name, startTime, processingStart, processingEnd, duration } = entry;
      const target = entry.target as Element | null;
      window.interactions.push({
        name,
        target: target?.getAttribute("aria-label") ?? target?.textContent?.trim().slice(0, 30) ?? "",
        total: duration,
        delay: processingStart - startTime,
        processing: processingEnd - processingStart,
        presentation: startTime + duration - processingEnd,
      });
    }
  });
  observer.observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
}
