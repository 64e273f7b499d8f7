import { join } from "node:path";
import type { Page } from "@playwright/test";
import { axe } from "../e2e/axe";
import { expect, SCRIBBLE, test, type BottleneckPage } from "../e2e/bottleneck_page";
import { textFile } from "../e2e/data_panel";
import { LessonCard } from "../e2e/lesson_card";
import { folder, keep } from "./record";

const PETS = ["legs,kind", ...Array.from({ length: 100 }, (_, idx) => (idx % 3 ? "4,cat" : "2,hen"))].join("\n");

const COLOR_SCHEMES = ["light", "dark"] as const;
/** The widest first. */
const WIDTHS = [1920, 1280, 390, 360];

/**
 * Where axe cannot decide whether text stands out, since something else lies behind it, and what a person has found.
 * Contrasts are those of the colours in tokens.css, the lower of light and dark.
 */
const JUDGED: { what: RegExp; finding: string }[] = [
  { what: /\.is-(start|end)$/, finding: "names below the diagram: soft text on the surface, 7.2" },
  { what: /\.is-code$/, finding: "the code below the diagram: the network's colour on the surface, 6.6" },
  { what: /\.(chart-empty|map-invitation)\b/, finding: "a sentence on an empty chart: soft text on the surface, 7.2" },
  { what: /\.pin-(label|name)\b/, finding: "on a ground of its own, the surface: the verdict's colour, 5.5" },
  { what: /\.handle-label\b/, finding: "beside the threshold: text on the surface, 14.1" },
  { what: /\.ticks\b/, finding: "below the axis: soft text on the surface, 7.2" },
  { what: /\.sweep-figure\b/, finding: "on a ground of its own, the text's colour: the page's ground, 15.0" },
  { what: /\.outcome > (b|span)$/, finding: "on what fills up behind it: text on the soft colours of verdicts, 9.6" },
  { what: /\.sweep-threshold\b/, finding: "on a ground of its own, the surface: text, at least 7.2" },
  { what: /\.(class-key|is-\d)\b/, finding: "a class in its colour on the surface, 4.5; its number says which" },
];

interface State {
  name: string;
  reach: (bottleneck: BottleneckPage) => Promise<void>;
}

const STATES: State[] = [
  { name: "as it opens", reach: async () => {} },
  {
    name: "with an anomaly",
    reach: async (bottleneck) => {
      await bottleneck.draw(SCRIBBLE);
      await expect(bottleneck.verdict).toContainText("Anomaly");
    },
  },
  { name: "while training", reach: (bottleneck) => bottleneck.trainEndlessly() },
  {
    name: "paused",
    reach: async (bottleneck) => {
      await bottleneck.trainEndlessly();
      await bottleneck.pause.click();
      await expect(bottleneck.training).toContainText("Paused after epoch");
    },
  },
  {
    name: "trained",
    reach: async (bottleneck) => {
      await bottleneck.trainToTheEnd(2);
      await bottleneck.items.isMeasured();
    },
  },
  { name: "with everything unfolded", reach: unfoldAll },
  {
    name: "evaluated",
    reach: async ({ items, evidence }) => {
      await items.isMeasured();
      await evidence.run(180_000);
    },
  },
  {
    name: "with a map of the codes",
    reach: async ({ items, codes }) => {
      await items.isMeasured();
      await codes.draw.click();
      await expect(codes.outcome).toHaveText(/codes in [\d.]+ s\.$/, { timeout: 120_000 });
    },
  },
  {
    name: "with a table of one's own",
    reach: async (bottleneck) => {
      await bottleneck.choose("A table of employees (article 4)");
      await bottleneck.data.open(textFile("pets.csv", PETS));
      await expect(bottleneck.data.columns).toBeVisible();
      await unfoldAll(bottleneck);
    },
  },
  {
    name: "with a lesson that points at something",
    reach: async ({ page }) => {
      const lesson = new LessonCard(page);
      await lesson.open("A digit that leans");
      await lesson.choices.first().check();
      await expect(lesson.marker).toBeVisible();
    },
  },
  {
    name: "with the outcome of a page of a lesson",
    reach: async ({ page, rotation }) => {
      const lesson = new LessonCard(page);
      await lesson.open("A digit that leans");
      await lesson.choices.first().check();
      await rotation.fill("90");
      await lesson.happened();
    },
  },
  {
    name: "with a file that cannot be read",
    reach: async (bottleneck) => {
      await bottleneck.data.open(textFile("empty.csv", ""));
      await expect(bottleneck.notice).toContainText("empty.csv");
    },
  },
];

for (const { name, reach } of STATES) {
  test(`axe finds nothing wrong with the page ${name}, at any width, light and dark`, async ({ bottleneck }) => {
    const { page } = bottleneck;
    await bottleneck.open();
    await reach(bottleneck);
    await showAll(bottleneck);
    const undecided: Record<string, string[]> = {};
    for (const colorScheme of COLOR_SCHEMES) {
      await page.emulateMedia({ colorScheme });
      // Colours are the same at every width: what is scrolled out of sight in a narrow table is seen in a wide one.
      const right = new Set<string>();
      for (const width of WIDTHS) {
        const view = `${name}, ${width} pixels, ${colorScheme}`;
        await page.setViewportSize({ width, height: 900 });
        const found = await axe(page);
        expect.soft(found.violations, view).toEqual([]);
        for (const one of found.right) right.add(one);
        undecided[view] = found.undecided.filter((one) => !(isOfColors(one) && (right.has(one) || isJudged(one))));
        expect.soft(undecided[view], `undecided: ${view}`).toEqual([]);
        await picture(page, view);
      }
    }
    await keep(`axe-undecided-${name.replaceAll(/\W+/g, "-")}.json`, undecided);
  });
}

/** Has the browser lay out and paint what is far from the screen, too: axe cannot judge what is not painted. */
async function showAll({ page }: BottleneckPage) {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { content-visibility: visible !important; }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });
}

/** Opens every disclosure of the page. */
async function unfoldAll({ page }: BottleneckPage) {
  const folded = page.locator("details:not([open]) > summary:visible");
  while (await folded.count()) await folded.first().click();
}

/** For people to look at; a slow machine may get none of a page that changes all the time, which is no finding. */
async function picture(page: Page, view: string) {
  const path = join(folder, "pictures", `${view.replaceAll(/\W+/g, "-")}.png`);
  await page.screenshot({ path, fullPage: true }).catch(() => console.log(`no picture of the page ${view}`));
}

function isOfColors(undecided: string) {
  return undecided.startsWith("color-contrast: ");
}

function isJudged(undecided: string) {
  return JUDGED.some(({ what }) => what.test(undecided));
}
