import { expect, test } from "./bottleneck_page";
import { digits, EXPERIMENTS } from "./experiments";
import { wellTrained } from "./protocol_recipes";
import { trainInWorker } from "./trainer_client";

for (const { name, dataset, recipe, n_batches } of EXPERIMENTS) {
  test(`the same seed gives the same losses to the last bit with ${name}`, async ({ bottleneck }) => {
    await bottleneck.page.goto("./");
    const items = await dataset(bottleneck);
    const first = await trainInWorker(bottleneck.page, "cpu_worker", items, recipe(7));
    const second = await trainInWorker(bottleneck.page, "cpu_worker", items, recipe(7));
    const other = await trainInWorker(bottleneck.page, "cpu_worker", items, recipe(8));
    const resumed = await trainInWorker(bottleneck.page, "cpu_worker", items, recipe(7), "Resume");
    expect(first.losses).toHaveLength(recipe(7).training.epochs);
    expect(first.losses.map(({ batch_losses }) => batch_losses.length)).toEqual(first.losses.map(() => n_batches));
    expect(second.losses).toEqual(first.losses);
    expect(resumed.losses, "by runs that each go on from the last one").toEqual(first.losses);
    expect(other.losses[0].batch_losses[0]).not.toBe(first.losses[0].batch_losses[0]);
  });
}

test("a run of single steps learns what a run in one go learns", async ({ bottleneck }) => {
  await bottleneck.page.goto("./");
  const items = await digits(bottleneck);
  const inOneGo = await trainInWorker(bottleneck.page, "cpu_worker", items, wellTrained(), "Go");
  const inSteps = await trainInWorker(bottleneck.page, "cpu_worker", items, wellTrained(), "Step");
  expect(inSteps.losses).toEqual(inOneGo.losses);
});

test("a run that is trained again after Reset gives the same losses on the page", async ({ bottleneck }) => {
  await bottleneck.open();
  const runs: (string | null)[] = [];
  for (let run = 0; run < 2; run += 1) {
    await bottleneck.reset.click();
    await expect(bottleneck.training).toContainText("Fresh weights");
    await bottleneck.step.click();
    await expect(bottleneck.training).toContainText("Paused after epoch 1 of 150.");
    runs.push(await bottleneck.lossCurve.getAttribute("aria-label"));
  }
  expect(runs[0]).toContain("after epoch 1");
  expect(runs[1]).toBe(runs[0]);
});
