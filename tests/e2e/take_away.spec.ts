import { expect, SEVEN, test, type BottleneckPage } from "./bottleneck_page";
import { textFile } from "./data_panel";
import { TakeAwayDialog, textOf } from "./take_away";

test("a model that was taken away judges the same to every shown digit after a reload", async ({ bottleneck }) => {
  const { data, notice, page } = bottleneck;
  await bottleneck.open();
  await bottleneck.trainToTheEnd(4);
  await bottleneck.items.isMeasured();
  const before = await figures(bottleneck);
  const model = await new TakeAwayDialog(page).take("Model");
  expect(model.name).toBe("bottleneck-well-trained.safetensors");

  await bottleneck.open();
  await data.open(model);
  await expect(notice).toContainText("bottleneck-well-trained.safetensors: opened, as it was after epoch 4.");
  await bottleneck.items.isMeasured();
  expect(await figures(bottleneck)).toEqual(before);
  await expect(bottleneck.training).toContainText("Trained here, in your browser: 4 epochs");

  await notice.getByRole("button", { name: "Take it back" }).click();
  await expect(bottleneck.progress).toHaveAttribute("aria-valuetext", "epoch 150 of 150");
});

test("a study opens on a page of another recipe, with its losses, and trains on", async ({ bottleneck }) => {
  const { data, page } = bottleneck;
  await bottleneck.open();
  await bottleneck.trainEndlessly();
  await bottleneck.pause.click();
  await expect(bottleneck.train).toBeVisible();
  const epoch = await bottleneck.epoch();
  const curve = await bottleneck.lossCurve.getAttribute("aria-label");
  const study = await new TakeAwayDialog(page).take("Whole study");

  await bottleneck.openPlainly();
  await data.drop(study);
  await expect(bottleneck.notice).toContainText(`opened, as it was after epoch ${epoch}`);
  await expect(bottleneck.lossCurve).toHaveAttribute("aria-label", curve ?? "");
  expect(await bottleneck.epoch()).toBe(epoch);
  await bottleneck.train.click();
  await bottleneck.reachesEpoch((epoch ?? 0) + 2);
  await bottleneck.pause.click();
});

test("a study takes the reader's own table along", async ({ bottleneck }) => {
  const { data, page } = bottleneck;
  const rows = Array.from({ length: 120 }, (_, idx) => `${20 + (idx % 40)},${idx % 2 ? "red" : "green"}\n`);
  await bottleneck.open();
  await data.open(textFile("people.csv", `age,colour\n${rows.join("")}`));
  await bottleneck.trainToTheEnd(2);
  const dialog = new TakeAwayDialog(page);
  const study = await dialog.take("Whole study");
  const model = await dialog.take("Model");

  await bottleneck.open();
  await data.open(model);
  await expect(bottleneck.notice).toContainText("it was trained on people.csv, which is not the data at hand");
  await data.open(study);
  await expect(data.region).toContainText("people.csv 120 rows of 2 columns");
  await expect(bottleneck.training).toContainText("Trained here, in your browser: 2 epochs");
  await bottleneck.isJudged();
});

test("scores and log are tables, and the script names its model", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.trainToTheEnd(3);
  await bottleneck.items.isMeasured();
  const dialog = new TakeAwayDialog(bottleneck.page);
  await dialog.open();
  const scores = textOf(await dialog.saved("Scores")).trim().split("\n");
  expect(scores).toHaveLength(1798);
  expect(scores[0]).toBe(
    "index,part,label,error,p_value,flagged,code_1,code_2,code_3,code_4,code_5,code_6,code_7,code_8",
  );
  expect(scores[1]).toMatch(/^0,(training|calibration|test),\d,[\d.e-]+,[\d.e-]+,(true|false),/);
  const log = textOf(await dialog.saved("Training log")).trim().split("\n");
  expect(log).toHaveLength(4);
  const script = await dialog.saved("PyTorch script");
  expect(script.name).toBe("bottleneck-well-trained.py");
  expect(textOf(script)).toContain('with_name("bottleneck-well-trained.safetensors")');
  expect(textOf(script)).toContain("nn.Linear(64, 32),");
});

