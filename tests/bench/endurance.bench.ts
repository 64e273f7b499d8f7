import { expect, test, type BottleneckPage } from "../e2e/bottleneck_page";
import { DataPanel, textFile } from "../e2e/data_panel";
import { EarlierWork } from "../e2e/earlier_work";
import { idx } from "../e2e/idx";
import { PageMemory } from "./page_memory";
import { IS_QUICK, record, say, type Measured } from "./record";

const MINUTES = Number(process.env.BENCH_MINUTES ?? (IS_QUICK ? 5 : 60));
const N_VISITS = IS_QUICK ? 10 : 100;
/** Until then the page meets each kind of data for the first time. */
const N_FIRST_ROUNDS = 2;
const TRAINED_MS = 5_000;

test.describe.configure({ timeout: (MINUTES + 60) * 60_000 });
test.use({ serviceWorkers: "block", faultsAreExpected: true });

test("endurance: training, rewinding and files in turn", { tag: "@endurance" }, async ({ bottleneck, page }) => {
  const memory = await PageMemory.of(page);
  await bottleneck.open();
  const end = performance.now() + MINUTES * 60_000;
  const samples: number[][] = [];
  for (let round = 1; performance.now() < end; round += 1) {
    await trainAndRewind(bottleneck);
    await openTable(bottleneck, round);
    await openPictures(bottleneck, round);
    if (round > N_FIRST_ROUNDS) samples.push(await memory.now());
  }
  const series: Measured[] = PageMemory.names.map((name, idx) => ({ name, samples: samples.map((row) => row[idx]) }));
  say(`endurance: ${samples.length} rounds after the first ${N_FIRST_ROUNDS}, in ${MINUTES} minutes`);
  record("endurance", "MB", series);
});

test("visits: the page closed and opened again", { tag: "@visits" }, async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, serviceWorkers: "block" });
  const samples: number[][] = [];
  for (let visit = 1; visit <= N_VISITS; visit += 1) {
    const page = await context.newPage();
    const work = new EarlierWork(page);
    await page.goto(visit === 1 ? "./#recipe=well-trained" : "./");
    if (visit > 1) await work.goOn.click();
    await page.getByRole("button", { name: "Step", exact: true }).click();
    await work.isKept(visit);
    samples.push([(await work.partNames()).length, (await usage(page)) / 1e6]);
    await page.close();
  }
  await context.close();
  const names = ["records", "megabytes"];
  say(`visits: ${N_VISITS}`);
  record("visits", "records and MB", names.map((name, idx) => ({ name, samples: samples.map((row) => row[idx]) })));
});

/** Some seconds of training, and all the way back and forth through them. */
async function trainAndRewind(bottleneck: BottleneckPage) {
  await bottleneck.choose("Small digits, 8 × 8");
  await bottleneck.trainEndlessly();
  await bottleneck.page.waitForTimeout(TRAINED_MS);
  await bottleneck.pause.click();
  await expect(bottleneck.train).toBeVisible();
  const slider = bottleneck.page.getByRole("slider", { name: "Epoch shown" });
  for (const key of ["Home", "ArrowRight", "PageUp", "PageUp", "ArrowLeft", "End"]) {
    await slider.press(key);
    await bottleneck.isJudged();
  }
}

/** A table of some hundred rows, trained on for a moment, and back to the digits. */
async function openTable(bottleneck: BottleneckPage, round: number) {
  const row = (idx: number) => [idx % 7, (idx * round) % 101, idx % 3 ? "north" : "south", (idx * 37) % 29].join(",");
  const text = ["width,height,side,depth", ...Array.from({ length: 400 }, (_, idx) => row(idx))].join("\n");
  await trainOnFile(bottleneck, textFile(`table-${round}.csv`, text));
}

/** Some hundred pictures, the same way. */
async function openPictures(bottleneck: BottleneckPage, round: number) {
  const side = 12;
  const picture = (item: number) =>
    Uint8Array.from({ length: side * side }, (_, pixel) => ((pixel * (1 + (item % 5)) + item * round) * 7) % 256);
  const bytes = idx([300, side, side], Array.from({ length: 300 }, (_, item) => picture(item)));
  await trainOnFile(bottleneck, { name: `pictures-${round}-images-idx3-ubyte`, bytes });
}

async function trainOnFile(bottleneck: BottleneckPage, file: { name: string; bytes: Uint8Array }) {
  const data = new DataPanel(bottleneck.page);
  await data.open(file);
  await expect(data.region).toContainText(file.name, { timeout: 30_000 });
  await bottleneck.train.click();
  await bottleneck.page.waitForTimeout(1_000);
  if (await bottleneck.pause.isVisible()) await bottleneck.pause.click();
  await bottleneck.page.getByRole("button", { name: /^Back to the / }).first().click();
  await bottleneck.isJudged();
}

function usage(page: import("@playwright/test").Page) {
  return page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
}
