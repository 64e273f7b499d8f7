import type { Page } from "@playwright/test";
import { expect, SEVEN, test, type BottleneckPage } from "./bottleneck_page";
import { textFile } from "./data_panel";
import { EarlierWork, spoilStorage } from "./earlier_work";
import { LessonCard } from "./lesson_card";

/** Enough to be interrupted. */
const EPOCHS = 1500;

test("training that a reload interrupts goes on from the kept epoch, with its curve and its drawing", async ({ bottleneck }) => {
  const { page } = bottleneck;
  const work = new EarlierWork(page);
  await bottleneck.open();
  await expect(work.kept).toBeAttached();
  await expect(work.goOn, "nothing was done before").toHaveCount(0);
  await bottleneck.draw(SEVEN);
  await bottleneck.trainEndlessly();
  await work.isKept(3);

  await page.reload();
  const epoch = await work.offeredEpoch();
  expect(epoch).toBeGreaterThanOrEqual(3);
  await expect(work.offer).toContainText(/Last time: “Small digits, 8 × 8” after \d+ of 20000 epochs, on \d+ \w+ \d{4} at \d\d:\d\d\./);
  await work.goOn.click();
  await expect(bottleneck.notice).toContainText("as you left it.");
  await expect(work.goOn).toHaveCount(0);
  expect(await bottleneck.epoch()).toBe(epoch);
  await expect(bottleneck.lossCurve).toBeVisible();
  await expect(page.getByText("Your own drawing").first()).toBeVisible();
  await bottleneck.isJudged();
  await bottleneck.train.click();
  await bottleneck.reachesEpoch(epoch + 3);
  await bottleneck.pause.click();
  await work.isKept(epoch + 3);
});

test("a run in two visits ends with the very numbers of one without a break", async ({ bottleneck }) => {
  const { page } = bottleneck;
  const work = new EarlierWork(page);
  await bottleneck.open();
  await bottleneck.trainToTheEnd(EPOCHS);
  await work.isKept(EPOCHS);
  const whole = await figures(bottleneck);

  await bottleneck.open();
  await work.notNow.click();
  await bottleneck.set("Epochs", EPOCHS);
  await bottleneck.train.click();
  await bottleneck.reachesEpoch(2);
  await bottleneck.pause.click();
  await expect(bottleneck.train).toBeVisible();
  const epoch = await bottleneck.epoch();
  expect(epoch).toBeLessThan(EPOCHS);
  await expect.poll(() => work.epochs(), { timeout: 20_000 }).toContain(epoch);
  await page.reload();
  expect(await work.offeredEpoch()).toBe(epoch);
  await work.goOn.click();
  await expect(bottleneck.notice).toContainText("as you left it.");
  await bottleneck.train.click();
  await expect(bottleneck.training).toContainText(`Trained here, in your browser: ${EPOCHS} epoch`, { timeout: 60_000 });
  expect(await figures(bottleneck)).toEqual(whole);
});

test("a link wins, and the offer stays until it is declined; the foot of the page keeps it", async ({ bottleneck }) => {
  const { page } = bottleneck;
  const work = new EarlierWork(page);
  await bottleneck.open();
  await bottleneck.trainToTheEnd(3);
  await work.isKept(3);
  await page.goto("about:blank");
  await page.goto("./#recipe=uci-digits&rotation=90");
  await expect(work.goOn).toBeVisible({ timeout: 20_000 });
  await bottleneck.isJudged();
  await expect(bottleneck.rotation).toHaveValue("90");
  await expect(work.goOn).toBeVisible();
  await work.notNow.click();
  await expect(work.goOn).toHaveCount(0);
  await expect(work.works).toHaveCount(1);
  await work.works.click();
  await expect(bottleneck.notice).toContainText("“Small digits, 8 × 8” after all 3 epochs: as you left it.");
  await expect(bottleneck.training).toContainText("Trained here, in your browser: 3 epochs");
  await expect(work.works).toHaveCount(0);
});

