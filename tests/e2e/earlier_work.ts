import { expect, type Locator, type Page } from "@playwright/test";

/** What the browser keeps across visits, as a reader finds it and as it lies there. */
export class EarlierWork {
  readonly offer: Locator;
  readonly goOn: Locator;
  readonly notNow: Locator;
  /** The foot of the page, where every work of an earlier visit is listed. */
  readonly kept: Locator;
  readonly works: Locator;
  readonly forget: Locator;

  constructor(readonly page: Page) {
    this.offer = page.getByRole("status", { name: "Earlier work" });
    this.goOn = this.offer.getByRole("button", { name: "Go on where you were", exact: true });
    this.notNow = this.offer.getByRole("button", { name: "Not now", exact: true });
    this.kept = page.getByRole("region", { name: "What this browser keeps" });
    this.works = this.kept.getByRole("button", { name: /^Go on with/ });
    this.forget = this.kept.getByRole("button", { name: "Forget everything stored here" });
  }

  /** The epochs of all works that lie in the browser's storage. */
  async epochs() {
    const titles = await this.page.evaluate(readTitles);
    return titles.map((title) => Number(/after (?:all )?(\d+)/.exec(title)?.[1] ?? 0));
  }

  /** The names of all parts of works that lie in the browser's storage. */
  async partNames() {
    const keys = await this.page.evaluate(readKeys);
    return keys.map((key) => key.slice(key.indexOf("/") + 1));
  }

  /** So many works are kept, and one of them has come so far. */
  async isKept(epoch: number, nWorks = 1) {
    await expect
      .poll(async () => {
        const epochs = await this.epochs();
        return epochs.length === nWorks && Math.max(...epochs) >= epoch;
      }, { timeout: 20_000 })
      .toBe(true);
  }

  /** The epoch that the offer speaks of. */
  async offeredEpoch() {
    await expect(this.goOn).toBeVisible({ timeout: 20_000 });
    const text = (await this.offer.textContent()) ?? "";
    return Number(/after (?:all )?(\d+)/.exec(text)?.[1]);
  }
}

async function readKeys() {
  const opening = indexedDB.open("bottleneck");
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const stores = [...database.objectStoreNames];
  const all = stores.map((store) => {
    const asked = database.transaction(store).objectStore(store).getAllKeys();
    return new Promise<string[]>((resolve) => {
      asked.onsuccess = () => resolve(asked.result.map(String));
    });
  });
  const keys = (await Promise.all(all)).flat();
  database.close();
  return keys;
}

async function readTitles() {
  const known = await indexedDB.databases();
  if (!known.some(({ name }) => name === "bottleneck")) return [];
  const answered = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await answered(indexedDB.open("bottleneck"));
  const headers = await answered(database.transaction("headers").objectStore("headers").getAll());
  database.close();
  return headers.map(({ title }) => String(title));
}

/** The storage is so in workers that start from now on: a program that runs there before the page's own. */
export async function spoilStorage(page: Page, program: string) {
  await page.route("**/cpu_worker_loader.js*", async (route) => {
    const loader = await (await route.fetch()).text();
    await route.fulfill({ body: `${program};\n${loader}`, contentType: "text/javascript" });
  });
}
