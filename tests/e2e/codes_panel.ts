import type { Locator, Page } from "@playwright/test";

/** The codes as a map, the way from one to another, and pictures of codes that no item has. */
export class CodesPanel {
  readonly region: Locator;
  readonly draw: Locator;
  readonly stop: Locator;
  readonly progress: Locator;
  readonly outcome: Locator;
  readonly map: Locator;
  readonly nearer: Locator;
  readonly further: Locator;
  readonly wholeMap: Locator;
  readonly walk: Locator;
  readonly steps: Locator;
  readonly generated: Locator;

  constructor(page: Page) {
    this.region = page.getByRole("region", { name: "Codes", exact: true });
    this.draw = this.region.getByRole("button", { name: "Draw the map" });
    this.stop = this.region.getByRole("button", { name: "Stop the map" });
    this.progress = this.region.getByRole("progressbar", { name: "Map progress" });
    this.outcome = this.region.getByRole("status", { name: "Map", exact: true });
    this.map = this.region.getByRole("img", { name: "Map of the codes" });
    this.nearer = this.region.getByRole("button", { name: "Nearer" });
    this.further = this.region.getByRole("button", { name: "Further" });
    this.wholeMap = this.region.getByRole("button", { name: "Whole map" });
    this.walk = this.region.getByRole("button", { name: "Walk between them" });
    this.steps = this.region.getByRole("img", { name: /^Step \d+ of 10$/ });
    this.generated = this.region.getByRole("img", { name: "Generated picture" });
  }

  /** Decides what a click on the map does. */
  async clicksDo(what: "shows the item" | "picks two items to walk between" | "generates from the place") {
    await this.region.getByRole("radio", { name: what }).check();
  }

  async setEnds(from: number, to: number) {
    for (const [name, item] of Object.entries({ "From item": from, "To item": to })) {
      const end = this.region.getByRole("spinbutton", { name });
      await end.fill(String(item));
      await end.press("Enter");
    }
  }

  async percentDone() {
    return Number(await this.progress.getAttribute("aria-valuenow"));
  }
}

/** What is painted on each of some canvases; equal pictures give equal texts. */
export function painted(canvases: Locator): Promise<string[]> {
  return canvases.evaluateAll((canvases) => canvases.map((canvas) => (canvas as HTMLCanvasElement).toDataURL()));
}
