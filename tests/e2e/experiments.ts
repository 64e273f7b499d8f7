import type { BottleneckPage } from "./bottleneck_page";
import { asDataset, fetchDigits, spots, staff, type Dataset } from "./protocol_data";
import { firstArticle, fourthArticle, secondArticle, thirdArticle, variational, wellTrained, type Recipe } from "./protocol_recipes";

/** A short run of a kind of network, to be repeated. */
export interface Experiment {
  name: string;
  dataset: (bottleneck: BottleneckPage) => Promise<Dataset>;
  recipe: (seed: number) => Recipe;
  /** Items that are learned from, in batches: so many losses an epoch. */
  n_batches: number;
}

export const digits = async ({ page }: BottleneckPage) => asDataset(await fetchDigits(page));

/** One for each kind of network that the page trains. */
export const EXPERIMENTS: Experiment[] = [
  { name: "the well-trained recipe", dataset: digits, recipe: (seed) => wellTrained({ seed }), n_batches: 68 },
  { name: "the first article's recipe", dataset: digits, recipe: (seed) => firstArticle({ seed }), n_batches: 108 },
  {
    name: "convolutions",
    dataset: async () => asDataset(spots(92)),
    recipe: (seed) => secondArticle({ seed, batch_size: 16, epochs: 2 }),
    n_batches: 4,
  },
  {
    name: "linear layers without the last batch",
    dataset: digits,
    recipe: (seed) => thirdArticle({ seed }),
    n_batches: 33,
  },
  {
    name: "rows of a table with noise",
    dataset: async () => staff(40),
    recipe: (seed) => fourthArticle({ seed, noise: 0.1 }),
    n_batches: 3,
  },
  { name: "a code that is drawn", dataset: digits, recipe: (seed) => variational({ seed }), n_batches: 68 },
];
