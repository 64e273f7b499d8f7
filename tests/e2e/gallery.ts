import { expect, type Locator, type Page } from "@playwright/test";

/** A card of the gallery, as its name says it. */
export interface Card {
  index: number;
  label: string | undefined;
  error: number;
  isAnomaly: boolean;
}

const CARD = /^Item (\d+)(?:, an? (\d+))?, error ([\d.]+), (anomaly|normal)$/;

type Filter = "Classes" | "Side of the threshold" | "Part of the data";

/** The items as pictures, and what is listed of them. */
export class Gallery {
  readonly region: Locator;
  readonly list: Locator;
  readonly cards: Locator;
  readonly pictures: Locator;
  readonly listed: Locator;
  readonly clearFilters: Locator;

  constructor(readonly page: Page) {
    this.region = page.getByRole("region", { name: "Items", exact: true });
    this.list = this.region.getByRole("list", { name: "Gallery" });
    this.cards = this.list.getByRole("listitem").getByRole("button", { name: CARD });
    this.pictures = this.cards.locator("canvas");
    this.listed = this.region.getByRole("status", { name: "Items listed" });
    this.clearFilters = this.region.getByRole("button", { name: "Clear the filters" });
  }

  /** The cards on the page: those in sight and some around them. */
  async cardsNow(): Promise<Card[]> {
    const names = await this.cards.evaluateAll((cards) => cards.map((card) => card.firstElementChild?.textContent ?? ""));
    return names.map((name) => {
      const [, index, label, error, verdict] = CARD.exec(name) ?? [];
      return { index: Number(index), label, error: Number(error), isAnomaly: verdict === "anomaly" };
    });
  }

  card(index: number) {
    return this.list.getByRole("button", { name: new RegExp(`^Item ${index},`) });
  }

  chip(filter: Filter, name: string) {
    return this.region.getByRole("group", { name: filter }).getByRole("button", { name, exact: true });
  }

  async press(filter: Filter, name: string) {
    await this.chip(filter, name).click();
    return this.nListed();
  }

  /** The first number of "38 of 1,797 digits". */
  async nListed() {
    const text = (await this.listed.textContent()) ?? "";
    return Number(/^([\d,]+) of/.exec(text)?.[1].replaceAll(",", "") ?? Number.NaN);
  }

  /** How many of all items are above the threshold. */
  async nFlagged() {
    const text = (await this.region.getByText(/are above the threshold\.$/).textContent()) ?? "";
    return Number(/^([\d,]+) of/.exec(text)?.[1].replaceAll(",", "") ?? Number.NaN);
  }

  /** Waits until the first card shows all three of its pictures. */
  async isPainted() {
    await expect.poll(() => this.pictures.first().evaluate(hasThreePictures)).toBe(true);
  }
}

/** Whether the canvas is painted in the middle of its right third, where the error map lies. */
function hasThreePictures(canvas: Element) {
  const { width, height } = canvas as HTMLCanvasElement;
  const context = (canvas as HTMLCanvasElement).getContext("2d");
  return context?.getImageData(Math.floor((width * 5) / 6), Math.floor(height / 2), 1, 1).data[3] === 255;
}
