import type { BottleneckPage, Place } from "./bottleneck_page";
import { EXAMINER } from "./worker_tap";

const STROKES_PER_DRAWING = 5;

/** In milliseconds since a pointer event. */
export interface StrokeLatency {
  /** Until the document has the verdict on that state of the drawing. */
  verdict: number;
  /** Until the frame that shows it is done. */
  painted: number;
}

/** Draws point by point and waits for the verdict on each; the page's workers must be tapped. */
export async function strokesToVerdicts(bottleneck: BottleneckPage, n_strokes: number) {
  const { mouse } = bottleneck.page;
  const latencies: StrokeLatency[] = [];
  for (let idx = 0; idx < n_strokes; idx += 1) {
    if (idx % STROKES_PER_DRAWING === 0) {
      await mouse.up();
      await bottleneck.clear.click();
      const at = await bottleneck.placeOnScreen();
      await mouse.move(...at([0.5, 0.95]));
      await mouse.down();
    }
    const place: Place = [0.1 + ((idx * 37) % 80) / 100, 0.1 + ((idx * 53) % 80) / 100];
    latencies.push(await strokeToVerdict(bottleneck, place));
  }
  await mouse.up();
  return latencies;
}

/** While training runs the meter also moves by itself, so the first judgement that knows of the stroke is waited for. */
async function strokeToVerdict({ drawing, errorMeter }: BottleneckPage, [x, y]: Place) {
  const meter = await errorMeter.elementHandle();
  return drawing.evaluate(
    (surface, { meter, examinerIdx, x, y }) =>
      new Promise<StrokeLatency>((resolve) => {
        const examiner = window.startedWorkers[examinerIdx];
        const wanted = examiner.asked + 1;
        const since = () => performance.now() - strokedAt;
        const observer = new MutationObserver(() => {
          if (examiner.answered < wanted) return;
          observer.disconnect();
          const verdict = since();
          // A task that a frame's own callback asks for comes after that frame was drawn.
          const afterFrame = new MessageChannel();
          afterFrame.port1.onmessage = () => resolve({ verdict, painted: since() });
          requestAnimationFrame(() => afterFrame.port2.postMessage(null));
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
