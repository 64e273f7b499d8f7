import { test as base, expect, type Locator, type Page } from "@playwright/test";

/** A place on the drawing surface, as parts of its side from the upper left corner. */
export type Place = [x: number, y: number];

/** A digit as its strokes. */
export type Strokes = Place[][];

export const ONE: Strokes = [
  [
    [0.38, 0.3],
    [0.52, 0.15],
    [0.52, 0.85],
  ],
];

export const SEVEN: Strokes = [
  [
    [0.28, 0.18],
    [0.72, 0.18],
    [0.45, 0.85],
  ],
];

export const SCRIBBLE: Strokes = [
  [
    [0.05, 0.05],
    [0.95, 0.15],
    [0.05, 0.3],
    [0.95, 0.45],
    [0.05, 0.6],
    [0.95, 0.75],
    [0.05, 0.95],
  ],
  [
    [0.95, 0.05],
    [0.05, 0.95],
  ],
];

export const ANY_VERDICT = /Normal|Anomaly/;

/** A run of so many epochs takes longer than any test. */
const ENDLESS_EPOCHS = 20_000;

/** The page as a visitor finds it: by role and name. */
export class BottleneckPage {
  readonly drawing: Locator;
  readonly example: Locator;
  readonly clear: Locator;
  readonly rotation: Locator;
  readonly verdict: Locator;
  readonly errorMeter: Locator;
  readonly threshold: Locator;
  readonly thresholdValue: Locator;
  readonly backToTheRule: Locator;
  readonly errorsOfNormalDigits: Locator;
  readonly recipe: Locator;
  readonly engine: Locator;
  readonly engineAtWork: Locator;
  readonly training: Locator;
  readonly train: Locator;
  readonly pause: Locator;
  readonly step: Locator;
  readonly reset: Locator;
  readonly progress: Locator;
  readonly lossCurve: Locator;
  readonly notice: Locator;

  constructor(readonly page: Page) {
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    const slider = (name: string) => page.getByRole("slider", { name, exact: true });
    this.drawing = page.getByRole("application", { name: "Drawing", exact: true });
    this.example = button("Example");
    this.clear = button("Clear");
    this.rotation = slider("Rotation");
    this.verdict = page.getByRole("status", { name: "Verdict" });
    this.errorMeter = page.getByRole("meter", { name: "Reconstruction error" });
    this.threshold = slider("Threshold");
    this.thresholdValue = page.getByRole("spinbutton", { name: "Threshold value" });
    this.backToTheRule = button("Back to 5 % false alarms");
    this.errorsOfNormalDigits = page.getByRole("region", { name: "Errors of normal digits" });
    this.recipe = page.getByRole("combobox", { name: "Recipe" });
    this.engine = page.getByRole("combobox", { name: "Engine" });
    this.engineAtWork = page.getByRole("group", { name: "Engine at work" });
    this.training = page.getByRole("region", { name: "Train", exact: true });
    this.train = button("Train");
    this.pause = button("Pause");
    this.step = button("Step");
    this.reset = button("Reset");
    this.progress = page.getByRole("progressbar", { name: "Training progress" });
    this.lossCurve = page.getByRole("img", { name: /^Loss curve/ });
    this.notice = page.getByRole("status", { name: "Notice" });
  }

  /** Opens the page and waits for the verdict on its first example. */
  async open() {
    await this.page.goto("./");
    await this.hasVerdict();
  }

  async hasVerdict() {
    await expect(this.verdict).toContainText(ANY_VERDICT, { timeout: 30_000 });
  }

  /** "Normal" or "Anomaly". */
  async verdictWord() {
    return ANY_VERDICT.exec((await this.verdict.textContent()) ?? "")?.[0];
  }

  async error() {
    return Number(await this.errorMeter.getAttribute("aria-valuenow"));
  }

  /** The error once nothing changes any more: the same in two readings. */
  async settledError() {
    let last = Number.NaN;
    await expect
      .poll(async () => {
        const before = last;
        last = await this.error();
        return last === before;
      })
      .toBe(true);
    return last;
  }

  async thresholdNow() {
    return Number(await this.threshold.getAttribute("aria-valuenow"));
  }

  /** Whole epochs done. */
  async epoch() {
    return epochIn((await this.progress.getAttribute("aria-valuetext")) ?? "");
  }

  async reachesEpoch(epoch: number, timeout = 30_000) {
    await expect.poll(() => this.epoch(), { timeout }).toBeGreaterThanOrEqual(epoch);
  }

  /** Draws with the mouse. */
  async draw(strokes: Strokes) {
    const at = await this.placeOnScreen();
    for (const [start, ...rest] of strokes) {
      await this.page.mouse.move(...at(start));
      await this.page.mouse.down();
      for (const place of rest) {
        await this.page.mouse.move(...at(place), { steps: 5 });
      }
      await this.page.mouse.up();
    }
  }

  /** Where a place of the drawing surface is on the screen. */
  async placeOnScreen() {
    await this.drawing.scrollIntoViewIfNeeded();
    const box = await this.drawing.boundingBox();
    if (!box) throw new Error("the drawing surface is not shown");
    return ([x, y]: Place): Place => [box.x + x * box.width, box.y + y * box.height];
  }

  /** Changes one of the training settings. */
  async set(name: string, value: number) {
    const field = this.training.getByRole("spinbutton", { name });
    if (!(await field.isVisible())) {
      await this.training.getByText("Settings", { exact: true }).click();
    }
    await field.fill(String(value));
    await field.press("Enter");
  }

  /** Starts a run that goes on until it is paused, and waits until it is under way. */
  async trainEndlessly(timeout = 30_000) {
    await this.set("Epochs", ENDLESS_EPOCHS);
    await this.train.click();
    await this.reachesEpoch(3, timeout);
  }

  /** Collects every value that an attribute takes from now on; the result is read by calling what is returned. */
  async watch(locator: Locator, attribute: string) {
    const seen = await locator.evaluateHandle((element, attribute) => {
      const values: string[] = [];
      const note = () => values.push(element.getAttribute(attribute) ?? "");
      new MutationObserver(note).observe(element, { attributeFilter: [attribute] });
      return values;
    }, attribute);
    return () => seen.jsonValue();
  }
}

/** The epoch in "epoch 12 of 150". */
export function epochIn(text: string) {
  return Number(/epoch (\d+)/.exec(text)?.[1] ?? Number.NaN);
}

/** The epoch and the two losses that the loss curve names. */
export function lossesIn(sentence: string) {
  const figures = /after epoch (\d+) it is ([\d.]+) on training digits and ([\d.]+) on calibration digits/;
  const [, epoch, training, calibration] = (figures.exec(sentence) ?? []).map(Number);
  return { epoch, training, calibration };
}

/** Collects what must never happen: errors, and requests that leave the page's own folder. */
export function watchForFaults(page: Page, home: string) {
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(home)) {
      faults.push(`foreign request: ${request.url()}`);
    }
  });
  return faults;
}

interface Fixtures {
  bottleneck: BottleneckPage;
  faultsAreExpected: boolean;
}

/** Every test gets the page, and fails if the page logs an error or asks another host for anything. */
export const test = base.extend<Fixtures>({
  faultsAreExpected: [false, { option: true }],
  bottleneck: async ({ page, baseURL, faultsAreExpected }, use) => {
    const faults = watchForFaults(page, baseURL ?? "");
    await use(new BottleneckPage(page));
    if (!faultsAreExpected) expect(faults).toEqual([]);
  },
});

export { expect };