test("a chart is saved with its colours and its words", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.trainToTheEnd(3);
  const dialog = new TakeAwayDialog(bottleneck.page);
  await dialog.open();
  await dialog.chart.selectOption({ label: "Loss per epoch" });
  const svg = await dialog.saved("Save SVG");
  expect(svg.name).toBe("bottleneck-loss-per-epoch.svg");
  const text = textOf(svg);
  expect(text).toMatch(/<polyline[^>]* stroke="rgb\(/);
  expect(text).toMatch(/<text [^>]*>calibration<\/text>/);
  expect(text).not.toContain("var(");
  const png = await dialog.saved("Save PNG");
  expect([...png.bytes.subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
  expect(png.bytes.length).toBeGreaterThan(2000);
});

test("what cannot be taken away says why", async ({ bottleneck }) => {
  await bottleneck.open();
  const dialog = new TakeAwayDialog(bottleneck.page);
  await dialog.open();
  await expect(dialog.button("Model")).toBeEnabled();
  await expect(dialog.button("Training log")).toBeDisabled();
  await expect(dialog.button("Training log")).toHaveAccessibleDescription(/No epoch was trained here/);
  await dialog.close();
  await bottleneck.reset.click();
  await dialog.open();
  for (const name of ["Model", "PyTorch script", "Scores", "Training log", "Whole study"]) {
    await expect(dialog.button(name)).toBeDisabled();
    await expect(dialog.button(name)).toHaveAccessibleDescription(/Nothing is trained yet/);
  }
});

test("a model that lies gets a sentence, and nothing on the page is lost", async ({ bottleneck }) => {
  const { data, notice, page } = bottleneck;
  await bottleneck.open();
  await bottleneck.trainToTheEnd(2);
  const model = await new TakeAwayDialog(page).take("Model");
  const before = await figures(bottleneck);
  const lies: [string, Uint8Array, string][] = [
    ["cut", model.bytes.subarray(0, model.bytes.length / 2), "the model file is cut short"],
    ["endless", withInfinity(model.bytes), "holds NaN or an infinite number"],
    ["huge", hugeHeader(), "but at most 8 MB can be read"],
    ["shapes", replaced(model.bytes, '"shape":[32,64]', '"shape":[64,32]'), "has the shape 64 × 32, but 32 × 64 is needed"],
    ["version", replaced(model.bytes, '{\\"version\\":1', '{\\"version\\":9'), "format version 9"],
  ];
  for (const [name, bytes, says] of lies) {
    await data.open({ name: `${name}.safetensors`, bytes });
    await expect(notice).toContainText(says);
    await expect(notice).toContainText("What was on the page is still there.");
  }
  expect(await figures(bottleneck)).toEqual(before);
});

/** All that is shown of a fresh drawing's verdict. */
async function figures(bottleneck: BottleneckPage) {
  await bottleneck.draw(SEVEN);
  await bottleneck.settledError();
  return {
    error: await bottleneck.error(),
    threshold: await bottleneck.thresholdNow(),
    verdict: await bottleneck.verdict.textContent(),
  };
}

/** One of the weights is no number any more. */
function withInfinity(bytes: Uint8Array) {
  const changed = bytes.slice();
  const view = new DataView(changed.buffer);
  const headerEnd = 8 + Number(view.getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(changed.subarray(8, headerEnd)));
  const name = Object.keys(header).find((key) => key.endsWith(".weight"));
  view.setFloat32(headerEnd + header[name ?? ""].data_offsets[0], Infinity, true);
  return changed;
}

function hugeHeader() {
  const bytes = new Uint8Array(9_000_000).fill(0x7b);
  new DataView(bytes.buffer).setBigUint64(0, 8_500_000n, true);
  return bytes;
}

/** Another text of the same length in the header. */
function replaced(bytes: Uint8Array, from: string, to: string) {
  const changed = Buffer.from(bytes);
  const at = changed.indexOf(from);
  expect(at).toBeGreaterThan(0);
  changed.write(to, at);
  return new Uint8Array(changed);
}
