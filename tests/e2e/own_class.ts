import type { Locator, Page } from "@playwright/test";
import { drawOn, type Place, type Strokes } from "./strokes";

/** Where a class of one's own is drawn. */
export class OwnClass {
  readonly opener: Locator;
  readonly dialog: Locator;
  readonly sheet: Locator;
  readonly name: Locator;
  readonly add: Locator;
  readonly count: Locator;
  readonly drawings: Locator;
  readonly train: Locator;
  readonly save: Locator;
  readonly word: Locator;

  constructor(readonly page: Page) {
    this.opener = page.getByRole("button", { name: "Make your own", exact: true });
    this.dialog = page.getByRole("dialog", { name: "Make your own" });
    const button = (name: string) => this.dialog.getByRole("button", { name, exact: true });
    this.sheet = this.dialog.getByRole("application", { name: "Next drawing" });
    this.name = this.dialog.getByRole("textbox", { name: "What do you draw?" });
    this.add = button("Add this drawing");
    this.count = this.dialog.getByRole("status", { name: "Number of drawings" });
    this.drawings = this.dialog.getByRole("list", { name: "Drawings" }).getByRole("listitem");
    this.train = button("Train on these");
    this.save = button("Save as a file");
    this.word = this.dialog.getByRole("status", { name: "What happened" });
  }

  remove(number: number) {
    return this.dialog.getByRole("button", { name: `Remove drawing ${number}`, exact: true });
  }

  /** Draws so many stars, no two alike; those from another number on are others. */
  async drawStars(n: number, first = 0) {
    for (let time = first; time < first + n; time += 1) {
      await drawOn(this.sheet, star(time));
      await this.add.click();
    }
  }

  /** Adds files by the button, as a reader does. */
  async addFromFiles(...files: { name: string; mimeType: string; buffer: Buffer }[]) {
    await this.dialog.getByLabel("Add from a file").setInputFiles(files);
  }

  async openFile(file: { name: string; mimeType: string; buffer: Buffer }) {
    await this.dialog.locator("#own-class-file").setInputFiles(file);
  }
}

/** A star in one go across the middle; `time` decides how it differs from others. */
export function star(time: number): Strokes {
  const corner = (idx: number): Place => {
    const angle = idx * 0.8 * Math.PI + 0.12 * Math.sin(time * 1.7 + idx);
    const size = 0.36 + 0.03 * Math.cos(time * 2.3 + idx * 1.1);
    return [0.5 + size * Math.sin(angle), 0.52 - size * Math.cos(angle)];
  };
  const corners = [0, 1, 2, 3, 4].map(corner);
  return [[...corners, corners[0]]];
}