test("another file that is judged is there again at the next visit", async ({ bottleneck }) => {
  const { data, page } = bottleneck;
  const work = new EarlierWork(page);
  const rows = (n: number) => `a,b\n${Array.from({ length: n }, (_, row) => `${(row * 7) % 13},${(row * 5) % 11}`).join("\n")}\n`;
  await bottleneck.open();
  await data.open(textFile("first.csv", rows(120)));
  await bottleneck.trainToTheEnd(3);
  const buffer = Buffer.from(rows(50));
  await page.getByLabel("Judge another file by this network").setInputFiles({ name: "second.csv", mimeType: "text/csv", buffer });
  const strip = page.getByRole("region", { name: "Another file", exact: true });
  await expect(strip).toContainText(/second\.csv: \d+ of 50 rows are above the threshold/);
  await expect.poll(() => work.partNames(), { timeout: 20_000 }).toContain("other file");

  await page.goto("about:blank");
  await page.goto("./#recipe=uci-digits");
  await work.goOn.click();
  await expect(strip).toContainText(/second\.csv: \d+ of 50 rows are above the threshold/, { timeout: 30_000 });
  await expect(bottleneck.notice).toContainText("as you left it.");
});

test("a second tab is not offered what the first works on, and each keeps its own", async ({ bottleneck, context }) => {
  const { page } = bottleneck;
  const work = new EarlierWork(page);
  await bottleneck.open();
  await bottleneck.trainToTheEnd(7);
  await work.isKept(7);

  const second = await context.newPage();
  await second.goto("./#recipe=well-trained");
  const elsewhere = new EarlierWork(second);
  const train = second.getByRole("button", { name: "Train", exact: true });
  await expect(train).toBeEnabled({ timeout: 30_000 });
  await train.click();
  await elsewhere.isKept(8, 2);
  await expect(elsewhere.works).toHaveCount(0);
  await second.close();
  expect(await work.epochs()).toContain(7);

  await page.reload();
  await expect(work.works).toHaveCount(2, { timeout: 20_000 });
  await work.works.filter({ hasText: "after all 7 epochs" }).click();
  await expect(bottleneck.training).toContainText("Trained here, in your browser: 7 epochs");
  await expect(work.works).toHaveCount(1);
});

test("the reader's own table is there again, with what was trained on it", async ({ bottleneck }) => {
  const { data, page } = bottleneck;
  const work = new EarlierWork(page);
  const rows = Array.from({ length: 300 }, (_, idx) => `${20 + (idx % 40)},${idx % 2 ? "red" : "green"}\n`);
  await bottleneck.open();
  await data.open(textFile("people.csv", `age,colour\n${rows.join("")}`));
  await work.isKept(0);
  await bottleneck.trainToTheEnd(2);
  await work.isKept(2);
  await bottleneck.open();
  await work.goOn.click();
  await expect(data.region).toContainText("people.csv 300 rows of 2 columns");
  await expect(bottleneck.training).toContainText("Trained here, in your browser: 2 epochs");
  await bottleneck.isJudged();
});

test("a lesson goes on where an earlier visit left it", async ({ bottleneck }) => {
  const lessons = new LessonCard(bottleneck.page);
  await bottleneck.open();
  await lessons.open("Train it yourself");
  await lessons.skip.press("Enter");
  await expect(lessons.region).toContainText("Page 2 of");
  // Written every few seconds.
  await bottleneck.page.waitForTimeout(4000);
  await bottleneck.open();
  await lessons.opener.click();
  await expect(lessons.list.getByRole("button", { name: "Train it yourself" })).toContainText("go on at page 2");
});

test("everything that is stored can be forgotten", async ({ bottleneck }) => {
  const { notice, page } = bottleneck;
  const work = new EarlierWork(page);
  await bottleneck.open();
  await bottleneck.trainToTheEnd(3);
  await work.isKept(3);
  await work.forget.click();
  await expect(notice).toContainText("Nothing is kept in this browser any more.");
  await expect(work.kept).toContainText("This page keeps nothing here any more until it is opened again.");
  expect(await work.epochs()).toEqual([]);
  await expect(bottleneck.training, "what is on the page stays").toContainText("Trained here, in your browser: 3 epochs");
  await page.reload();
  await bottleneck.isJudged();
  await expect(work.forget).toBeAttached({ timeout: 20_000 });
  await page.waitForTimeout(1500);
  await expect(work.goOn).toHaveCount(0);
});

