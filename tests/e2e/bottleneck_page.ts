import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { CodesPanel } from "./codes_panel";
import { DataPanel } from "./data_panel";
import { EvidencePanel } from "./evidence_panel";
import { watchForFaults } from "./faults";
import { Gallery } from "./gallery";
import { ItemList } from "./item_list";
import { NormalDigits } from "./normal_digits";
import { RowBench } from "./row_bench";
import { epochIn } from "./sentences";
import { drawOn, placesOn, type Strokes } from "./strokes";

export * from "./sentences";
export * from "./strokes";

export const ANY_VERDICT = /Normal|Anomaly/;

/** A run of so many epochs takes longer than any test. */
const ENDLESS_EPOCHS = 20_000;

/** A busy machine may take a few hundred milliseconds to judge by new weights. */
const SETTLED_MS = 500;

/** The page as a reader finds it: by role and name. */
export class BottleneckPage {
  readonly drawing: Locator;
  readonly example: Locator;
  readonly clear: Locator;
  readonly preparation: Locator;
  readonly rotation: Locator;
  readonly verdict: Locator;
  readonly errorMeter: Locator;
  readonly threshold: Locator;
  readonly thresholdValue: Locator;
  readonly backToTheRule: Locator;
  /** The histogram. */
  readonly errorsOfNormalDigits: Locator;
  /** What the threshold promises. */
  readonly thresholdAtHand: Locator;
  readonly recipe: Locator;
  readonly engine: Locator;
  readonly engineAtWork: Locator;
  /** The buttons, the progress and the loss. */
  readonly training: Locator;
  readonly settings: Locator;
  /** The place where network, classes and training can be changed. */
  readonly network: Locator;
  readonly train: Locator;
  readonly pause: Locator;
  readonly step: Locator;
  readonly reset: Locator;
  readonly progress: Locator;
  readonly lossCurve: Locator;
  readonly notice: Locator;
  readonly data: DataPanel;
  readonly normalDigits: NormalDigits;
  readonly row: RowBench;
  readonly items: ItemList;
  readonly gallery: Gallery;
  readonly codes: CodesPanel;
  readonly evidence: EvidencePanel;

  constructor(readonly page: Page) {
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    const slider = (name: string) => page.getByRole("slider", { name, exact: true });
    this.drawing = page.getByRole("application", { name: "Drawing", exact: true });
    this.example = button("Example");
    this.clear = button("Clear");
    this.preparation = page.getByRole("group", { name: "Preparation", exact: true });
    this.rotation = slider("Rotation");
    this.verdict = page.getByRole("status", { name: "Verdict" });
    this.errorMeter = page.getByRole("meter", { name: "Reconstruction error" });
    this.threshold = slider("Threshold");
    this.thresholdValue = page.getByRole("spinbutton", { name: "Threshold value" });
    this.backToTheRule = button("Back to 5 % false alarms");
    this.errorsOfNormalDigits = page.getByRole("region", { name: "Errors of normal digits" });
    this.thresholdAtHand = page.getByRole("region", { name: "The threshold at hand" });
    this.recipe = page.getByRole("combobox", { name: "Recipe" });
    this.engine = page.getByRole("combobox", { name: "Engine" });
    this.engineAtWork = page.getByRole("group", { name: "Engine at work" });
    this.training = page.getByRole("region", { name: "Train", exact: true });
    this.settings = page.getByRole("region", { name: "Settings", exact: true });
    this.network = page.getByRole("region", { name: "What if I change the network?" });
    this.train = button("Train");
    this.pause = button("Pause");
    this.step = button("Step");
    this.reset = button("Reset");
    this.progress = page.getByRole("progressbar", { name: "Training progress" });
    this.lossCurve = page.getByRole("img", { name: /^Loss curve/ });
    this.notice = page.getByRole("status", { name: "Notice" });
    this.data = new DataPanel(page);
    this.normalDigits = new NormalDigits(page);
    this.row = new RowBench(page);
    this.items = new ItemList(page);
    this.gallery = new Gallery(page);
    this.codes = new CodesPanel(page);
    this.evidence = new EvidencePanel(page);
  }

  /** Opens the digits of 8 × 8 pixels, which most tests were made for, and waits for the verdict on the first example. */
  async open() {
    // Another fragment alone would not load the page again.
    if (this.page.url() !== "about:blank") await this.page.goto("about:blank");
    await this.page.goto("./#recipe=well-trained");
    await this.hasVerdict();
  }

  /** Opens what a reader without a link finds, and waits for the verdict on its first example. */
  async openPlainly() {
    await this.page.goto("./");
    await this.hasVerdict();
  }

  async hasVerdict() {
    await expect(this.verdict).toContainText(ANY_VERDICT, { timeout: 30_000 });
  }

  /** What lies on the bench was judged, be it by a network that has learned nothing and gives no verdict. */
  async isJudged() {
    await expect(this.verdict).toContainText(/Normal|Anomaly|has learned nothing/, { timeout: 30_000 });
  }

  async choose(recipe: string) {
    await this.recipe.selectOption({ label: recipe });
    await this.isJudged();
  }

  /** What a list of choices shows. */
  chosen(list: Locator) {
    return list.getByRole("option", { selected: true });
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
      .poll(
        async () => {
          const before = last;
          last = await this.error();
          return last === before;
        },
        { intervals: [SETTLED_MS] },
      )
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

  draw(strokes: Strokes) {
    return drawOn(this.drawing, strokes);
  }

  placeOnScreen() {
    return placesOn(this.drawing);
  }

  /** Changes one of the training settings, key by key: Firefox takes no number that a script put there for changed. */
  async set(name: string, value: number) {
    const field = this.settings.getByRole("spinbutton", { name });
    await field.press("ControlOrMeta+a");
    await field.pressSequentially(String(value));
    await field.press("Enter");
  }

  async flip(switchName: string) {
    await this.settings.getByRole("switch", { name: switchName }).click();
  }

  /** Switches of the steps that prepare a drawing, once they are in sight. */
  async steps() {
    const steps = this.preparation.getByRole("switch");
    if (!(await steps.first().isVisible())) await this.preparation.locator("summary").click();
    return steps;
  }

  /** The switch of one step. */
  async preparing(name: string) {
    await this.steps();
    return this.preparation.getByRole("switch", { name, exact: true });
  }

  /** Trains so many epochs from where the run is, to the end. */
  async trainToTheEnd(epochs: number, timeout = 60_000) {
    await this.set("Epochs", epochs);
    await this.train.click();
    await expect(this.training).toContainText(`Trained here, in your browser: ${epochs} epoch`, { timeout });
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
