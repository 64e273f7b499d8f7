import { expect, type Locator, type Page } from "@playwright/test";

/** The error of the drawing at every angle, with noise, and moved; and curves that were kept to compare. */
export class SweepsPanel {
  readonly region: Locator;
  readonly rotationCurve: Locator;
  readonly noiseCurve: Locator;
  readonly angle: Locator;
  readonly deviation: Locator;
  readonly places: Locator;
  readonly keep: Locator;
  readonly ghosts: Locator;

  constructor(readonly page: Page) {
    this.region = page.getByRole("region", { name: "Sweeps", exact: true });
    this.rotationCurve = this.region.getByRole("img", { name: /^Error against rotation/ });
    this.noiseCurve = this.region.getByRole("img", { name: /^Error against noise/ });
    this.angle = this.region.getByRole("slider", { name: "Present angle" });
    this.deviation = this.region.getByRole("slider", { name: "Present deviation" });
    this.places = this.region.getByRole("application", { name: "Places around the drawing" });
    this.keep = this.region.getByRole("button", { name: "Keep as ghost" });
    this.ghosts = this.region.getByRole("list", { name: "Ghosts" }).getByRole("listitem");
  }

  /** Brings the panel into sight and waits until every step is measured. */
  async show() {
    await this.region.scrollIntoViewIfNeeded();
    await expect(this.keep).toBeEnabled({ timeout: 20_000 });
  }

  removal(number: number) {
    return this.region.getByRole("button", { name: `Remove ghost ${number}` });
  }

  /** The error that the point of a curve says, as it is written. */
  async errorAt(point: Locator) {
    return /error ([\d.]+)/.exec((await point.getAttribute("aria-valuetext")) ?? "")?.[1];
  }

  /** Points of the line of a curve. */
  nPoints(curve: Locator) {
    return curve.locator(".sweep-line.is-above").evaluate((line) => (line as SVGPolylineElement).points.numberOfItems);
  }

  /** Takes hold of the point of a curve; what is returned moves it to a part of the axis. */
  async grab(point: Locator, curve: Locator) {
    await curve.scrollIntoViewIfNeeded();
    const [handle, plot] = [await point.boundingBox(), await curve.boundingBox()];
    if (!handle || !plot) throw new Error("the curve is not shown");
    await this.page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
    await this.page.mouse.down();
    return (share: number) =>
      this.page.mouse.move(plot.x + share * plot.width, handle.y + handle.height / 2, { steps: 4 });
  }
}
