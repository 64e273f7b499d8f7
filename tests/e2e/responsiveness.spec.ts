import { expect, test, type BottleneckPage, type Place } from "./bottleneck_page";
import { inMilliseconds, longestSilence, report, summaryOf } from "./latency";
import { EXAMINER, tapWorkers } from "./worker_tap";

const N_STROKES = 25;
const STROKES_PER_DRAWING = 5;

test("a stroke is judged at once, also while the network is being trained", async ({ bottleneck }, testInfo) => {
  await tapWorkers(bottleneck.page);
  await bottleneck.open();
  const idle = summaryOf(await strokesToVerdicts(bottleneck));
  report(testInfo, `stroke to verdict, idle: ${inMilliseconds(idle)}`);

  await bottleneck.trainEndlessly();
  const training = summaryOf(await strokesToVerdicts(bottleneck));
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

async function strokesToVerdicts(bottleneck: BottleneckPage) {
  const { mouse } = bottleneck.page;
  const latencies: number[] = [];
  for (let idx = 0; idx < N_STROKES; idx += 1) {
    if (idx % STROKES_PER_DRAWING === 0) {
      await mouse.up();
      await bottleneck.clear.click();
      const at = await bottleneck.placeOnScreen();
      await mouse.move(...at([0.5, 0.95]));
      await mouse.down();
    }
    const place: Place = [0.1 + ((idx * 37) % 80) / 100, 0.1 + ((idx * 53) % 80) / 100];
    latencies.push(await millisecondsToVerdict(bottleneck, place));
  }
  await mouse.up();
  return latencies;
}

/**
 * How long it takes from a pointer event until the meter shows the error of that state of the drawing.
 *
 * While training runs the meter also moves by itself, so the first judgement that knows of the stroke is waited for.
 */
async function millisecondsToVerdict({ drawing, errorMeter }: BottleneckPage, [x, y]: Place) {
  const meter = await errorMeter.elementHandle();
  return drawing.evaluate(
    (surface, { meter, examinerIdx, x, y }) =>
      new Promise<number>((resolve) => {
        const examiner = window.startedWorkers[examinerIdx];
        const wanted = examiner.asked + 1;
        const observer = new MutationObserver(() => {
          if (examiner.answered < wanted) return;
          observer.disconnect();
          resolve(performance.now() - strokedAt);
        });
        observer.observe(meter as Node, { attributeFilter: ["aria-valuenow"] });
        const { left, top, width, height } = surface.getBoundingClientRect();
        const place = { clientX: left + x * width, clientY: top + y * height };
        const strokedAt = performance.now();
        surface.dispatchEvent(new PointerEvent("pointermove", { ...place, bubbles: true, pointerId: 1, buttons: 1 }));
      }),
    { meter, examinerIdx: EXAMINER, x, y },
  );
}
