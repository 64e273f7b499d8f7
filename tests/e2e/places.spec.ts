import { expect, test, type BottleneckPage } from "./bottleneck_page";

test("the bar of contents leads to each question, by an address of its own", async ({ bottleneck }) => {
  await bottleneck.open();
  const { page } = bottleneck;
  const links = contents(bottleneck).getByRole("link");
  await expect(links).toHaveCount(8);
  for (const link of await links.all()) {
    const question = await link.getAttribute("title");
    await link.click();
    const heading = page.getByRole("heading", { level: 2, name: question ?? "", exact: true });
    await expect(heading).toBeInViewport();
    await expect(heading).toBeFocused();
    await expect(link).toHaveAttribute("aria-current", "location");
  }
  await expect(page).toHaveURL(/[#&]at=runs$/);
});

test("a link leads to the place that it names", async ({ bottleneck }) => {
  await bottleneck.page.goto("./#at=threshold");
  await bottleneck.hasVerdict();
  await expect(bottleneck.page.getByRole("heading", { name: "Where should the threshold be?" })).toBeInViewport();
  await expect(bottleneck.thresholdAtHand).toBeInViewport();
});

test("the verdict stays in sight below the first screen, and leads back to it", async ({ bottleneck }) => {
  await bottleneck.open();
  const small = contents(bottleneck).getByRole("button", { name: /^Normal|^Anomaly/ });
  await expect(small).toBeHidden();
  await contents(bottleneck).getByRole("link", { name: "Code" }).click();
  await expect(small).toBeInViewport();
  expect(await small.textContent()).toContain((await bottleneck.verdictWord()) ?? "a verdict");
  await small.click();
  await expect(bottleneck.drawing).toBeInViewport();
  await expect(bottleneck.page).not.toHaveURL(/at=/);
});

test("a network that has learned nothing gives no verdict, and every place says what to do", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.reset.click();
  await expect(bottleneck.verdict).toContainText("No verdict yet");
  await expect(bottleneck.verdict).toContainText("This network has learned nothing");
  const evidence = bottleneck.page.getByRole("region", { name: "Can I believe it?" });
  await expect(evidence).toContainText("This network has learned nothing, so what stands here is chance.");
  await bottleneck.step.click();
  await bottleneck.hasVerdict();
  await expect(evidence).not.toContainText("has learned nothing, so");
});

test("a table has the questions that fit rows", async ({ bottleneck }) => {
  await bottleneck.page.goto("./#recipe=employees");
  await bottleneck.hasVerdict();
  await expect(contents(bottleneck).getByRole("link")).toHaveText(["Odd ones", "Threshold", "Code", "Evidence", "Network", "Runs"]);
  await expect(bottleneck.page.getByRole("heading", { name: "Which rows are odd?" })).toBeVisible();
});

test("a verdict that hangs by little says so", async ({ bottleneck }) => {
  await bottleneck.open();
  const error = await bottleneck.settledError();
  // A threshold just above the error, among the normal digits' errors.
  await bottleneck.thresholdValue.fill((error * 1.02).toFixed(6));
  await bottleneck.thresholdValue.press("Enter");
  await expect(bottleneck.verdict).toContainText("Normal");
  await expect(bottleneck.verdict).toContainText("but close");
  await bottleneck.thresholdValue.fill("0.5");
  await bottleneck.thresholdValue.press("Enter");
  await expect(bottleneck.verdict).not.toContainText("close");
});

function contents({ page }: BottleneckPage) {
  return page.getByRole("navigation", { name: "Contents" });
}
