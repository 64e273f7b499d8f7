// One backend of TensorFlow.js in a worker of its own. The page asks, and gets one answer to each question.
const packages = new URL("./node_modules/@tensorflow/", location.href).href;
let network;

self.onmessage = async ({ data }) => {
  try {
    self.postMessage(data.prepare ? await prepare(data.prepare) : await network.turn(data.turn.order));
  } catch (error) {
    self.postMessage({ error: String(error.message ?? error) });
  }
};

async function prepare({ backend, style, ...workload }) {
  for (const part of ["core", `backend-${backend}`, "layers"]) {
    importScripts(`${packages}tfjs-${part}/dist/tf-${part}.es2017.min.js`);
  }
  if (backend === "wasm") tf.wasm.setWasmPaths(`${packages}tfjs-backend-wasm/dist/`);
  if (!(await tf.setBackend(backend))) throw new Error(`the backend ${backend} cannot be used here`);
  await tf.ready();
  network = style === "core" ? new CoreNetwork(workload) : new LayersNetwork(workload);
  return { ms: 0, losses: [] };
}

const ACTIVATIONS = { Identity: "linear", Relu: "relu", Tanh: "tanh", Sigmoid: "sigmoid" };
// PyTorch's; TensorFlow.js would choose a larger one where the GPU claims half precision.
const EPSILON = 1e-8;

function optimiser({ optimiser, learning_rate }) {
  if (optimiser === "Sgd") return tf.train.sgd(learning_rate);
  return tf.train.adam(learning_rate, 0.9, 0.999, EPSILON);
}

/** Every layer with its parameters, laid out as TensorFlow.js wants them. */
function layersOf({ recipe: { architecture }, weights }) {
  let { channels, height } = architecture.input;
  const isPicture = height > 1;
  let place = 0;
  const take = (shape) => {
    const size = shape.reduce((one, other) => one * other);
    place += size;
    return tf.tensor(weights.slice(place - size, place), shape);
  };
  return architecture.layers.map(({ kind, activation }) => {
    if (kind.Dense) {
      const nInputs = channels;
      channels = kind.Dense.n_outputs;
      const matrix = tf.transpose(take([channels, nInputs]));
      return { type: "dense", matrix, biases: take([channels]), activation, channels, isPicture };
    }
    const isForward = Boolean(kind.Convolution);
    const window = kind.Convolution ?? kind.TransposedConvolution;
    const { kernel, stride, padding, output_padding } = window;
    const maps = isForward ? [window.channels, channels] : [channels, window.channels];
    const matrix = tf.transpose(take([...maps, kernel, kernel]), [2, 3, 1, 0]);
    height = isForward
      ? Math.floor((height + 2 * padding - kernel) / stride) + 1
      : (height - 1) * stride - 2 * padding + kernel + output_padding;
    channels = window.channels;
    const type = isForward ? "convolution" : "transposed";
    return { type, matrix, biases: take([channels]), activation, channels, height, kernel, stride, padding };
  });
}

/** `n × input` for a dense network, `n × height × width × 1` for a convolutional one. */
function itemsOf({ recipe: { architecture }, items, n_items }) {
  const { channels, height, width } = architecture.input;
  return tf.tensor(items, height > 1 ? [n_items, height, width, channels] : [n_items, channels]);
}

/** A loop of one's own; it reads losses after every step of a convolutional network, else after the epoch. */
class CoreNetwork {
  constructor(workload) {
    const { training } = workload.recipe;
    this.training = training;
    this.readsEveryStep = training.optimiser === "Adam";
    this.items = itemsOf(workload);
    this.layers = layersOf(workload).map((layer) => ({
      ...layer,
      matrix: tf.variable(layer.matrix),
      biases: tf.variable(layer.biases),
    }));
    this.optimiser = optimiser(training);
  }

  async turn(order) {
    const started = performance.now();
    const shuffled = tf.tidy(() => tf.gather(this.items, tf.tensor1d(order, "int32")));
    const [losses, kept] = [[], []];
    for (let start = 0; start < order.length; start += this.training.batch_size) {
      const loss = this.step(shuffled, start, Math.min(this.training.batch_size, order.length - start));
      if (this.readsEveryStep) losses.push((await loss.data())[0]);
      kept.push(loss);
    }
    if (!this.readsEveryStep) losses.push(...(await tf.tidy(() => tf.stack(kept)).data()));
    const ms = performance.now() - started;
    tf.dispose([shuffled, ...kept]);
    return { ms, losses };
  }

