import type { Locator, Page } from "@playwright/test";

/** The ways to find the threshold, and the one at work. */
export class ThresholdRules {
  readonly atWork: Locator;
  /** All but the best F1. */
  readonly withoutLabels = [
    /^Conformal/,
    /^Percentile/,
    /^Mean \+ \d/,
    /batch losses$/,
    /^β/,
    /^Median/,
    /^Q3/,
    "Training maximum",
  ] as const;

  constructor(readonly page: Page) {
    this.atWork = page.getByRole("group", { name: "Rule at work" });
  }

  radio(name: string | RegExp) {
    return this.page.getByRole("radiogroup", { name: "Threshold rule" }).getByRole("radio", { name });
  }

  async choose(name: string | RegExp) {
    await this.radio(name).check();
  }

  slider(name: string) {
    return this.atWork.getByRole("slider", { name, exact: true });
  }

  /** What the rule at work flags of the test items; the interval in per cent. */
  async falseAlarms() {
    const sentence = /It flags (\d+) of the (\d+) test .*\(95 % interval ([\d.]+) % to ([\d.]+) %\)/;
    const found = sentence.exec((await this.atWork.textContent()) ?? "");
    if (!found) throw new Error("no false alarms are measured");
    const [nFlagged, nItems, low, high] = found.slice(1).map(Number);
    return { nFlagged, nItems, low, high };
  }

  /** The p-value of what lies on the bench, and what follows from it. */
  async pValue() {
    const found = /At the top of the page: p = ([\d.]+)(.*)/.exec((await this.atWork.textContent()) ?? "");
    if (!found) throw new Error("no p-value is shown");
    return { p: Number(found[1]), ending: found[2] };
  }
}
