import type { Locator, Page } from "@playwright/test";

/** A file as a test makes it. */
export interface TestFile {
  name: string;
  bytes: Uint8Array;
}

export function textFile(name: string, text: string): TestFile {
  return { name, bytes: new TextEncoder().encode(text) };
}

/** The data at hand, and the way to open other ones. */
export class DataPanel {
  readonly region: Locator;
  readonly columns: Locator;
  private readonly input: Locator;

  constructor(readonly page: Page) {
    this.region = page.getByRole("region", { name: "Data", exact: true });
    this.columns = page.getByRole("table", { name: "Columns" });
    this.input = this.region.getByLabel("Open a data file");
  }

  async open(...files: TestFile[]) {
    const payloads = files.map(({ name, bytes }) => ({
      name,
      mimeType: "application/octet-stream",
      buffer: Buffer.from(bytes),
    }));
    await this.input.setInputFiles(payloads);
  }

  /** Drags files over the page and lets them fall. */
  async drop(...files: TestFile[]) {
    const dataTransfer = await this.page.evaluateHandle((files) => {
      const transfer = new DataTransfer();
      for (const { name, bytes } of files) transfer.items.add(new File([bytes.slice()], name));
      return transfer;
    }, files);
    for (const event of ["dragenter", "dragover", "drop"]) {
      await this.page.dispatchEvent("body", event, { dataTransfer });
    }
  }

  back(brought: string) {
    return this.region.getByRole("button", { name: `Back to the ${brought}`, exact: true });
  }

  choiceOf(column: string) {
    return this.columns.getByRole("combobox", { name: `Read ${column} as`, exact: true });
  }
}
