import type { Locator, Page } from "@playwright/test";

/** Items that a variational autoencoder makes from random codes. */
export class SampleStrip {
  readonly sample: Locator;
  readonly samples: Locator;

  constructor(page: Page) {
    const codes = page.getByRole("region", { name: "Codes", exact: true });
    this.sample = codes.getByRole("button", { name: "Sample", exact: true });
    this.samples = codes.getByRole("img", { name: /^Sample \d+ of 12$/ });
  }
}
