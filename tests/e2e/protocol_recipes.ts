import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Window {
  channels: number;
  kernel: number;
  stride: number;
  padding: number;
  output_padding: number;
}

interface Layer {
  kind:
    | { Dense: { n_outputs: number } }
    | { Convolution: Window }
    | { TransposedConvolution: Window }
    | { Variational: { n_outputs: number; beta: number } };
}

/** The settings of a recipe's training that tests change. */
interface Training {
  batch_size: number;
  epochs: number;
  seed: number;
  noise: number;
}

/** What a trainer is asked to train, as far as tests look into it; the names are those of the protocol. */
export interface Recipe {
  parts: "ThreeOneOne" | "SevenOneTwo" | "Everything";
  architecture: { input: { channels: number; height: number; width: number }; layers: Layer[] };
  training: Training;
}

/** How the program lists a recipe. */
interface NamedRecipe {
  key: string;
  recipe: Recipe;
}

const PROJECT = join(import.meta.dirname, "../..");
/** So few that a test is soon done. */
const FEW_EPOCHS = 5;

const RECIPES: NamedRecipe[] = JSON.parse(printedByTheProgram());

export function wellTrained(changes: Partial<Training> = {}) {
  return recipe("well-trained", changes);
}

export function firstArticle(changes: Partial<Training> = {}) {
  return recipe("uci-digits", changes);
}

/** Convolutions down to a code of 20 and back, for pictures of 28 × 28 pixels. */
export function secondArticle(changes: Partial<Training> = {}) {
  return recipe("mnist-conv", changes);
}

/** Layers by powers of two, all of them linear. */
export function thirdArticle(changes: Partial<Training> = {}) {
  return recipe("deep-fit-predict", changes);
}

/** Nine values of a table's row through a code of two. */
export function fourthArticle(changes: Partial<Training> = {}) {
  return recipe("employees", changes);
}

/** Convolutions along curves of 140 samples. */
export function heartbeats(changes: Partial<Training> = {}) {
  return recipe("heartbeats-conv", changes);
}

/** Digits through a code that is drawn while the network learns. */
export function variational(changes: Partial<Training> = {}) {
  return recipe("vae", changes);
}

function recipe(key: string, changes: Partial<Training>): Recipe {
  const named = RECIPES.find((it) => it.key === key);
  if (!named) throw new Error(`the program has no recipe "${key}", only ${RECIPES.map((it) => it.key).join(", ")}`);
  const training = { ...named.recipe.training, epochs: FEW_EPOCHS, ...changes };
  return { ...named.recipe, training };
}

/** `cargo xtask test` has the program print its recipes and says where; run by hand, the tests ask it themselves. */
function printedByTheProgram() {
  const given = process.env.BOTTLENECK_RECIPES;
  if (given) return readFileSync(given, "utf8");
  return execFileSync("cargo", ["run", "--quiet", "--example", "recipes"], { cwd: PROJECT, encoding: "utf8" });
}
