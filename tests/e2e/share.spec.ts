import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { expect, SEVEN, test, type BottleneckPage } from "./bottleneck_page";
import { BottleneckPage as Opened } from "./bottleneck_page";

test("a teacher's link opens what was ticked, in a browser that knows nothing", async ({ bottleneck, browser }) => {
  await bottleneck.open();
  await bottleneck.draw(SEVEN);
  await bottleneck.rotation.fill("30");
  const error = await bottleneck.settledError();
  const dialog = await share(bottleneck);
  await dialog.getByRole("checkbox", { name: "Choice of engine" }).check();
  await dialog.getByRole("checkbox", { name: "Fooling it" }).check();
  await expect(dialog.getByRole("img", { name: "The link as a QR code" })).toBeVisible();
  const link = await dialog.getByRole("textbox", { name: "Link" }).inputValue();
  expect(link.length).toBeLessThan(2000);

  const page = await browser.newPage({ serviceWorkers: "block" });
  await page.goto(link);
  const opened = new Opened(page);
  await opened.hasVerdict();
  await expect(opened.rotation).toHaveValue("30");
  expect(await opened.settledError()).toBeCloseTo(error, 3);
  await expect(opened.engine).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Can you fool it?" })).toHaveCount(0);
  await expect(opened.recipe).toBeVisible();
  await page.close();
});

test("a fresh start holds nothing but what is hidden", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.draw(SEVEN);
  const dialog = await share(bottleneck);
  await dialog.getByRole("radio", { name: "Fresh, as the page opens" }).check();
  await dialog.getByRole("checkbox", { name: "Data and opening files" }).check();
  await expect(dialog.getByRole("textbox", { name: "Link" })).toHaveValue(/#hide=data$/);
});

test("what a link cannot take along is said", async ({ bottleneck }) => {
  await bottleneck.open();
  const dialog = await share(bottleneck);
  await expect(dialog).not.toContainText("not the trained weights");
  await dialog.getByRole("button", { name: "Close" }).click();
  await bottleneck.step.click();
  await bottleneck.reachesEpoch(1);
  await share(bottleneck);
  await expect(dialog).toContainText("A link holds the settings, not the trained weights");
});

test.describe("in a frame of another page", () => {
  test.use({ faultsAreExpected: true });

  for (const width of [320, 560, 800]) {
    test(`the loop alone works at ${width} pixels`, async ({ bottleneck, page }) => {
      await bottleneck.open();
      const dialog = await share(bottleneck);
      const line = await dialog.getByRole("textbox", { name: "Embed" }).inputValue();
      expect(line).toMatch(/^<iframe src="[^"]*embed=1"/);
      const host = await hostOf(line.replace('width="800"', `width="${width}"`));
      await page.goto(host.url);
      const frame = page.frameLocator("iframe");
      const verdict = frame.getByRole("status", { name: "Verdict" });
      await expect(verdict).toContainText(/Normal|Anomaly/, { timeout: 30_000 });
      await expect(frame.getByRole("button", { name: "Train" })).toBeVisible();
      await expect(frame.getByRole("navigation", { name: "Contents" })).toHaveCount(0);
      await expect(frame.getByRole("heading", { name: "Can I believe it?" })).toHaveCount(0);
      const overflow = await frame.locator("html").evaluate((root) => root.scrollWidth - root.clientWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await frame.getByRole("button", { name: "Clear", exact: true }).click();
      await expect(verdict).toContainText("No verdict yet");
      host.server.close();
    });
  }
});

async function share({ page }: BottleneckPage) {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  return page.getByRole("dialog", { name: "Share with a class" });
}

/** Another page, of another origin, with this line in it. */
async function hostOf(line: string) {
  const server: Server = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end(`<!doctype html><title>A course</title><h1>A course</h1>${line}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://localhost:${port}/` };
}
