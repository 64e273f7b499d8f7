import { type BottleneckPage, expect, SEVEN, test } from "./bottleneck_page";

/** What a sheet is for, by what stands on it. */
const ON_PAPER = [
  "A network that learns little (article 1)",
  "1,797 pictures",
  "SGD, rate 0.005, batches of 10",
  "Reconstruction",
  "Error map",
  "Verdict",
  "Loss per epoch",
  "Errors of normal digits",
];

/** As `--paper-rgb` is where it is light. */
const PAPER = "255 253 248";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`whoever prefers ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("prints a light sheet of what was tried, and no buttons", async ({ bottleneck }) => {
      const { page } = bottleneck;
      await bottleneck.open();
      await bottleneck.choose("A network that learns little (article 1)");
      await bottleneck.draw(SEVEN);
      await bottleneck.trainToTheEnd(3);
      await expect(page).toHaveURL(/ink=/);

      const brightestOnScreen = await brightestOf(bottleneck);
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      await page.emulateMedia({ media: "print", colorScheme });
      for (const text of ON_PAPER) await expect(page.locator("body")).toContainText(text, { useInnerText: true });
      await expect(page.getByText(page.url(), { exact: true }), "the way back").toBeVisible();
      for (const picture of ["What the network sees", /^Reconstruction$/, /^Error map/, /^Loss curve/]) {
        await expect(page.getByRole("img", { name: picture })).toBeVisible();
      }
      await expect(bottleneck.verdict).toBeVisible();
      await expect(bottleneck.drawing).toBeVisible();
      await expect(page.getByRole("button").filter({ visible: true })).toHaveCount(0);
      await expect(page.getByRole("combobox").filter({ visible: true })).toHaveCount(0);
      expect(await brightestOf(bottleneck)).toBe(PAPER);

      const pages = (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type\s*\/Page\b/g);
      expect(pages?.length).toBeLessThanOrEqual(3);

      await page.emulateMedia({ media: "screen", colorScheme });
      await page.evaluate(() => dispatchEvent(new Event("afterprint")));
      await expect.poll(() => brightestOf(bottleneck)).toBe(brightestOnScreen);
    });
  });
}

/** The brightest colour of what the network sees: the paper where it is light, the ink where it is dark. */
function brightestOf({ page }: BottleneckPage) {
  return page.getByRole("img", { name: "What the network sees" }).evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    const cells = Array.from({ length: data.length / 4 }, (_, cell) => [...data.slice(4 * cell, 4 * cell + 3)]);
    return cells.reduce((one, other) => (other[0] > one[0] ? other : one)).join(" ");
  });
}
