import { type Locator, type Page } from "@playwright/test";

/** The network layer by layer, as a reader finds it. */
export class NetworkEditor {
  readonly panel: Locator;
  readonly layers: Locator;
  readonly units: Locator;
  readonly activation: Locator;
  readonly refusal: Locator;
  readonly mirrors: Locator;

  constructor(page: Page) {
    this.panel = page.getByRole("region", { name: "Layers", exact: true });
    this.layers = this.panel.getByRole("group", { name: /^Layers/ }).getByRole("button");
    this.units = this.panel.getByRole("spinbutton", { name: "Units" });
    this.activation = this.panel.getByRole("combobox", { name: "Activation" });
    this.refusal = this.panel.getByRole("status", { name: "Refused change" });
    this.mirrors = this.panel.getByRole("switch", { name: "The decoder mirrors the encoder" });
  }

  button(name: string) {
    return this.panel.getByRole("button", { name, exact: true });
  }

  layer(name: string | RegExp) {
    return this.panel.getByRole("group", { name: /^Layers/ }).getByRole("button", { name, exact: true });
  }

  /** "Layer 1: 64 units, ReLU", from the input to the output. */
  names() {
    return this.layers.evaluateAll((layers) => layers.map((layer) => layer.getAttribute("title")));
  }

  number(name: string) {
    return this.panel.getByRole("spinbutton", { name });
  }

  async set(name: string, value: number) {
    const field = this.number(name);
    await field.press("ControlOrMeta+a");
    await field.pressSequentially(String(value));
    await field.press("Enter");
  }
}
