import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import type { TestFile } from "./data_panel";

/** The dialog in which files are made to be kept. */
export class TakeAwayDialog {
  readonly dialog: Locator;
  readonly chart: Locator;
  private readonly opener: Locator;

  constructor(private readonly page: Page) {
    this.opener = page.getByRole("button", { name: "Save", exact: true });
    this.dialog = page.getByRole("dialog", { name: "Files to keep" });
    this.chart = this.dialog.getByRole("combobox", { name: "A chart as a picture" });
  }

  async open() {
    await this.opener.click();
  }

  async close() {
    await this.dialog.getByRole("button", { name: "Close" }).click();
  }

  button(name: string) {
    return this.dialog.getByRole("button", { name, exact: true });
  }

  /** What is downloaded when a button of the dialog is pressed. */
  async saved(name: string): Promise<TestFile> {
    const coming = this.page.waitForEvent("download");
    await this.button(name).click();
    const download = await coming;
    return { name: download.suggestedFilename(), bytes: new Uint8Array(readFileSync(await download.path())) };
  }

  /** The same, with the dialog opened for it and closed after it. */
  async take(name: string): Promise<TestFile> {
    await this.open();
    const file = await this.saved(name);
    await this.close();
    return file;
  }
}

export function textOf(file: TestFile) {
  return new TextDecoder().decode(file.bytes);
}
