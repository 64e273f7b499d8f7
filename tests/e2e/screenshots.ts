// Pictures of the page for people to look at; run by hand:
// SHOTS=folder npx playwright test --config screenshots.config.ts
import { join } from "node:path";
import { expect, SEVEN, test, type BottleneckPage } from "./bottleneck_page";

const folder = process.env.SHOTS ?? "test-results/shots";

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1280, 1920]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: width === 390 ? 844 : width === 1280 ? 800 : 1080 } });

      test("pictures of the page as it opens, and after training", async ({ bottleneck }) => {
        await bottleneck.openPlainly();
        await shoot(bottleneck, `${width}-${colorScheme}-idle`);
        await bottleneck.draw(SEVEN);
        await bottleneck.train.click();
        await expect(bottleneck.training).toContainText("Trained here", { timeout: 60_000 });
        await shoot(bottleneck, `${width}-${colorScheme}-trained`);
      });
    });
  }
}

/** The first screen, and the whole page. */
async function shoot({ page }: BottleneckPage, name: string) {
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.screenshot({ path: join(folder, `${name}-whole.png`), fullPage: true });
}
