import { expect, test, type BottleneckPage } from "./bottleneck_page";

test("the article's network is said to be worse than the mean item, and the variant is better", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.choose("A network that learns little (article 1)");
  const panel = worth(bottleneck);
  await expect(panel).toContainText(/does (worse than|hardly better than) always guessing the average of the training digits/);
  await expect(panel).toContainText("Measured on 360 held-out digits.");
  const article = await errors(bottleneck);
  expect(article.network).toBeGreaterThan(0.9 * article.meanItem);

  await panel.getByRole("button", { name: "Compare with: The same network, trained well (article 1)" }).click();
  await expect(bottleneck.chosen(bottleneck.recipe)).toHaveText("The same network, trained well (article 1)");
  await expect(panel).toContainText(/Its error is [\d.]+ times smaller than that of always guessing the average/);
  const variant = await errors(bottleneck);
  expect(variant.meanItem).toBe(article.meanItem);
  expect(variant.network).toBeLessThan(article.network / 3);
  await panel.getByRole("button", { name: "Compare with: A network that learns little (article 1)" }).click();
  await expect.poll(() => errors(bottleneck)).toEqual(article);
});

test("fresh weights are no better than chance", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.reset.click();
  await expect(worth(bottleneck)).toContainText("This network has learned nothing yet");
});

test("what the network has learned is measured while it goes on learning, convolutions too", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.choose("Convolutions as published (article 2)");
  await bottleneck.set("Epochs", 1_000);
  await bottleneck.train.click();
  const measured = new Set<number>();
  const n_measurements = async () => {
    const { network } = await errors(bottleneck);
    return measured.add(network).size;
  };
  await expect.poll(n_measurements, { timeout: 90_000 }).toBeGreaterThan(3);
  await expect(bottleneck.pause).toBeVisible();
});

function worth({ page }: BottleneckPage) {
  return page.getByRole("region", { name: "Has it learned anything?" });
}

/** The mean errors of the network and of the mean item. */
async function errors(bottleneck: BottleneckPage) {
  const bars = worth(bottleneck).getByRole("img", { name: /^Compared with always guessing the average/ });
  const name = (await bars.getAttribute("aria-label")) ?? "";
  const [, network, meanItem] = /network is ([\d.]+), that of the average ([\d.]+)\./.exec(name) ?? [];
  return { network: Number(network), meanItem: Number(meanItem) };
}
