import { expect, test, type BottleneckPage } from "../e2e/bottleneck_page";
import { CodesPanel } from "../e2e/codes_panel";
import { millisecondsToPause } from "../e2e/latency";
import { strokesToVerdicts } from "../e2e/stroke_latency";
import { SweepsPanel } from "../e2e/sweeps_panel";
import { EXAMINER, tapWorkers } from "../e2e/worker_tap";
import { IS_QUICK, record, say, type Measured } from "./record";

const CONVOLUTIONS = "Convolutions as published (article 2)";
const EPOCHS = 20_000;
const N_STROKES = IS_QUICK ? 15 : 60;
const N_REPETITIONS = IS_QUICK ? 2 : 5;

test.use({ serviceWorkers: "block", faultsAreExpected: true });

test("latency: stroke to verdict", { tag: "@latency" }, async ({ bottleneck }) => {
  const series: Measured[] = [];
  const measure = async (state: string) => {
    const latencies = await strokesToVerdicts(bottleneck, N_STROKES);
    series.push({ name: state, samples: latencies.map(({ verdict }) => verdict) });
    series.push({ name: `${state}, painted`, samples: latencies.map(({ painted }) => painted) });
    say(`${state}: ${N_STROKES} strokes`);
  };
  await tapWorkers(bottleneck.page);
  await bottleneck.open();
  await measure("idle");
  await trainWithoutEnd(bottleneck);
  await measure("training dense");
  await bottleneck.pause.click();
  await bottleneck.choose(CONVOLUTIONS);
  await trainWithoutEnd(bottleneck);
  await measure("training convolutions");
  await expect(bottleneck.pause).toBeVisible();
  record("latency", "ms", series);
});

test("pause: click to Paused", { tag: "@pause" }, async ({ bottleneck }) => {
  const series: Measured[] = [];
  await tapWorkers(bottleneck.page);
  await bottleneck.open();
  for (const name of ["dense", "convolutions"]) {
    if (name === "convolutions") await bottleneck.choose(CONVOLUTIONS);
    const samples: number[] = [];
    for (let repetition = 0; repetition < N_REPETITIONS; repetition += 1) {
      await trainWithoutEnd(bottleneck);
      samples.push(await millisecondsToPause(bottleneck));
    }
    series.push({ name, samples });
  }
  record("pause", "ms", series);
});

test("sweeps: 8×8 and 28×28", { tag: "@sweeps" }, async ({ bottleneck }) => {
  const sweeps = new SweepsPanel(bottleneck.page);
  const series: Measured[] = [];
  await tapWorkers(bottleneck.page);
  await bottleneck.open();
  for (const name of ["8×8, dense", "28×28, convolutions"]) {
    if (name.startsWith("28")) await bottleneck.choose(CONVOLUTIONS);
    await bottleneck.items.isMeasured(300_000);
    await sweeps.show();
    const samples: number[] = [];
    for (let repetition = 0; repetition < N_REPETITIONS; repetition += 1) {
      samples.push(await millisecondsToSweep(bottleneck));
    }
    series.push({ name, samples });
  }
  record("sweeps", "ms", series);
});

test("tsne: 10,000 codes", { tag: "@tsne" }, async ({ bottleneck }) => {
  const codes = new CodesPanel(bottleneck.page);
  await bottleneck.open();
  await bottleneck.choose(CONVOLUTIONS);
  await bottleneck.items.isMeasured(300_000);
  const samples: number[] = [];
  for (let repetition = 0; repetition < Math.min(N_REPETITIONS, 3); repetition += 1) {
    const started = performance.now();
    await codes.draw.click();
    await expect(codes.progress).toBeVisible();
    await expect(codes.outcome).toHaveText(/^10,000 codes in [\d.]+ s\.$/, { timeout: 120_000 });
    samples.push((performance.now() - started) / 1000);
  }
  record("tsne", "s", [{ name: "28×28, convolutions", samples }]);
});

/** Trains until the page is told to stop, and waits until that is under way; the page's workers must be tapped. */
async function trainWithoutEnd(bottleneck: BottleneckPage) {
  const nReports = () =>
    bottleneck.page.evaluate(() => window.startedWorkers.reduce((sum, { trained }) => sum + trained, 0));
  await bottleneck.set("Epochs", EPOCHS);
  const before = await nReports();
  await bottleneck.train.click();
  await expect.poll(nReports, { timeout: 120_000 }).toBeGreaterThan(before + 2);
}

/** From the order for all sweeps of another example to the last of the errors. */
async function millisecondsToSweep({ example, page }: BottleneckPage) {
  const measured = page.evaluate(
    (examinerIdx) =>
      new Promise<number>((resolve) => {
        const examiner = window.startedWorkers[examinerIdx];
        const post = examiner.postMessage;
        let [ordered, request] = [Number.NaN, Number.NaN];
        examiner.postMessage = (message: any) => {
          const order = message.Examine?.Sweep;
          if (order) [ordered, request] = [performance.now(), order.request];
          post.call(examiner, message);
        };
        examiner.addEventListener("message", function hear({ data }) {
          const swept = window.readEvent(data).Examine?.Swept;
          if (!swept?.is_finished || swept.request !== request) return;
          examiner.removeEventListener("message", hear);
          examiner.postMessage = post;
          resolve(performance.now() - ordered);
        });
      }),
    EXAMINER,
  );
  // Sweeps are measured only while they are in sight, and a click by mouse would scroll to the button.
  await example.dispatchEvent("click");
  return measured;
}
