import { expect, lossesIn, test, type BottleneckPage } from "./bottleneck_page";
import { painted } from "./codes_panel";
import { SampleStrip } from "./sample_strip";

const VARIATIONAL = "Making new small digits";
const DENOISER = "Taking noise off small digits";
const WELL_TRAINED = "Small digits, 8 × 8";
const N_EXAMPLES = 5;

test("a variational network makes digits from random codes, others each time", async ({ bottleneck }) => {
  const strip = new SampleStrip(bottleneck.page);
  await bottleneck.open();
  await expect(strip.sample).toBeHidden();
  await bottleneck.choose(VARIATIONAL);
  await strip.sample.click();
  await expect.poll(async () => new Set(await painted(strip.samples)).size).toBe(12);
  const first = await painted(strip.samples);
  await strip.sample.click();
  await expect.poll(async () => (await painted(strip.samples))[0]).not.toBe(first[0]);
  await expect(bottleneck.notice).toBeEmpty();

  await bottleneck.choose(WELL_TRAINED);
  await expect(strip.sample).toBeHidden();
});

test("a variational network is trained here, and its loss is told in two parts", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.choose(VARIATIONAL);
  await bottleneck.set("Epochs", 12);
  await bottleneck.step.click();
  await expect(bottleneck.lossCurve).toHaveAccessibleName(/after epoch 1 /);
  const before = await losses(bottleneck);
  await bottleneck.train.click();
  await expect(bottleneck.training).toContainText("Trained here, in your browser: 12 epochs", { timeout: 60_000 });
  const after = await losses(bottleneck);
  expect(after.training).toBeLessThan(before.training);
  expect(after.calibration).toBeLessThan(before.calibration);

  const parts = /Training loss = ([\d.]+) for what is reconstructed \+ ([\d.]+) for the code: ([\d.]+) nats a digit, at β = 0\.1\./;
  await expect(bottleneck.training).toContainText(parts);
  const [, reconstructed, code, nats] = (parts.exec((await bottleneck.training.textContent()) ?? "") ?? []).map(Number);
  expect(nats).toBeGreaterThan(0.5);
  expect(code).toBeCloseTo((0.1 * nats) / 64, 2);
  expect(reconstructed + code).toBeCloseTo(after.training, 2);

  const strip = new SampleStrip(bottleneck.page);
  await strip.sample.click();
  await expect.poll(async () => new Set(await painted(strip.samples)).size).toBe(12);
});

test("β is a setting of variational networks alone, and part of the link", async ({ bottleneck }) => {
  const { page, settings } = bottleneck;
  const beta = settings.getByRole("spinbutton", { name: /^β/ });
  await bottleneck.open();
  await expect(beta).toHaveCount(0);
  await bottleneck.choose(VARIATIONAL);
  await expect(beta).toHaveValue("0.1");
  await beta.fill("0.5");
  await beta.press("Enter");
  await expect(page).toHaveURL(/#(?=.*recipe=vae)(?=.*beta=0\.5)/);
  await page.reload();
  await bottleneck.isJudged();
  await expect(beta).toHaveValue("0.5");
  await beta.fill("-1");
  await beta.press("Enter");
  await expect(bottleneck.notice).toContainText("β is -1");
  await expect(beta).toHaveValue("0.5");
});

test("the denoiser gains what its figure says, and a cleanly trained network loses", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.choose(DENOISER);
  expect(await meanGain(bottleneck)).toBeGreaterThan(2.5);
  await bottleneck.choose(WELL_TRAINED);
  expect(await meanGain(bottleneck)).toBeLessThan(0);
});

async function losses(bottleneck: BottleneckPage) {
  return lossesIn((await bottleneck.lossCurve.getAttribute("aria-label")) ?? "");
}

/** The mean of the gains that the page names for a few digits under noise of 0.2, in decibels. */
async function meanGain(bottleneck: BottleneckPage) {
  const denoising = bottleneck.page.getByRole("region", { name: "Denoising", exact: true });
  const figure = /([+−])([\d.]+) dB (gained|lost)/;
  let sum = 0;
  for (let example = 0; example < N_EXAMPLES; example++) {
    await bottleneck.example.click();
    await bottleneck.page.getByRole("button", { name: "Noise 0.2" }).click();
    await bottleneck.settledError();
    await expect(denoising).toContainText(figure);
    const [, sign, decibels, word] = figure.exec((await denoising.textContent()) ?? "") ?? [];
    expect(sign === "+" ? "gained" : "lost").toBe(word);
    sum += (sign === "+" ? 1 : -1) * Number(decibels);
  }
  return sum / N_EXAMPLES;
}
