import AxeBuilder from "@axe-core/playwright";
import { expect, SCRIBBLE, test, type BottleneckPage } from "./bottleneck_page";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1280]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

      test("no accessibility rule is broken, idle, with an anomaly and with a notice", async ({ bottleneck }) => {
        await bottleneck.open();
        expect(await violations(bottleneck), "idle").toEqual([]);

        await bottleneck.set("Epochs", 100);
        await bottleneck.draw(SCRIBBLE);
        await expect(bottleneck.verdict).toContainText("Anomaly");
        expect(await violations(bottleneck), "with an anomaly and open settings").toEqual([]);

        await bottleneck.step.click();
        await expect(bottleneck.training).toContainText("Paused after epoch 1");
        await bottleneck.reset.click();
        await expect(bottleneck.notice).toContainText("fresh weights");
        expect(await violations(bottleneck), "with a notice").toEqual([]);
      });
    });
  }
}

async function violations({ page }: BottleneckPage) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.join(" ")).join(", ")})`);
}
