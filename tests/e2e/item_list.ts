import { expect, type Locator, type Page } from "@playwright/test";

/** One row of a table, by the names of its columns. */
export type Row = Record<string, string>;

/** What a table says, row by row. */
export async function rowsOf(table: Locator): Promise<Row[]> {
  const texts = (cells: Locator) => cells.evaluateAll((cells) => cells.map((cell) => cell.textContent?.trim() ?? ""));
  const headers = await texts(table.getByRole("columnheader"));
  const rows = await table.locator("tbody tr").evaluateAll((rows) =>
    rows.map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent?.trim() ?? "")),
  );
  return rows.map((cells) => Object.fromEntries(cells.map((cell, idx) => [headers[idx], cell])));
}

/** The list of all items, and the item on the bench from close by. */
export class ItemList {
  readonly region: Locator;
  readonly table: Locator;
  readonly measuring: Locator;
  readonly measure: Locator;
  readonly bench: Locator;
  readonly pixels: Locator;
  readonly code: Locator;

  constructor(readonly page: Page) {
    this.region = page.getByRole("region", { name: "Items", exact: true });
    this.table = this.region.getByRole("table");
    this.measuring = this.region.getByRole("progressbar", { name: "Measuring items" });
    this.measure = this.region.getByRole("combobox", { name: "Error measure" });
    this.bench = page.getByRole("region", { name: "Item on the bench", exact: true });
    this.pixels = this.bench.getByRole("figure", { name: "Pixels in hexadecimal" }).locator("pre");
    this.code = this.bench.getByRole("list", { name: "Its code" }).getByRole("listitem");
  }

  /** Waits until every item is measured by the newest weights. */
  async isMeasured(timeout = 30_000) {
    await expect(this.region.getByText(/of [\d,]+ \w+ are above the threshold\./)).toBeVisible({ timeout });
    await expect(this.measuring).toBeHidden({ timeout });
    await expect(this.region.getByText(/by earlier weights/)).toBeHidden({ timeout });
  }

  /** Pictures are shown in the gallery first; rows always stand in a table. */
  async openTable() {
    const asTable = this.region.getByRole("button", { name: "Table", exact: true });
    if (await asTable.isVisible()) await asTable.click();
    await expect(this.table).toBeVisible();
  }

  async rows() {
    await this.openTable();
    return rowsOf(this.table);
  }

  async errors() {
    return (await this.rows()).map(({ error }) => Number(error));
  }

  order(name: "Most anomalous first" | "Most typical first") {
    return this.region.getByRole("button", { name }).click();
  }

  async show(index: string | number) {
    await this.openTable();
    await this.region.getByRole("button", { name: `Show item ${index} on the bench`, exact: true }).click();
  }
}

/** Whether several values come in falling order; a single one shows nothing. */
export function isFalling(values: number[]) {
  return values.length > 1 && values.every((value, idx) => idx === 0 || value <= values[idx - 1]);
}
