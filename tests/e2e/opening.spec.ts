import { ANY_VERDICT, expect, test } from "./bottleneck_page";

test("the page judges an example before anything is trained, and says whose model that is", async ({ bottleneck }) => {
  await bottleneck.open();
  await expect(bottleneck.training).toContainText(/this model came with the page/i);
  await expect(bottleneck.verdict).toContainText(/Error [\d.]+ is (above|below) the threshold [\d.]+/);
  await expect(bottleneck.page.getByText(/^Example: an? \d\. Draw to replace it/)).toBeVisible();
  await expect(bottleneck.lossCurve).toHaveAccessibleName("Loss curve: no epoch has been trained yet.");
  expect(await bottleneck.error()).toBeGreaterThan(0);
});

test("Clear takes the verdict away and says what to do", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.clear.click();
  await expect(bottleneck.verdict).toContainText("No verdict yet");
  await expect(bottleneck.verdict).toContainText("Draw a digit");
  await expect(bottleneck.verdict).not.toContainText(ANY_VERDICT);
  await expect(bottleneck.errorMeter).toHaveAttribute("aria-valuetext", "none yet");
});

test("Example lays another digit of the data on the bench each time", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.clear.click();
  const caption = bottleneck.page.getByText(/^Item \d+ of the data, an? \d$/);
  const shown = new Set<string | null>();
  for (let round = 0; round < 3; round += 1) {
    await bottleneck.example.click();
    await bottleneck.hasVerdict();
    shown.add(await caption.textContent());
  }
  expect(shown.size).toBe(3);
});

test("most of the data's own digits are normal to the model that came with the page", async ({ bottleneck }) => {
  await bottleneck.open();
  const words: (string | undefined)[] = [];
  for (let round = 0; round < 10; round += 1) {
    const before = await bottleneck.error();
    await bottleneck.example.click();
    await expect.poll(() => bottleneck.error()).not.toBe(before);
    words.push(await bottleneck.verdictWord());
  }
  expect(words.filter((word) => word === "Normal").length).toBeGreaterThanOrEqual(8);
});
