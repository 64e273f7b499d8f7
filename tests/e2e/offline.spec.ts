import type { BrowserContext, Page } from "@playwright/test";
import { BottleneckPage, expect, ONE, SEVEN, test as base } from "./bottleneck_page";
import { watchForFaults } from "./faults";
import { OwnHost } from "./own_host";

const test = base.extend<{ host: OwnHost }>({
  host: async ({ baseURL }, use) => {
    const host = await OwnHost.startFrom(baseURL ?? "");
    await use(host);
    await host.stop();
  },
});

test.use({ serviceWorkers: "allow" });
test.slow();

/** Opens the page and waits until the browser has kept all that it will. */
async function visit(page: Page, host: OwnHost) {
  const bottleneck = new BottleneckPage(page);
  await page.goto(host.url);
  await bottleneck.isJudged();
  await expect.poll(() => keptFiles(page), { timeout: 60_000 }).toContain("models/vae.bin");
  return bottleneck;
}

/** What the browser has kept of the page, without the builds' names. */
async function keptFiles(page: Page) {
  return page.evaluate(async () => {
    const found: string[] = [];
    for (const name of await caches.keys()) {
      const requests = await (await caches.open(name)).keys();
      found.push(...requests.map(({ url }) => url.split("?")[0].replace(location.href.split("#")[0], "")));
    }
    return found;
  });
}

function newVersion(page: Page) {
  return page.getByRole("status", { name: "New version" });
}

/** As if the page had been behind another window for a while. */
async function comesBackIntoSight(page: Page) {
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
}

/** The build of the page and of each of its workers. */
async function buildsAtWork(page: Page) {
  const places = [page, ...page.workers()];
  const builds = places.map((place) => place.evaluate(() => (self as { build?: string }).build ?? "first"));
  return [...new Set(await Promise.all(builds))];
}

/** Waits for a page that is about to be loaded again. */
async function becomes(page: Page, build: string) {
  // In the middle of loading, nobody can be asked.
  const builds = () => buildsAtWork(page).catch(() => []);
  await expect.poll(builds, { timeout: 60_000 }).toEqual([build]);
}

async function goOffline(context: BrowserContext, host: OwnHost) {
  host.isUp = false;
  await context.setOffline(true);
}

test("after the first visit the page works without a network", async ({ page, context, host }) => {
  const bottleneck = await visit(page, host);
  expect(await keptFiles(page), "nobody downloads for a GPU that is not there").not.toContain("gpu_worker_bg.wasm");
  await goOffline(context, host);
  const faults = watchForFaults(page, host.url);
  await page.reload();
  await bottleneck.isJudged();
  await bottleneck.draw(SEVEN);
  await bottleneck.isJudged();
  await bottleneck.trainToTheEnd(3);
  await bottleneck.choose("Convolutions as published (article 2)");
  await expect(bottleneck.notice).toBeEmpty();
  expect(faults).toEqual([]);
});

test("a new build waits until it is wanted, and no page gets files of another build", async ({ page, context, host }) => {
  const bottleneck = await visit(page, host);
  await page.reload();
  await bottleneck.isJudged();
  const other = new BottleneckPage(await context.newPage());
  await other.page.goto(host.url);
  await other.hasVerdict();

  host.publishAnother("newer");
  await comesBackIntoSight(page);
  await expect(newVersion(page)).toContainText("A new version is ready.", { timeout: 60_000 });
  await expect(newVersion(other.page), "every page of the old build says so").toContainText("A new version is ready.");

  // The old build is at work as before, with a worker and a model that it had not asked for yet.
  await bottleneck.draw(ONE);
  await bottleneck.trainToTheEnd(3);
  await bottleneck.choose("Making new small digits");
  await bottleneck.choose("Handwritten digits, 28 × 28");
  await expect(bottleneck.notice).toBeEmpty();
  expect(page.workers().length).toBeGreaterThan(1);
  expect(await buildsAtWork(page)).toEqual(["first"]);

  await expect(newVersion(page)).toContainText("what was trained here is lost");
  await newVersion(page).getByRole("button", { name: "Update" }).click();
  await becomes(page, "newer");
  await bottleneck.isJudged();
  await expect(page, "the link brings the drawing back").toHaveURL(/#.*ink=/);
  await expect(bottleneck.drawing).not.toContainText("Example");
  await bottleneck.trainToTheEnd(3);
  await expect(bottleneck.notice).toBeEmpty();
  await expect(newVersion(page)).toBeEmpty();
  expect(await buildsAtWork(page)).toEqual(["newer"]);

  // The page in the other tab is still of the old build, whose host is gone.
  await other.trainToTheEnd(3);
  await expect(other.notice).toBeEmpty();
  expect(await buildsAtWork(other.page)).toEqual(["first"]);
  await newVersion(other.page).getByRole("button", { name: "Update" }).click();
  await becomes(other.page, "newer");
});

test("what is kept of old builds goes when no page needs it any more", async ({ page, context, host }) => {
  await visit(page, host);
  const nCaches = () => page.evaluate(async () => (await caches.keys()).length);
  host.publishAnother("newer");
  await comesBackIntoSight(page);
  await expect(newVersion(page)).toContainText("A new version is ready.", { timeout: 60_000 });
  expect(await nCaches()).toBe(2);
  await newVersion(page).getByRole("button", { name: "Later" }).click();
  await expect(newVersion(page)).toBeEmpty();

  await page.close();
  page = await context.newPage();
  await expect(async () => {
    await page.goto("about:blank");
    await page.goto(host.url);
    expect(await buildsAtWork(page)).toEqual(["newer"]);
  }).toPass();
  await expect.poll(nCaches).toBe(1);
  await goOffline(context, host);
  await page.reload();
  await new BottleneckPage(page).hasVerdict();
});

test("where nothing may be kept, the page works all the same", async ({ bottleneck }) => {
  await bottleneck.page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "serviceWorker", {
      get() {
        throw new DOMException("forbidden", "SecurityError");
      },
    });
  });
  await bottleneck.open();
  await bottleneck.trainToTheEnd(1);
  await expect(bottleneck.notice).toBeEmpty();
});
