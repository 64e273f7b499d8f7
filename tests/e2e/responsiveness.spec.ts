import { expect, test } from "./bottleneck_page";
import { answersWithin, inMilliseconds, LEAST_SHARE_OF_ANSWERS, report, summaryOf } from "./latency";
import { strokesToVerdicts } from "./stroke_latency";
import { tapWorkers } from "./worker_tap";

const N_STROKES = 25;
/** The training shares the processor with the page and with what judges, but neither waits for it. */
const MOST_TIMES_SLOWER = 8;

test("a stroke is judged about as soon while the network is being trained as at rest", async ({ bottleneck }, testInfo) => {
  await tapWorkers(bottleneck.page);
  await bottleneck.open();
  const idle = summaryOf((await strokesToVerdicts(bottleneck, N_STROKES)).map(({ verdict }) => verdict));
  report(testInfo, `stroke to verdict, idle: ${inMilliseconds(idle)}`);

  await bottleneck.trainEndlessly();
  const training = summaryOf((await strokesToVerdicts(bottleneck, N_STROKES)).map(({ verdict }) => verdict));
  report(testInfo, `stroke to verdict, training: ${inMilliseconds(training)}`);
  await expect(bottleneck.pause).toBeVisible();

  expect(training.median).toBeLessThan(MOST_TIMES_SLOWER * idle.median);
});

test("the page goes on answering while a small network ends many epochs a second", async ({ bottleneck }, testInfo) => {
  await bottleneck.open();
  await bottleneck.items.isMeasured();
  const atRest = await answersWithin(bottleneck, 3_000);
  await bottleneck.trainEndlessly();
  await bottleneck.reachesEpoch(200);
  const training = await answersWithin(bottleneck, 3_000);
  report(testInfo, `the page answered ${atRest} times at rest, ${training} times while it showed a training`);
  expect(training).toBeGreaterThan(LEAST_SHARE_OF_ANSWERS * atRest);
});
