import { expect, test } from "@playwright/test";

test("this browser offers a WebGPU adapter, so that the GPU is tested", async ({ page }) => {
  await page.goto("./");
  expect(await page.evaluate(async () => Boolean(await navigator.gpu?.requestAdapter()))).toBe(true);
});
