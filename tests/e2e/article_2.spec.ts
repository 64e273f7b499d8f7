import { expect, test, type BottleneckPage } from "./bottleneck_page";
import { painted } from "./codes_panel";
import { rowsOf } from "./item_list";
import { answersWithin, LEAST_SHARE_OF_ANSWERS } from "./latency";

const SECOND_ARTICLE = "Convolutions as published (article 2)";
const BATCH_RULE = "Mean + deviation of batch losses";

test("MNIST loads with its progress and is judged by the model that came with the page", async ({ bottleneck }) => {
  await bottleneck.open();
  await slowDown(bottleneck, 500_000);
  await bottleneck.recipe.selectOption({ label: SECOND_ARTICLE });
  await expect(bottleneck.training).toContainText(/Loading the MNIST digits: [1-9]\d? %\./);
  await expect(bottleneck.train).toBeDisabled();
  await bottleneck.isJudged();
  await expect(bottleneck.data.region).toContainText("10,000 pictures of 28 × 28 pixels, with labels");
  await expect(bottleneck.page.getByText("1×28×28 – 16×14×14 – 32×7×7 – 64 – 20 – 64 – 32×7×7 – 16×14×14 – 1×28×28")).toBeVisible();
  await expect(bottleneck.training).toContainText("this model came with the page after 20 epochs");
});

test("a quarter turn raises the error, and noise shows what becomes of it", async ({ bottleneck }) => {
  await openArticle(bottleneck);
  const upright = await bottleneck.settledError();
  await bottleneck.page.getByRole("button", { name: "Turn by 90°" }).click();
  await expect(bottleneck.rotation).toHaveValue("90");
  await expect.poll(() => bottleneck.error()).toBeGreaterThan(2 * upright);
  await bottleneck.rotation.fill("0");
  await expect.poll(() => bottleneck.error()).toBe(upright);

  const denoising = bottleneck.page.getByRole("region", { name: "Denoising", exact: true });
  await expect(denoising).toBeHidden();
  await bottleneck.page.getByRole("button", { name: "Noise 0.2" }).click();
  await expect(denoising).toContainText(/PSNR [\d.]+ dB → [\d.]+ dB: this network was trained on clean digits/);
  const [, noisy] = (/PSNR ([\d.]+) dB/.exec((await denoising.textContent()) ?? "") ?? []).map(Number);
  expect(noisy, "−20 log 0.2, and more where noise ends at black and white").toBeGreaterThan(13.9);
  expect(noisy).toBeLessThan(18);
  const pictures = denoising.getByRole("img", { name: /^Denoising: (clean|noisy|reconstructed)$/ });
  expect(new Set(await painted(pictures)).size).toBe(3);
});

test("the rule of the article's batch losses lowers the line and flags more", async ({ bottleneck }) => {
  await openArticle(bottleneck);
  await bottleneck.items.isMeasured();
  const before = { line: await bottleneck.thresholdNow(), ...(await flagged(bottleneck)) };
  await bottleneck.page.getByRole("radio", { name: BATCH_RULE }).check();
  await expect(bottleneck.thresholdAtHand).toContainText("The threshold stands at mean plus deviation");
  await expect.poll(() => bottleneck.thresholdNow()).toBeLessThan(before.line);
  const after = await flagged(bottleneck);
  expect(after.calibration).toBeGreaterThan(2 * before.calibration);
  expect(after.items).toBeGreaterThan(2 * before.items);
});

test("the map of 10,000 codes is drawn, stopped, drawn again, and decodes what is clicked", async ({ bottleneck }) => {
  const { codes } = bottleneck;
  await openArticle(bottleneck);
  await codes.draw.click();
  await expect.poll(() => codes.percentDone(), { timeout: 60_000, intervals: [20] }).toBeGreaterThan(30);
  await codes.stop.click();
  await expect(codes.outcome).toHaveText(/^10,000 codes in [\d.]+ s, stopped before the end\.$/);

  await codes.draw.click();
  await expect(codes.progress).toBeVisible();
  await expect(codes.outcome).toHaveText(/^10,000 codes in [\d.]+ s\.$/, { timeout: 120_000 });

  const [nothing] = await painted(codes.generated);
  await codes.clicksDo("generates from the place");
  await codes.map.click();
  await expect(codes.region).toContainText(/Decoded from the place \([-−\d.]+, [-−\d.]+\) of the map\./);
  await expect.poll(async () => (await painted(codes.generated))[0]).not.toBe(nothing);
});

