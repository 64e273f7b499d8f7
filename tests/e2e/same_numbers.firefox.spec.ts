import { chromium } from "@playwright/test";
import { BottleneckPage, expect, test } from "./bottleneck_page";
import { EXPERIMENTS } from "./experiments";
import { trainInWorker } from "./trainer_client";

test("Firefox and Chromium train to the same losses, to the last bit", async ({ bottleneck, baseURL, browser }) => {
  expect(browser.browserType().name()).toBe("firefox");
  const peer = await chromium.launch({
    executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  try {
    const other = new BottleneckPage(await peer.newPage({ baseURL }));
    await bottleneck.page.goto("./");
    await other.page.goto("./");
    for (const { name, dataset, recipe, n_batches } of EXPERIMENTS) {
      const here = await trainInWorker(bottleneck.page, "cpu_worker", await dataset(bottleneck), recipe(7));
      const there = await trainInWorker(other.page, "cpu_worker", await dataset(other), recipe(7));
      expect(here.losses[0].batch_losses, name).toHaveLength(n_batches);
      expect(here.losses, name).toEqual(there.losses);
    }
  } finally {
    await peer.close();
  }
});