  step(shuffled, start, size) {
    return tf.tidy(() => {
      const batch = tf.slice(shuffled, start, size);
      const meanSquare = () => tf.losses.meanSquaredError(batch, this.forward(batch));
      const decay = this.training.weight_decay;
      if (decay === 0) return this.optimiser.minimize(meanSquare, true);
      const { value, grads } = this.optimiser.computeGradients(meanSquare);
      const variables = this.layers.flatMap(({ matrix, biases }) => [matrix, biases]);
      for (const variable of variables) {
        grads[variable.name] = tf.add(grads[variable.name], tf.mul(variable, decay));
      }
      this.optimiser.applyGradients(grads);
      return value;
    });
  }

  forward(input) {
    const size = input.shape[0];
    return this.layers.reduce((values, layer) => {
      const sums = tf.add(this.sums(values, layer, size), layer.biases);
      return layer.activation === "Identity" ? sums : tf[ACTIVATIONS[layer.activation]](sums);
    }, input);
  }

  sums(values, { type, matrix, channels, height, stride, padding }, size) {
    if (type === "dense") return tf.matMul(values.rank === 2 ? values : tf.reshape(values, [size, -1]), matrix);
    if (type === "convolution") return tf.conv2d(values, matrix, stride, padding);
    const maps = values.rank === 4 ? values : tf.reshape(values, [size, 1, 1, -1]);
    return tf.conv2dTranspose(maps, matrix, [size, height, height, channels], stride, padding);
  }
}

/**
 * The same with `tf.layers`. Their padding of a stride lies at the other end than PyTorch's, so the pictures and the
 * kernels are turned by 180°: the sums, and the losses, are then the same.
 */
class LayersNetwork {
  constructor(workload) {
    const { architecture, training } = workload.recipe;
    this.training = training;
    this.isPicture = architecture.input.height > 1;
    const items = itemsOf(workload);
    this.items = this.isPicture ? tf.reverse(items, [1, 2]) : items;
    this.model = tf.sequential();
    const shape = this.items.shape.slice(1);
    layersOf(workload).forEach((layer, idx) => this.add(layer, idx === 0 ? { inputShape: shape } : {}));
    const compiled = { optimizer: optimiser(training), loss: "meanSquaredError" };
    // With weight decay the loss has a term more, which the metric has not.
    this.model.compile(training.weight_decay > 0 ? { ...compiled, metrics: ["mse"] } : compiled);
  }

  add({ type, matrix, biases, activation, channels, kernel, stride, padding }, first) {
    const decay = this.training.weight_decay;
    const regularizer = () => (decay > 0 ? tf.regularizers.l2({ l2: decay / 2 }) : undefined);
    const common = {
      ...first,
      activation: ACTIVATIONS[activation],
      kernelRegularizer: regularizer(),
      biasRegularizer: regularizer(),
    };
    const window = { filters: channels, kernelSize: kernel, strides: stride, padding: padding > 0 ? "same" : "valid" };
    const shape = this.model.layers.length > 0 ? this.model.outputs[0].shape : [];
    if (type === "dense" && shape.length === 4) this.model.add(tf.layers.flatten());
    if (type === "transposed" && shape.length === 2) {
      this.model.add(tf.layers.reshape({ targetShape: [1, 1, shape[1]] }));
    }
    const make = { dense: tf.layers.dense, convolution: tf.layers.conv2d, transposed: tf.layers.conv2dTranspose }[type];
    const layer = make(type === "dense" ? { ...common, units: channels } : { ...common, ...window });
    this.model.add(layer);
    layer.setWeights([type === "dense" ? matrix : tf.reverse(matrix, [0, 1]), biases]);
  }

  turn(order) {
    return this.training.optimiser === "Adam" ? this.stepByStep(order) : this.fit();
  }

  /** An epoch in an order of its own. */
  async fit() {
    const started = performance.now();
    const { history } = await this.model.fit(this.items, this.items, {
      batchSize: this.training.batch_size,
      epochs: 1,
      shuffle: true,
      verbose: 0,
      yieldEvery: "never",
    });
    return { ms: performance.now() - started, losses: history.loss };
  }

  async stepByStep(order) {
    const started = performance.now();
    const shuffled = tf.tidy(() => tf.gather(this.items, tf.tensor1d(order, "int32")));
    const losses = [];
    for (let start = 0; start < order.length; start += this.training.batch_size) {
      const batch = tf.slice(shuffled, start, Math.min(this.training.batch_size, order.length - start));
      const [, meanSquare] = await this.model.trainOnBatch(batch, batch);
      losses.push(meanSquare);
      batch.dispose();
    }
    const ms = performance.now() - started;
    shuffled.dispose();
    return { ms, losses };
  }
}
