import { expect, test, type BottleneckPage } from "./bottleneck_page";

/** The runs that are kept, and two of them side by side. */
function shelf({ page }: BottleneckPage) {
  const runs = page.getByRole("region", { name: "Runs that you keep" });
  const beside = page.getByRole("region", { name: "Side by side" });
  return {
    keep: runs.getByRole("button", { name: "Keep this run" }),
    kept: runs.getByRole("listitem"),
    name: (number: number) => runs.getByRole("textbox", { name: `Name of run ${number}` }),
    button: (name: string | RegExp) => runs.getByRole("button", { name }),
    beside,
    side: (name: string) => beside.getByRole("article", { name }),
    row: (setting: string) => beside.getByRole("row").filter({ has: page.getByRole("rowheader", { name: setting, exact: true }) }),
  };
}

test("two runs judge the same drawing side by side", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.trainToTheEnd(20);
  const { keep, name, beside, side, row, button } = shelf(bottleneck);
  await keep.click();
  await expect(name(1)).toHaveValue("Small digits, 8 × 8 · 20 epochs");
  await name(1).fill("wide");
  await name(1).press("Enter");
  await bottleneck.set("Code size", 2);
  await bottleneck.trainToTheEnd(20);
  await expect(row("code size")).toHaveText("code size28");
  await expect(side("wide")).toContainText(/(Normal|Anomaly) ?Error [\d.]+, threshold [\d.]+\./);
  await expect(side("This run")).toContainText(/(Normal|Anomaly) ?Error [\d.]+, threshold [\d.]+\./);
  const narrow = await bottleneck.settledError();
  await expect(side("This run")).toContainText(`Error ${narrow.toPrecision(2)}`);

  const before = await side("wide").textContent();
  await bottleneck.rotation.fill("60");
  await expect.poll(() => side("wide").textContent()).not.toBe(before);

  await button("Bring wide to the front").click();
  await expect(bottleneck.page.getByText("64 values through 8")).toBeVisible();
  await expect(row("code size")).toBeHidden();
  await button("Remove wide").click();
  await expect(beside).toBeHidden();
  await bottleneck.notice.getByRole("button", { name: "Keep it after all" }).click();
  await expect(name(1)).toHaveValue("wide");
});

test("an untrained network is not kept, and the button says why", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.reset.click();
  const { keep, kept } = shelf(bottleneck);
  await expect(keep).toBeDisabled();
  await expect(kept).toHaveCount(0);
  await expect(bottleneck.page.getByText("This network has learned nothing yet: train it")).toBeVisible();
});
