import { expect, SEVEN, test } from "./bottleneck_page";

const FIRST_ARTICLE = "A network that learns little (article 1)";
const WELL_TRAINED = "Small digits, 8 × 8";

test("the first article's recipe reads the label too, and says how a drawing without one is scored", async ({ bottleneck }) => {
  await bottleneck.open();
  await expect(bottleneck.page.getByText("64 – 32 – 8 – 32 – 64")).toBeVisible();
  await bottleneck.recipe.selectOption({ label: FIRST_ARTICLE });
  await expect(bottleneck.page.getByText("65 – 32 – 8 – 32 – 65")).toBeVisible();
  await bottleneck.isJudged();
  await expect(bottleneck.page.getByText(/the item is known to be an? \d/)).toBeVisible();

  await bottleneck.draw(SEVEN);
  await expect(bottleneck.page.getByText(/all 10 were tried, and \d gave the smallest error/)).toBeVisible();

  await bottleneck.recipe.selectOption({ label: WELL_TRAINED });
  await expect(bottleneck.page.getByText("64 – 32 – 8 – 32 – 64")).toBeVisible();
  await bottleneck.isJudged();
  await expect(bottleneck.page.getByText(/all 10 were tried/)).toBeHidden();
});

test("what was trained with one recipe is still there after a visit to another", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.step.click();
  await expect(bottleneck.training).toContainText("Paused after epoch 1 of 150.");
  await bottleneck.step.click();
  await expect(bottleneck.training).toContainText("Paused after epoch 2 of 150.");
  const losses = await bottleneck.lossCurve.getAttribute("aria-label");

  await bottleneck.recipe.selectOption({ label: FIRST_ARTICLE });
  await expect(bottleneck.lossCurve).toHaveAccessibleName("Loss curve: no epoch has been trained yet.");
  await bottleneck.step.click();
  await expect(bottleneck.training).toContainText("Paused after epoch 1 of 100.");
  const articleLosses = await bottleneck.lossCurve.getAttribute("aria-label");
  expect(articleLosses).not.toBe(losses);

  await bottleneck.recipe.selectOption({ label: WELL_TRAINED });
  await expect(bottleneck.training).toContainText("Paused after epoch 2 of 150.");
  await expect(bottleneck.lossCurve).toHaveAccessibleName(losses ?? "");
  await bottleneck.recipe.selectOption({ label: FIRST_ARTICLE });
  await expect(bottleneck.lossCurve).toHaveAccessibleName(articleLosses ?? "");
});

test("a recipe that is left in mid-training waits paused", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.trainEndlessly();
  const epoch = await bottleneck.epoch();
  await bottleneck.recipe.selectOption({ label: FIRST_ARTICLE });
  await expect(bottleneck.train).toBeEnabled();
  await bottleneck.recipe.selectOption({ label: WELL_TRAINED });
  await expect(bottleneck.training).toContainText("Paused after epoch");
  expect(await bottleneck.epoch()).toBeGreaterThanOrEqual(epoch);
  await bottleneck.isJudged();
  await bottleneck.train.click();
  await bottleneck.reachesEpoch(epoch + 3);
});
