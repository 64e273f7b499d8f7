import { expect, test } from "./bottleneck_page";
import { inMilliseconds, longestSilence, report, summaryOf } from "./latency";
import { strokesToVerdicts } from "./stroke_latency";
import { tapWorkers } from "./worker_tap";

const N_STROKES = 25;

test("a stroke is judged at once, also while the network is being trained", async ({ bottleneck }, testInfo) => {
  await tapWorkers(bottleneck.page);
  await bottleneck.open();
  const idle = summaryOf((await strokesToVerdicts(bottleneck, N_STROKES)).map(({ verdict }) => verdict));
  report(testInfo, `stroke to verdict, idle: ${inMilliseconds(idle)}`);

  await bottleneck.trainEndlessly();
  const training = summaryOf((await strokesToVerdicts(bottleneck, N_STROKES)).map(({ verdict }) => verdict));
  report(testInfo, `stroke to verdict, training: ${inMilliseconds(training)}`);
  await expect(bottleneck.pause).toBeVisible();

  expect(idle.median).toBeLessThan(200);
  expect(training.median).toBeLessThan(200);
});

test("the page goes on answering while a small network ends many epochs a second", async ({ bottleneck }, testInfo) => {
  await bottleneck.open();
  await bottleneck.trainEndlessly();
  await bottleneck.reachesEpoch(200);
  const silence = await longestSilence(bottleneck, 3_000);
  report(testInfo, `training, the page was silent for up to ${silence.toFixed(0)} ms`);
  expect(silence).toBeLessThan(250);
});