const REFUSALS = {
  "a browser that forbids storage": {
    program: `IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); }`,
    sentence: "This browser does not let the page keep anything",
  },
  "a full disk": {
    program: `IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); }`,
    sentence: "The browser has no room left for what this page keeps",
  },
  "a request that fails": {
    program: `{ const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (...all) { const asked = put.apply(this, all); this.transaction.abort(); return asked; }; }`,
    sentence: "The browser",
  },
};

for (const [refusal, { program, sentence }] of Object.entries(REFUSALS)) {
  test(`${refusal} gets a sentence, and the page works`, async ({ bottleneck }) => {
    await spoilStorage(bottleneck.page, program);
    const work = new EarlierWork(bottleneck.page);
    await bottleneck.open();
    await bottleneck.trainToTheEnd(3);
    await expect(bottleneck.notice).toContainText(sentence, { timeout: 20_000 });
    await expect(work.kept).toContainText(sentence);
    await bottleneck.notice.getByRole("button", { name: "Dismiss" }).click();
    await bottleneck.draw(SEVEN);
    await bottleneck.isJudged();
    await bottleneck.page.waitForTimeout(4000);
    await expect(bottleneck.notice, "once is enough").toBeEmpty();
    await expect(bottleneck.training).toContainText("Trained here, in your browser: 3 epochs");
  });
}

test("storage of a newer version of the page is left alone", async ({ bottleneck }) => {
  const { page } = bottleneck;
  await leaveForEmptyPage(page);
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open("bottleneck", 99);
        opening.onsuccess = () => {
          opening.result.close();
          resolve();
        };
      }),
  );
  await bottleneck.open();
  await bottleneck.trainToTheEnd(3);
  await expect(bottleneck.notice).toContainText("was written by a newer version of this page", { timeout: 20_000 });
  const versions = await page.evaluate(() => indexedDB.databases());
  expect(versions).toEqual([{ name: "bottleneck", version: 99 }]);
});

test("work that is damaged gets a sentence, and nothing on the page is lost", async ({ bottleneck }) => {
  const { notice, page } = bottleneck;
  const work = new EarlierWork(page);
  await bottleneck.open();
  await bottleneck.trainToTheEnd(3);
  await work.isKept(3);
  await leaveForEmptyPage(page);
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open("bottleneck");
        opening.onsuccess = async () => {
          const database = opening.result;
          const transaction = database.transaction("parts", "readwrite");
          const parts = transaction.objectStore("parts");
          const names = parts.getAllKeys();
          names.onsuccess = () => {
            for (const name of names.result) parts.put(new Uint8Array(20), name);
          };
          transaction.oncomplete = () => {
            database.close();
            resolve();
          };
        };
      }),
  );
  await bottleneck.open();
  await bottleneck.draw(SEVEN);
  const error = await bottleneck.settledError();
  await work.goOn.click();
  await expect(notice).toContainText("Some of the work that is kept here is damaged and cannot be opened");
  await expect(notice).toContainText("What was on the page is still there.");
  await expect(work.goOn).toHaveCount(0);
  expect(await bottleneck.settledError()).toBe(error);
});

test("the offer neither moves nor covers the first screen", async ({ bottleneck }) => {
  const { page } = bottleneck;
  const work = new EarlierWork(page);
  await page.setViewportSize({ width: 1366, height: 768 });
  await bottleneck.open();
  const before = await bottleneck.train.boundingBox();
  await bottleneck.trainToTheEnd(2);
  await work.isKept(2);
  await bottleneck.open();
  await expect(work.goOn).toBeVisible({ timeout: 20_000 });
  expect(await bottleneck.train.boundingBox()).toEqual(before);
  await bottleneck.trainEndlessly();
  await bottleneck.pause.click();
  await expect(work.goOn, "work that is begun takes its place").toHaveCount(0, { timeout: 10_000 });
});

/** A page of the same site without a program. */
async function leaveForEmptyPage(page: Page) {
  await page.route("**/empty.html", (route) =>
    route.fulfill({ contentType: "text/html", body: `<!doctype html><link rel="icon" href="data:,">` }),
  );
  await page.goto("./empty.html");
}

/** What a run ends in. */
async function figures(bottleneck: BottleneckPage) {
  await bottleneck.items.isMeasured();
  return {
    error: await bottleneck.settledError(),
    threshold: await bottleneck.threshold.getAttribute("aria-valuenow"),
    verdict: await bottleneck.verdict.textContent(),
  };
}