test("ten pictures lead from one digit to another", async ({ bottleneck }) => {
  const { codes } = bottleneck;
  await openArticle(bottleneck);
  await expect(codes.steps).toHaveCount(10);
  await codes.setEnds(3, 4);
  await codes.walk.click();
  await expect(codes.region).toContainText(/From item 3, an? \d to item 4, an? \d: ten codes at equal distances/);
  await expect.poll(async () => new Set(await painted(codes.steps)).size).toBe(10);
});

test("an epoch in the browser can be paused, and fills log, film and batch losses", async ({ bottleneck }) => {
  await openArticle(bottleneck);
  await bottleneck.items.isMeasured();
  const atRest = await answersWithin(bottleneck, 1_000);
  await bottleneck.set("Epochs", 1);
  await bottleneck.train.click();
  await expect.poll(() => percentTrained(bottleneck), { timeout: 30_000 }).toBeGreaterThan(2);
  const before = await bottleneck.error();
  await bottleneck.page.getByRole("button", { name: "Turn by 90°" }).click();
  await expect.poll(() => bottleneck.error()).not.toBe(before);
  await bottleneck.pause.click();
  await expect(bottleneck.training).toContainText("Paused after epoch 0 of 1.");

  await bottleneck.train.click();
  expect(await answersWithin(bottleneck, 1_000)).toBeGreaterThan(LEAST_SHARE_OF_ANSWERS * atRest);
  await expect(bottleneck.training).toContainText("Trained here, in your browser", { timeout: 90_000 });
  const [line, ...more] = await rowsOf(bottleneck.page.getByRole("table", { name: "Training log" }));
  expect(more).toEqual([]);
  expect(line.epoch).toBe("0");
  expect(Number(line.calibration)).toBeLessThan(0.08);
  const losses = bottleneck.page.getByRole("region", { name: "Batch losses", exact: true });
  await expect(losses.getByRole("img", { name: /^Batch losses of training digits: 1?\d\d batches, mean/ })).toBeVisible();
  await expect(losses.getByRole("img", { name: /^Batch losses of calibration digits: 16 batches, mean/ })).toBeVisible();
  const film = bottleneck.page.getByRole("region", { name: "Over the epochs", exact: true });
  await expect(film.getByRole("img", { name: /^The originals: digits (\d, ){8}\d$/ })).toBeVisible();
  await expect(film.getByRole("img", { name: /^After epoch 1: the digits (\d, ){8}\d, reconstructed$/ })).toBeVisible();
});

async function openArticle(bottleneck: BottleneckPage) {
  await bottleneck.open();
  await bottleneck.choose(SECOND_ARTICLE);
}

async function slowDown({ page }: BottleneckPage, bytesPerSecond: number) {
  const browser = await page.context().newCDPSession(page);
  await browser.send("Network.enable");
  const conditions = { offline: false, latency: 0, downloadThroughput: bytesPerSecond, uploadThroughput: -1 };
  await browser.send("Network.emulateNetworkConditions", conditions);
}

/** How many calibration items and how many of all items are above the line. */
async function flagged({ thresholdAtHand, items }: BottleneckPage) {
  const [promise, count] = [await thresholdAtHand.textContent(), await items.region.textContent()];
  const first = (text: string | null, figure: RegExp) => Number(figure.exec(text ?? "")?.[1].replace(",", ""));
  return {
    calibration: first(promise, /It flags (\d+) of the \d+ calibration digits/),
    items: first(count, /([\d,]+) of [\d,]+ digits are above the threshold/),
  };
}

async function percentTrained({ progress }: BottleneckPage) {
  return Number(await progress.getAttribute("aria-valuenow"));
}
