import type { Locator, Page } from "@playwright/test";

/** The list of runs, as a reader finds it. */
export class VariationPanel {
  readonly panel: Locator;
  readonly standing: Locator;
  readonly start: Locator;
  readonly stop: Locator;
  readonly progress: Locator;
  readonly values: Locator;

  constructor(page: Page) {
    this.panel = page.getByRole("region", { name: "One setting over a list" });
    this.standing = this.panel.getByRole("status", { name: "The list so far" });
    this.start = this.panel.getByRole("button", { name: "Train the list" });
    this.stop = this.panel.getByRole("button", { name: "Stop the list" });
    this.progress = this.panel.getByRole("progressbar", { name: "The list" });
    this.values = this.panel.getByRole("textbox", { name: /^Values/ });
  }

  dots(name: string | RegExp) {
    return this.panel.getByRole("button", { name });
  }
}
