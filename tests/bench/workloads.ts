import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { asDataset, decodePacked, type Dataset, type PackedPictures } from "../e2e/protocol_data";
import { firstArticle, secondArticle, type Recipe } from "../e2e/protocol_recipes";
import { Mt19937 } from "./mt19937";

const DATA = join(import.meta.dirname, "../../www/data");
/** A run that no bench comes to the end of. */
const ENDLESS_EPOCHS = 20_000;
/** Pictures of a turn of the convolutional network: two batches. */
const N_CONVOLVED = 128;

/** Some training that everyone does alike: the same network, weights, items and order. */
export interface Workload {
  /** For our worker. */
  recipe: Recipe;
  dataset: Dataset;
  /** For the peers: `n × input`, as our worker makes it of the data set. */
  items: Float32Array;
  n_items: number;
  /** As PyTorch stores and draws them, each layer's weights before its biases. */
  weights: Float32Array;
  /** The items' order in one epoch after the other. */
  nextOrder: () => number[];
}

/** 65-32-8-32-65 as in the first article; an epoch of all 1,797 digits. */
export function denseWorkload(): Workload {
  const digits = decodePacked(new Uint8Array(readFileSync(join(DATA, "digits.bin"))));
  const recipe: Recipe = { ...firstArticle({ epochs: ENDLESS_EPOCHS }), parts: "Everything" };
  const row = (picture: Uint8Array, idx: number) => [...asShares(picture, digits), digits.labels[idx] / 9];
  return workload(recipe, digits, Float32Array.from(digits.pictures.flatMap(row)));
}

/** The second article's convolutions; an epoch of 128 digits of 28 × 28 pixels. */
export function convolutionalWorkload(): Workload {
  const all = decodePacked(new Uint8Array(gunzipSync(readFileSync(join(DATA, "mnist.bin.gz")))));
  const digits = { ...all, pictures: all.pictures.slice(0, N_CONVOLVED), labels: all.labels.slice(0, N_CONVOLVED) };
  const recipe: Recipe = { ...secondArticle({ epochs: ENDLESS_EPOCHS }), parts: "Everything" };
  return workload(recipe, digits, Float32Array.from(digits.pictures.flatMap((picture) => asShares(picture, digits))));
}

export function nBatches({ recipe, n_items }: Workload) {
  return Math.ceil(n_items / recipe.training.batch_size);
}

function workload(recipe: Recipe, digits: PackedPictures, items: Float32Array): Workload {
  const n_items = digits.pictures.length;
  const generator = new Mt19937(recipe.training.seed);
  const weights = initialWeights(recipe, generator);
  return {
    recipe,
    dataset: asDataset(digits),
    items,
    n_items,
    weights,
    nextOrder: () => generator.epochOrder(n_items),
  };
}

function asShares(picture: Uint8Array, { levels }: PackedPictures) {
  return [...picture].map((level) => level / levels);
}

interface Size {
  isConvolution: boolean;
  fanIn: number;
  nParameters: number;
}

/** Drawn for convolutions first, then for dense layers, each from ±1/√(fan-in). */
function initialWeights({ architecture }: Recipe, generator: Mt19937) {
  const sizes = layerSizes(architecture);
  const drawn = new Map<Size, number[]>();
  for (const size of [...sizes].sort((one, other) => Number(other.isConvolution) - Number(one.isConvolution))) {
    const bound = Math.fround(1 / Math.sqrt(size.fanIn));
    drawn.set(size, Array.from({ length: size.nParameters }, () => generator.around(bound)));
  }
  return Float32Array.from(sizes.flatMap((size) => drawn.get(size) ?? []));
}

function layerSizes({ input, layers }: Recipe["architecture"]): Size[] {
  let { channels, height } = input;
  return layers.map(({ kind }) => {
    if ("Dense" in kind) {
      const fanIn = channels * height ** 2;
      [channels, height] = [kind.Dense.n_outputs, 1];
      return { isConvolution: false, fanIn, nParameters: (fanIn + 1) * channels };
    }
    const window = "Convolution" in kind ? kind.Convolution : "TransposedConvolution" in kind && kind.TransposedConvolution;
    if (!window) throw new Error("the bench knows no layer with drawn codes");
    const isForward = "Convolution" in kind;
    const { kernel, stride, padding, output_padding } = window;
    const nWeights = channels * window.channels * kernel ** 2;
    const fanIn = (isForward ? channels : window.channels) * kernel ** 2;
    height = isForward
      ? Math.floor((height + 2 * padding - kernel) / stride) + 1
      : (height - 1) * stride - 2 * padding + kernel + output_padding;
    channels = window.channels;
    return { isConvolution: true, fanIn, nParameters: nWeights + channels };
  });
}
