import { expect, test } from "./bottleneck_page";
import { asDataset, spots } from "./protocol_data";
import { secondArticle } from "./protocol_recipes";
import { trainInWorker, type Help } from "./trainer_client";

const DATASET = asDataset(spots(600));
const RECIPE = secondArticle({ seed: 7, epochs: 4 });

test("workers that share a step learn what one learns alone, to the last bit, also when one dies", async ({ bottleneck }) => {
  await bottleneck.page.goto("./");
  const train = (help: Help) => trainInWorker(bottleneck.page, "cpu_worker", DATASET, RECIPE, "Go", help);
  const alone = await train({ assistants: 0 });
  expect(alone.losses).toHaveLength(RECIPE.training.epochs);
  const two = await train({ assistants: 1 });
  expect(two.workers).toBe(2);
  expect(two.losses).toEqual(alone.losses);
  const four = await train({ assistants: 3, dies: true });
  expect(four.workers).toBe(4);
  expect(four.losses).toEqual(alone.losses);
});

test("the number of workers is shown, and changes at once", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.choose("Convolutions as published (article 2)");
  const workers = bottleneck.page.getByLabel("Workers for large networks");
  await workers.selectOption("2");
  await bottleneck.train.click();
  await expect(bottleneck.engineAtWork).toContainText("CPU, 2 workers");
  await workers.selectOption("1");
  await expect(bottleneck.engineAtWork).not.toContainText("workers");
  await bottleneck.pause.click();
  await expect(bottleneck.training).toContainText("Paused after epoch");
});
