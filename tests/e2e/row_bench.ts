import type { Locator, Page } from "@playwright/test";
import { rowsOf } from "./item_list";

/** A row of a table in the place of a drawing. */
export class RowBench {
  readonly editor: Locator;
  readonly undo: Locator;
  readonly encoded: Locator;
  private readonly comparison: Locator;

  constructor(page: Page) {
    const diagram = page.getByRole("region", { name: "Diagram" });
    this.editor = diagram.getByRole("group", { name: "Row editor" });
    this.undo = diagram.getByRole("button", { name: "Undo", exact: true });
    this.encoded = diagram.getByRole("group", { name: "Encoded values" });
    this.comparison = diagram.getByRole("table", { name: "Actual and computed" });
  }

  number(column: string) {
    return this.editor.getByRole("spinbutton", { name: column, exact: true });
  }

  level(column: string, level: string) {
    return this.editor.getByRole("group", { name: column, exact: true }).getByRole("checkbox", { name: level, exact: true });
  }

  /** What the row says beside what the network computes, by column. */
  async compared() {
    const rows = await rowsOf(this.comparison);
    const figures = rows.map(({ Column, Actual, Computed, ...rest }) => {
      const share = parseFloat(rest["Share of the error"]);
      return [Column, { actual: Actual, computed: Computed, share }] as const;
    });
    return Object.fromEntries(figures);
  }
}
