import { readFile } from "node:fs/promises";
import { expect, test } from "./bottleneck_page";
import { NetworkEditor } from "./network_editor";

test("a network is edited, trained, taken back, and opened elsewhere by its link", async ({ bottleneck, context }) => {
  await bottleneck.page.goto("./#recipe=well-trained&at=network");
  await bottleneck.hasVerdict();
  await bottleneck.trainToTheEnd(1);
  const earlier = await bottleneck.settledError();
  const editor = new NetworkEditor(bottleneck.page);
  await editor.layer(/^Layer 1: 32 units/).click();
  await editor.button("Add a dense layer after it").click();
  await expect(editor.layer("Layer 2: 16 units, tanh")).toHaveAttribute("aria-pressed", "true");
  await editor.button("Wider").click();
  await editor.activation.selectOption("GELU");
  const names = [
    "Input: 64 values",
    "Layer 1: 32 units, tanh",
    "Layer 2: 24 units, GELU",
    "Layer 3: 8 units, tanh, the code",
    "Layer 4: 24 units, GELU",
    "Layer 5: 32 units, tanh",
    "Layer 6: 64 units, sigmoid, the output",
  ];
  expect(await editor.names()).toEqual(names);
  await expect(editor.panel).toContainText("6,200 parameters, 6,016 multiplications an item");
  await expect(bottleneck.verdict).toContainText("has learned nothing");
  await expect(bottleneck.page).toHaveURL(/layers=32tanh,24gelu,8tanh,24gelu,32tanh,sigmoid/);

  await bottleneck.trainToTheEnd(2);
  await bottleneck.hasVerdict();

  const fresh = await context.newPage();
  await fresh.goto(bottleneck.page.url());
  await expect(fresh.getByRole("status", { name: "Verdict" })).toContainText("has learned nothing", { timeout: 30_000 });
  await expect.poll(() => new NetworkEditor(fresh).names(), { timeout: 30_000 }).toEqual(names);
  await fresh.close();

  await editor.button("Back to the recipe's own layers").click();
  await expect(editor.layers).toHaveCount(5);
  await bottleneck.notice.getByRole("button", { name: "Take it back" }).click();
  expect(await editor.names()).toEqual(names);
  await expect(bottleneck.training).toContainText("Trained here, in your browser: 2 epochs");
  expect(await bottleneck.settledError()).not.toBe(earlier);
});

test("an edit is taken back with the run that it began anew", async ({ bottleneck }) => {
  await bottleneck.page.goto("./#recipe=well-trained&at=network");
  await bottleneck.hasVerdict();
  await bottleneck.trainToTheEnd(2);
  const before = await bottleneck.settledError();
  const editor = new NetworkEditor(bottleneck.page);
  await editor.button("Narrower").click();
  await editor.button("Narrower").click();
  await expect(editor.layer(/^Layer 2: 4 units/)).toBeVisible();
  await bottleneck.notice.getByRole("button", { name: "Take it back" }).click();
  await expect(editor.layer(/^Layer 2: 8 units/)).toBeVisible();
  await bottleneck.hasVerdict();
  await expect.poll(() => bottleneck.settledError(), { timeout: 30_000 }).toBe(before);
});

test("what cannot be is refused with what would fit, and nothing is lost", async ({ bottleneck }) => {
  await bottleneck.openPlainly();
  const editor = new NetworkEditor(bottleneck.page);
  await editor.layer(/^Layer 1/).click();
  await editor.set("Units", 5000);
  await expect(editor.refusal).toContainText("That makes 8,010,800 parameters, and a browser can train 5,000,000; at most 3,120 would fit.");
  await expect(editor.units).toHaveValue("64");
  await editor.set("Units", 3);
  await expect(editor.refusal).toContainText("16 or more would fit");
  await expect(bottleneck.verdict).toContainText(/Normal|Anomaly/);
  await editor.layer(/^Layer 2/).click();
  await expect(editor.refusal).toBeEmpty();
});

test("convolutions are put in, changed by keyboard, and refused where their steps cannot be taken back", async ({
  bottleneck,
}) => {
  const { page } = bottleneck;
  await bottleneck.open();
  const editor = new NetworkEditor(page);
  await editor.layer(/^Input/).press("Enter");
  await editor.button("Add a convolution after it").press("Enter");
  await expect(editor.layer("Layer 1: 8 maps of 4 × 4, tanh")).toHaveAttribute("aria-pressed", "true");
  await editor.set("Maps", 4);
  await expect(editor.layer("Layer 5: 4 maps of 4 × 4, tanh")).toBeVisible();
  await editor.set("Window", 5);
  await editor.set("Stride", 4);
  await expect(editor.refusal).toContainText("never reaches the far end of maps of 8 × 8; 1, 2, 3 or 5 would fit.");
  await expect(page).toHaveURL(/layers=4c5s2p2tanh,32c4tanh,8tanh,32tanh,4t4tanh,1t5s2p2o1sigmoid/);
  await bottleneck.trainToTheEnd(2);
  await bottleneck.hasVerdict();
  await editor.button("Remove it").press("Enter");
  await expect(editor.layers).toHaveCount(5);
});

test("layers of a free network change alone", async ({ bottleneck }) => {
  await bottleneck.open();
  const editor = new NetworkEditor(bottleneck.page);
  await editor.mirrors.click();
  await editor.layer(/^Layer 3/).click();
  await editor.set("Units", 20);
  await expect(bottleneck.page).toHaveURL(/layers=32tanh,8tanh,20tanh,sigmoid/);
  await editor.mirrors.click();
  await expect(editor.mirrors).toBeChecked();
  await expect(bottleneck.page).not.toHaveURL(/layers=/);
});

test("the settings are a file by which the same is trained natively", async ({ bottleneck }) => {
  await bottleneck.page.goto("./#recipe=well-trained&layers=24relu,4linear,24relu,sigmoid&epochs=3");
  await bottleneck.isJudged();
  const download = bottleneck.page.waitForEvent("download");
  await new NetworkEditor(bottleneck.page).button("Save the settings as a file").click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("bottleneck-well-trained.txt");
  const lines = (await readFile(await file.path(), "utf8")).trim().split("\n");
  expect(lines.slice(2)).toEqual(["recipe=well-trained", "epochs=3", "layers=24relu,4linear,24relu,sigmoid"]);
});
