type Activation = "Identity" | "Relu" | "Tanh" | "Sigmoid";

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
  activation: Activation;
  dropout: number;
}

interface Training {
  optimiser: "Sgd" | "Adam";
  learning_rate: number;
  schedule: "Constant" | "Cosine";
  batch_size: number;
  drops_last_batch: boolean;
  epochs: number;
  seed: number;
  loss: "MeanSquared" | "SummedSquared";
  weight_decay: number;
  noise: number;
}

/** What a trainer is asked to train; the names are those of the protocol. */
export interface Recipe {
  label_input: boolean;
  parts: "ThreeOneOne" | "SevenOneTwo" | "Everything";
  normality: { anomalous_classes: number[]; contamination: number };
  architecture: {
    input: { channels: number; height: number; width: number };
    layers: Layer[];
    initialisation: "Uniform" | "XavierUniform" | { UniformAroundDiscarded: { hidden_size: number } };
  };
  training: Training;
  measure: "MeanSquared" | "SummedAbsolute";
}

export function wellTrained(changes: Partial<Training> = {}): Recipe {
  const training = { learning_rate: 0.005, schedule: "Cosine", ...changes } as const;
  return recipe(dense([64, 32, 8, 32, 64], "Tanh", "Sigmoid"), training);
}

export function firstArticle(changes: Partial<Training> = {}): Recipe {
  const training = { optimiser: "Sgd", learning_rate: 0.005, batch_size: 10, ...changes } as const;
  return { ...recipe(dense([65, 32, 8, 32, 65], "Tanh", "Sigmoid"), training), label_input: true };
}

/** Convolutions down to a code of 20 and back, for pictures of 28 × 28 pixels. */
export function secondArticle(changes: Partial<Training> = {}): Recipe {
  const window = (channels: number, kernel: number, stride: number, padding: number, output_padding = 0) => ({
    channels,
    kernel,
    stride,
    padding,
    output_padding,
  });
  const layers = [
    layer({ Convolution: window(16, 3, 2, 1) }, "Relu"),
    layer({ Convolution: window(32, 3, 2, 1) }, "Relu"),
    layer({ Convolution: window(64, 7, 1, 0) }, "Identity"),
    layer({ Dense: { n_outputs: 20 } }, "Identity"),
    layer({ Dense: { n_outputs: 64 } }, "Identity"),
    layer({ TransposedConvolution: window(32, 7, 1, 0) }, "Relu"),
    layer({ TransposedConvolution: window(16, 3, 2, 1, 1) }, "Relu"),
    layer({ TransposedConvolution: window(1, 3, 2, 1, 1) }, "Sigmoid"),
  ];
  const input = { channels: 1, height: 28, width: 28 };
  const training = { learning_rate: 1e-3, batch_size: 64, seed: 42, weight_decay: 1e-5, ...changes };
  return { ...recipe({ input, layers, initialisation: "Uniform" }, training), parts: "SevenOneTwo" };
}

/** Layers by powers of two, all of them linear. */
export function thirdArticle(changes: Partial<Training> = {}): Recipe {
  const architecture = dense([64, 32, 16, 8, 16, 32, 64], "Identity", "Identity");
  const initialisation = { UniformAroundDiscarded: { hidden_size: 8 } };
  const training = { learning_rate: 0.01, loss: "SummedSquared", drops_last_batch: true, ...changes } as const;
  return { ...recipe({ ...architecture, initialisation }, training), measure: "SummedAbsolute" };
}

/** Nine values of a table's row through a code of two. */
export function fourthArticle(changes: Partial<Training> = {}): Recipe {
  const architecture = dense([9, 4, 2, 4, 9], "Tanh", "Identity");
  const training = { learning_rate: 0.005, batch_size: 10, ...changes };
  return recipe({ ...architecture, initialisation: "XavierUniform" }, training);
}

/** Digits through a code that is drawn while the network learns. */
export function variational(changes: Partial<Training> = {}): Recipe {
  const architecture = dense([64, 32, 8, 32, 64], "Tanh", "Sigmoid");
  architecture.layers[1] = layer({ Variational: { n_outputs: 8, beta: 0.125 } }, "Identity");
  return recipe(architecture, changes);
}

function layer(kind: Layer["kind"], activation: Activation): Layer {
  return { kind, activation, dropout: 0 };
}

function dense([n_inputs, ...sizes]: number[], hidden: Activation, output: Activation): Recipe["architecture"] {
  const last = sizes.length - 1;
  const layers = sizes.map((n_outputs, idx) => layer({ Dense: { n_outputs } }, idx === last ? output : hidden));
  return { input: { channels: n_inputs, height: 1, width: 1 }, layers, initialisation: "Uniform" };
}

function recipe(architecture: Recipe["architecture"], changes: Partial<Training>): Recipe {
  const training: Training = {
    optimiser: "Adam",
    learning_rate: 0.005,
    schedule: "Constant",
    batch_size: 32,
    drops_last_batch: false,
    epochs: 5,
    seed: 1,
    loss: "MeanSquared",
    weight_decay: 0,
    noise: 0,
    ...changes,
  };
  const normality = { anomalous_classes: [], contamination: 0 };
  return { label_input: false, parts: "ThreeOneOne", normality, architecture, training, measure: "MeanSquared" };
}
