import type { Locator } from "@playwright/test";
import { axe } from "./axe";
import { expect, SCRIBBLE, test, type BottleneckPage } from "./bottleneck_page";
import { textFile } from "./data_panel";
import { SweepsPanel } from "./sweeps_panel";
import { TakeAwayDialog } from "./take_away";
import { VariationPanel } from "./variation_panel";

const PETS = ["legs,kind", ...Array.from({ length: 100 }, (_, idx) => (idx % 3 ? "4,cat" : "2,hen"))].join("\n");

// Colours break rules by scheme and places by width, so that two pairs see what four would.
for (const [colorScheme, width] of [["light", 390], ["dark", 1280]] as const) {
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

    test("no accessibility rule is broken with a table, its log and its columns", async ({ bottleneck }) => {
      await bottleneck.open();
      await bottleneck.choose("A table of employees (article 4)");
      await bottleneck.row.number("age").fill("140");
      await bottleneck.trainToTheEnd(2);
      await bottleneck.items.isMeasured();
      await bottleneck.items.region.getByRole("switch", { name: "Show codes" }).click();
      expect.soft(await violations(bottleneck), "with a trained network").toEqual([]);
      await bottleneck.data.open(textFile("pets.csv", PETS));
      await expect(bottleneck.data.columns).toBeVisible();
      await bottleneck.items.measure.selectOption({ label: "Weighted" });
      expect(await violations(bottleneck), "with a file of one's own").toEqual([]);
    });

    test("no accessibility rule is broken with noisy pictures and a map of codes", async ({ bottleneck }) => {
      await bottleneck.open();
      await bottleneck.choose("Convolutions as published (article 2)");
      await bottleneck.page.getByRole("button", { name: "Noise 0.2" }).click();
      await expect(bottleneck.page.getByRole("region", { name: "Denoising" })).toBeVisible();
      await bottleneck.items.isMeasured();
      await bottleneck.codes.draw.click();
      await expect(bottleneck.codes.outcome).toHaveText(/codes in [\d.]+ s\.$/, { timeout: 100_000 });
      await bottleneck.codes.clicksDo("picks two items to walk between");
      expect(await violations(bottleneck), "with a map").toEqual([]);
    });

    test("no accessibility rule is broken with sweeps and a ghost", async ({ bottleneck }) => {
      const sweeps = new SweepsPanel(bottleneck.page);
      await bottleneck.open();
      await sweeps.show();
      await sweeps.keep.click();
      await sweeps.places.press("ArrowLeft");
      await expect(sweeps.region).toContainText("Moved 0.5 left");
      expect(await violations(bottleneck)).toEqual([]);
    });

    test("no accessibility rule is broken with the figures of an evaluation", async ({ bottleneck }) => {
      await bottleneck.open();
      await bottleneck.evidence.run();
      expect(await violations(bottleneck, ".evidence"), "with its report").toEqual([]);
    });

    test("no accessibility rule is broken with kept runs, a list of runs and the files to keep", async ({ bottleneck }) => {
      const { page } = bottleneck;
      await page.goto("./#recipe=well-trained&epochs=2&at=network");
      await bottleneck.hasVerdict();
      const list = new VariationPanel(page);
      await list.values.fill("2, 8");
      await list.start.click();
      await expect(list.standing).toContainText("2 of 2 runs are done", { timeout: 60_000 });
      await page.getByRole("button", { name: "Keep this run", exact: true }).click();
      await expect(page.getByRole("region", { name: "Side by side" })).toBeVisible();
      expect(await violations(bottleneck), "with runs").toEqual([]);
      await new TakeAwayDialog(page).open();
      expect(await violations(bottleneck, "dialog[open]"), "with the dialog").toEqual([]);
    });

    test("no accessibility rule is broken with digits that are not normal", async ({ bottleneck }) => {
      await bottleneck.page.goto("./#normal=1,2,3,4,5,6,7,8&contamination=0.1");
      await bottleneck.isJudged();
      await bottleneck.trainToTheEnd(2);
      await bottleneck.items.isMeasured();
      await expect(bottleneck.normalDigits.outcome).toBeVisible();
      expect(await violations(bottleneck), "trained").toEqual([]);
    });
  });
}

test.describe("in forced colours", () => {
  test.use({ contextOptions: { forcedColors: "active" } });

  test("bars, switches and pressed buttons still show how they stand", async ({ bottleneck, page }) => {
    await bottleneck.open();
    await looksOther(bottleneck.errorsOfNormalDigits, "pin", () => bottleneck.rotation.fill("90"));
    for (const toggle of [
      await bottleneck.preparing("Centre and scale to fit"),
      page.getByRole("button", { name: "Eraser" }),
    ]) {
      // With the pointer on it both times.
      await toggle.click();
      await looksOther(toggle, "toggle", () => toggle.click());
    }
  });
});

/** Expects that an element is drawn otherwise after something was done. */
async function looksOther(element: Locator, what: string, act: () => Promise<void>) {
  const before = await element.screenshot();
  await act();
  await expect.poll(async () => before.equals(await element.screenshot()), `${what} looks the same`).toBe(false);
}

async function violations({ page }: BottleneckPage, within = "html") {
  return (await axe(page, within)).violations;
}
