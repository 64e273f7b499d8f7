import { expect, test } from "./bottleneck_page";

test("what a run shows about its threshold can be seen at one button", async ({ bottleneck }) => {
  await bottleneck.open();
  const lesson = bottleneck.page.getByRole("listitem").filter({ hasText: /line flags \d+ % of the test digits/ });
  await lesson.getByRole("button", { name: "Show me: that threshold" }).click();
  await expect(bottleneck.page.getByRole("radio", { name: "Mean + deviation of batch losses" })).toBeChecked();
  // The figure of the lesson is that of the rule.
  const ofLesson = Number(/flags (\d+) %/.exec((await lesson.textContent()) ?? "")?.[1]);
  const rule = bottleneck.page.getByRole("group", { name: "Rule at work" });
  const ofRule = Number(/of the 360 test digits, ([\d.]+) %/.exec((await rule.textContent()) ?? "")?.[1]);
  expect(Math.round(ofRule)).toBe(ofLesson);
});

test("what an evaluation shows about its tests can be seen at one button", async ({ bottleneck }) => {
  await bottleneck.open();
  const quarterTurn = bottleneck.page.getByRole("listitem").filter({ hasText: "A quarter turn is an easy test" });
  await expect(quarterTurn).toHaveCount(0);
  await bottleneck.page.getByRole("button", { name: "Evaluate", exact: true }).click();
  await quarterTurn.getByRole("button", { name: /^Show me: the digit turned/ }).click();
  await expect(bottleneck.rotation).toHaveValue("90");
  await expect.poll(() => bottleneck.verdictWord()).toBe("Anomaly");
});

test("a network that was taught nothing of noise is said to take it for ink", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.page.getByRole("slider", { name: "Noise", exact: true }).fill("0.1");
  const lesson = bottleneck.page.getByRole("listitem").filter({ hasText: "A bottleneck alone does not denoise" });
  await expect(lesson).toBeVisible();
  await lesson.getByRole("button", { name: /^Show me:/ }).click();
  await expect(bottleneck.recipe.locator("option:checked")).toHaveText(/taking noise off/i);
});
