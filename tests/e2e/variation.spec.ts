import { expect, test } from "./bottleneck_page";
import { TakeAwayDialog, textOf } from "./take_away";
import { VariationPanel } from "./variation_panel";

test("a list is trained, drawn, and a run of it brought to the front and taken back", async ({ bottleneck }) => {
  await bottleneck.page.goto("./#recipe=well-trained&epochs=3&at=network");
  await bottleneck.hasVerdict();
  const list = new VariationPanel(bottleneck.page);
  await expect(list.values).toHaveValue("1, 2, 4, 8, 16, 32");
  await list.values.fill("2, 8");
  await list.panel.getByRole("spinbutton", { name: "Seeds" }).fill("2");
  await list.panel.getByRole("combobox", { name: "To be detected" }).selectOption("Turned by 180°");
  await list.start.click();
  await expect(list.standing).toContainText("4 of 4 runs are done. The error is smallest at 8", { timeout: 60_000 });
  await expect(list.progress).toBeHidden();
  await expect(list.panel.getByRole("img", { name: /^Calibration error: 2: .*, 8: / })).toBeVisible();
  await expect(list.panel.getByRole("img", { name: /^Detection.*: 2: 0\.\d+, 8: 0\.\d+/ })).toBeVisible();
  // Every run is a dot in both charts.
  await expect(list.dots(/^Code size \d, seed \d: /)).toHaveCount(8);
  const dialog = new TakeAwayDialog(bottleneck.page);
  await dialog.open();
  await dialog.chart.selectOption({ label: "Calibration error" });
  const picture = textOf(await dialog.saved("Save SVG"));
  expect(picture.match(/<circle /g)).toHaveLength(4);
  await dialog.close();

  await list.dots(/^Code size 2, seed 2: /).first().click();
  await expect(bottleneck.page).toHaveURL(/seed=2.*code=2/);
  await expect(bottleneck.training).toContainText("Trained here, in your browser: 3 epochs");
  await bottleneck.hasVerdict();
  await expect(list.dots(/^Code size 2, seed 2: /).first()).toHaveAttribute("aria-pressed", "true");
  await list.dots(/^Code size 8, seed 1: /).first().press("Enter");
  await expect(bottleneck.page).not.toHaveURL(/seed=2/);
  await bottleneck.notice.getByRole("button", { name: "Take it back" }).click();
  await expect(bottleneck.page).toHaveURL(/seed=2.*code=2/);
});

test("a list stopped half way keeps what is done, and the page goes on meanwhile", async ({ bottleneck }) => {
  await bottleneck.page.goto("./#recipe=well-trained&at=network");
  await bottleneck.hasVerdict();
  const list = new VariationPanel(bottleneck.page);
  await list.panel.getByRole("combobox", { name: "Setting" }).selectOption("Epochs");
  await list.values.fill("1, 20000");
  await list.panel.getByRole("spinbutton", { name: "Seeds" }).fill("2");
  await list.start.click();
  await expect(list.standing).toContainText("2 of 4 runs are done.", { timeout: 60_000 });
  await expect(list.progress).toBeVisible();
  await bottleneck.trainToTheEnd(2);
  await list.stop.click();
  await expect(list.standing).toContainText("2 of 2 runs are done.");
  await expect(list.stop).toBeHidden();
  await expect(list.dots(/^Epochs 1, seed \d: /)).toHaveCount(4);
  await expect(list.start).toBeEnabled();
});

test("what is no list is refused with a sentence", async ({ bottleneck }) => {
  await bottleneck.open();
  const list = new VariationPanel(bottleneck.page);
  await list.values.fill("2, many");
  await list.start.click();
  const refusal = list.panel.getByRole("status", { name: "Refused list" });
  await expect(refusal).toContainText("“many” is no value of this setting; one looks like 8.");
  await list.values.fill("100");
  await list.start.click();
  await expect(refusal).toContainText("Code size 100 does not fit: in this network it would become 32.");
});
