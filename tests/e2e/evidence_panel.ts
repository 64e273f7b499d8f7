import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page } from "@playwright/test";
import { rowsOf } from "./item_list";

/** How well every detector tells normal items from changed ones. */
export class EvidencePanel {
  readonly region: Locator;
  readonly evaluate: Locator;
  readonly stop: Locator;
  readonly progress: Locator;
  readonly outcome: Locator;
  readonly areas: Locator;
  readonly detectors: Locator;
  readonly counts: Locator;
  readonly falseAlarms: Locator;
  readonly roc: Locator;
  readonly precisionAndRecall: Locator;
  readonly copy: Locator;

  constructor(readonly page: Page) {
    this.region = page.getByRole("region", { name: "Evidence", exact: true });
    this.evaluate = this.region.getByRole("button", { name: "Evaluate", exact: true });
    this.stop = this.region.getByRole("button", { name: "Stop evaluating" });
    this.progress = this.region.getByRole("progressbar", { name: "Evaluation progress" });
    this.outcome = this.region.getByRole("status", { name: "Evaluation", exact: true });
    this.areas = this.region.getByRole("table", { name: "Area under the ROC curve" });
    this.detectors = this.region.getByRole("table", { name: "Detectors" });
    this.counts = this.region.getByRole("table", { name: "At the present threshold" });
    this.falseAlarms = this.region.getByRole("figure", { name: /^False alarms/ }).getByRole("listitem");
    this.roc = this.region.getByRole("img", { name: /^ROC: / });
    this.precisionAndRecall = this.region.getByRole("img", { name: /^Precision and recall: / });
    this.copy = this.region.getByRole("button", { name: "Copy as Markdown" });
  }

  /** Evaluates, and waits until the figures are there. */
  async run(timeout = 60_000) {
    await this.evaluate.click();
    await expect(this.outcome).toContainText(/measured on [\d,]+ test \w+\./, { timeout });
    await expect(this.progress).toBeHidden();
  }

  async percentDone() {
    return Number(await this.progress.getAttribute("aria-valuenow"));
  }

  /** The area under the ROC curve of a detector, for a kind of anomaly. */
  async area(anomaly: string, detector: string) {
    const row = (await rowsOf(this.areas)).find((row) => row.anomaly === anomaly);
    return Number(row?.[detector]);
  }

  anomaly(name: string) {
    return this.areas.getByRole("radio", { name });
  }

  async saved(button: "Save CSV" | "Save JSON") {
    const download = this.page.waitForEvent("download");
    await this.region.getByRole("button", { name: button }).click();
    const file = await download;
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
  }
}
