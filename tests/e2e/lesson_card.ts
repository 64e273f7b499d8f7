import { expect, type Locator, type Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The lesson at hand, and the list of lessons. */
export class LessonCard {
  readonly region: Locator;
  readonly heading: Locator;
  readonly next: Locator;
  readonly skip: Locator;
  readonly back: Locator;
  readonly leave: Locator;
  readonly setUpAgain: Locator;
  readonly goTo: Locator;
  readonly choices: Locator;
  readonly tasks: Locator;
  readonly opener: Locator;
  readonly list: Locator;
  /** A picture on top of the page, which no reader hears of. */
  readonly marker: Locator;

  constructor(readonly page: Page) {
    this.region = page.getByRole("region", { name: "Lesson", exact: true });
    const button = (name: string | RegExp) => this.region.getByRole("button", { name, exact: true });
    this.heading = this.region.getByRole("heading", { level: 2 });
    this.next = button("Next");
    this.skip = button("Skip");
    this.back = button("Back");
    this.leave = button("Leave the lesson");
    this.setUpAgain = button("Set it up again");
    this.goTo = button(/^Go to “/);
    this.choices = this.region.getByRole("radio");
    this.tasks = this.region.getByRole("list", { name: "What to do" }).getByRole("listitem");
    this.opener = page.getByRole("button", { name: "Lessons", exact: true });
    this.list = page.getByRole("dialog", { name: "Lessons" });
    this.marker = page.locator(".lesson-marker");
  }

  async open(title: string) {
    await this.opener.click();
    await this.list.getByRole("button", { name: title }).click();
    await expect(this.region).toContainText(title);
  }

  async isOnPage(page: number, ofPages: number) {
    await expect(this.region).toContainText(`Page ${page} of ${ofPages}`);
  }

  /** What happened, once everything is done and every figure is known. */
  async happened(timeout = 60_000) {
    const happened = this.region.getByRole("heading", { name: "What happened" });
    await expect(happened).toBeVisible({ timeout });
    await expect(this.region, "a figure stays unknown").not.toContainText("…", { timeout });
    return (await this.region.textContent()) ?? "";
  }
}

/** The headings of a lesson in www/lessons, page by page, with what each asks and whether it points somewhere. */
export function pagesOf(slug: string) {
  const text = readFileSync(join(import.meta.dirname, "../../www/lessons", `${slug}.txt`), "utf8");
  const [, ...pages] = text.split(/^## /m);
  return pages.map((page) => ({
    heading: page.split("\n")[0],
    choices: [...page.matchAll(/^- (.*)$/gm)].map((match) => match[1]),
    point: /^point: (.*)$/m.exec(page)?.[1],
    hasTasks: /^do: /m.test(page),
    hasReveal: /^reveal: /m.test(page),
  }));
}
