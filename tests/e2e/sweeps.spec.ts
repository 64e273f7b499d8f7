import { expect, test } from "./bottleneck_page";
import { SweepsPanel } from "./sweeps_panel";

test("the curves of the example are there, and their points have the error of the verdict", async ({ bottleneck }) => {
  const sweeps = new SweepsPanel(bottleneck.page);
  await bottleneck.open();
  await sweeps.show();
  expect(await sweeps.nPoints(sweeps.rotationCurve)).toBe(181);
  expect(await sweeps.nPoints(sweeps.noiseCurve)).toBe(21);
  await expect(sweeps.rotationCurve).toHaveAccessibleName(/Above the threshold at \d+ % of the angles/);

  const written = await bottleneck.errorMeter.getAttribute("aria-valuetext");
  expect(await sweeps.errorAt(sweeps.angle)).toBe(written);
  expect(await sweeps.errorAt(sweeps.deviation)).toBe(written);
});

test("dragging the point along the curve turns the drawing", async ({ bottleneck, page }) => {
  const sweeps = new SweepsPanel(page);
  await bottleneck.open();
  await sweeps.show();
  const upright = await bottleneck.settledError();
  const drag = await sweeps.grab(sweeps.angle, sweeps.rotationCurve);
  await drag(0.75);
  await page.mouse.up();
  await expect(bottleneck.rotation).toHaveValue("90");
  await expect(sweeps.angle).toHaveAttribute("aria-valuenow", "90");
  const turned = await bottleneck.settledError();
  expect(turned).not.toBeCloseTo(upright, 4);
  const written = await bottleneck.errorMeter.getAttribute("aria-valuetext");
  await expect.poll(() => sweeps.errorAt(sweeps.angle)).toBe(written);

  // The curve of the rotation is the same whatever the angle, so going back leads to the first verdict.
  await sweeps.angle.press("Home");
  await expect(bottleneck.rotation).toHaveValue("-180");
  await bottleneck.rotation.fill("0");
  expect(await bottleneck.settledError()).toBeCloseTo(upright, 5);
});

test("the points follow the sliders, and the other curves follow the turned drawing", async ({ bottleneck, page }) => {
  const sweeps = new SweepsPanel(page);
  await bottleneck.open();
  await sweeps.show();
  const line = sweeps.noiseCurve.locator(".sweep-line.is-above");
  const before = await line.getAttribute("points");
  await bottleneck.rotation.fill("45");
  await sweeps.show();
  await expect(sweeps.angle).toHaveAttribute("aria-valuenow", "45");
  expect(await sweeps.nPoints(sweeps.rotationCurve), "45 lies between two steps").toBe(182);
  await expect(line).not.toHaveAttribute("points", before ?? "");

  await page.getByRole("slider", { name: "Noise", exact: true }).fill("0.3");
  await expect(sweeps.deviation).toHaveAttribute("aria-valuenow", "0.3");
  await sweeps.deviation.press("PageUp");
  await expect(page.getByRole("slider", { name: "Noise", exact: true })).toHaveValue("0.4");
});

test("the map of places says the error of each with keys and pointer", async ({ bottleneck, page }) => {
  const sweeps = new SweepsPanel(page);
  await bottleneck.open();
  await sweeps.show();
  const written = await bottleneck.errorMeter.getAttribute("aria-valuetext");
  await sweeps.places.focus();
  await expect(sweeps.region).toContainText(`Where it is now: error ${written}, `);
  await sweeps.places.press("ArrowRight");
  await sweeps.places.press("ArrowUp");
  await expect(sweeps.region).toContainText(/Moved 0\.5 right, 0\.5 up: error [\d.]+, (above|below) the threshold\./);
  const box = await sweeps.places.boundingBox();
  if (!box) throw new Error("the map is not shown");
  await page.mouse.move(box.x + 3, box.y + 3);
  await expect(sweeps.region).toContainText("Moved 2 left, 2 up: error");
});

test("ghosts of other drawings stay to compare, and can be removed", async ({ bottleneck, page }) => {
  const sweeps = new SweepsPanel(page);
  await bottleneck.open();
  await sweeps.show();
  await sweeps.keep.click();
  await expect(sweeps.ghosts).toHaveCount(1);
  await expect(sweeps.rotationCurve.locator(".ghost-line")).toHaveCount(1);
  const first = await sweeps.rotationCurve.locator(".ghost-line").getAttribute("points");

  await bottleneck.example.click();
  await sweeps.show();
  await expect(sweeps.rotationCurve.locator(".ghost-line")).toHaveAttribute("points", first ?? "");
  await expect(sweeps.rotationCurve.locator(".sweep-line.is-above")).not.toHaveAttribute("points", first ?? "");
  await sweeps.keep.click();
  await expect(sweeps.ghosts).toHaveCount(2);
  await sweeps.removal(1).click();
  await expect(sweeps.ghosts).toHaveCount(1);
  await expect(sweeps.ghosts).toContainText("2");
});

test("the curves follow the network while it is being trained", async ({ bottleneck, page }) => {
  const sweeps = new SweepsPanel(page);
  await bottleneck.open();
  await bottleneck.trainEndlessly();
  await sweeps.region.scrollIntoViewIfNeeded();
  const line = sweeps.rotationCurve.locator(".sweep-line.is-above");
  await expect(line).toHaveAttribute("points", /\d/);
  const moved = await bottleneck.watch(line, "points");
  await expect.poll(async () => new Set(await moved()).size).toBeGreaterThan(2);
});

test("rows of a table have no sweeps", async ({ bottleneck, page }) => {
  const sweeps = new SweepsPanel(page);
  await bottleneck.open();
  await expect(sweeps.region).toBeVisible();
  await bottleneck.choose("A table of employees (article 4)");
  await expect(sweeps.region).toBeHidden();
});

test("a heartbeat is swept by what can be done to a curve, and a point moves the slider of the bench", async ({
  bottleneck,
  page,
}) => {
  const sweeps = new SweepsPanel(page);
  await page.goto("./#recipe=heartbeats");
  await bottleneck.hasVerdict();
  await sweeps.show();
  const curve = (of: string) => sweeps.region.getByRole("img", { name: new RegExp(`^Error against ${of}\\.`) });
  expect(await sweeps.nPoints(curve("stretch"))).toBe(31);
  expect(await sweeps.nPoints(curve("noise"))).toBe(21);
  await expect(curve("shift")).toHaveAccessibleName(/Above the threshold at \d+ % of the shifts/);
  await expect(curve("the place of the gap")).toBeHidden();

  const shift = sweeps.region.getByRole("slider", { name: "Present shift" });
  const written = await bottleneck.errorMeter.getAttribute("aria-valuetext");
  expect(await sweeps.errorAt(shift)).toBe(written);
  const drag = await sweeps.grab(shift, curve("shift"));
  await drag(0.75);
  await page.mouse.up();
  await expect(page.getByRole("slider", { name: "Shift", exact: true })).toHaveValue("35");
  const moved = await bottleneck.settledError();
  expect(moved).toBeGreaterThan(Number(written));
  const now = await bottleneck.errorMeter.getAttribute("aria-valuetext");
  await expect.poll(() => sweeps.errorAt(shift)).toBe(now);

  await page.getByRole("slider", { name: "Drop out", exact: true }).fill("20");
  await sweeps.show();
  await expect(curve("the place of the gap")).toBeVisible();
  await sweeps.keep.click();
  await expect(curve("shift").locator(".ghost-line")).toHaveCount(1);
  await expect(sweeps.ghosts).toHaveCount(1);
});
