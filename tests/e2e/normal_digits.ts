import { expect, type Locator, type Page } from "@playwright/test";
import { rowsOf } from "./item_list";

/** What counts as normal: a toggle for each digit, and the contamination. */
export class NormalDigits {
  readonly group: Locator;
  readonly contamination: Locator;
  readonly heldOutExample: Locator;
  readonly outcome: Locator;

  constructor(readonly page: Page) {
    this.group = page.getByRole("group", { name: "Normal digits", exact: true });
    this.contamination = page.getByRole("slider", { name: "Contamination", exact: true });
    this.heldOutExample = page.getByRole("button", { name: "Held-out example", exact: true });
    this.outcome = page.getByRole("table", { name: "Normal and other items" });
  }

  digit(digit: number) {
    return this.group.getByRole("button", { name: String(digit), exact: true });
  }

  async isNormal(digit: number) {
    return (await this.digit(digit).getAttribute("aria-pressed")) === "true";
  }

  /** Mean error and flagged percentage of a group of items, once they are measured by the newest weights. */
  async judged(name: "normal (new)" | "others (new)" | "others (trained on)") {
    await expect(this.page.getByText("by earlier weights").first()).toBeHidden({ timeout: 30_000 });
    const row = (await rowsOf(this.outcome)).find((row) => row.digits === name);
    if (!row) throw new Error(`no row of ${name}`);
    return { error: Number(row["mean error"]), flagged: Number(/^\d+/.exec(row.flagged)?.[0]) };
  }
}
