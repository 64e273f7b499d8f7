import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

interface Finding {
  id: string;
  help: string;
  nodes: { target: unknown[] }[];
}

/**
 * What axe finds wrong, in words; what it leaves to people to decide, and what it finds right: a rule and an element.
 * Seen from the top of the page: axe holds against a control what happens to lie under the bar that stays in sight.
 */
export async function axe(page: Page, within = "html") {
  await page.evaluate(() => window.scrollTo(0, 0));
  const { violations, incomplete, passes } = await new AxeBuilder({ page }).include(within).withTags(TAGS).analyze();
  return { violations: violations.map(inWords), undecided: incomplete.flatMap(elements), right: passes.flatMap(elements) };
}

function elements({ id, nodes }: Finding) {
  return nodes.map(({ target }) => `${id}: ${target.join(" ")}`);
}

function inWords({ id, help, nodes }: Finding) {
  return `${id}: ${help} (${nodes.map(({ target }) => target.join(" ")).join(", ")})`;
}
