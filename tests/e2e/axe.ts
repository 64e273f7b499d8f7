import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

interface Finding {
  id: string;
  help: string;
  nodes: { target: unknown[] }[];
}

/** What axe finds wrong, in words, and what it leaves to people to decide, each as a rule and an element. */
export async function axe(page: Page, within = "html") {
  const { violations, incomplete } = await new AxeBuilder({ page }).include(within).withTags(TAGS).analyze();
  const undecided = incomplete.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
  return { violations: violations.map(inWords), undecided };
}

function inWords({ id, help, nodes }: Finding) {
  return `${id}: ${help} (${nodes.map(({ target }) => target.join(" ")).join(", ")})`;
}
