//! A mirrored network as one of its halves: the decoder follows from the encoder.

use super::widths::between;
use super::windows::{
    as_maps, as_row, check, closing_over, first_over, further_over, input_under, padding_of, rest,
};
use super::{Edit, NewLayer, Problem};
use crate::autoencoder::{
    Activation, Architecture, Initialisation, Layer, LayerKind, Shape, Window,
};

/// A mirrored network as its encoder, and what the decoder has of its own.
pub(super) struct Halves {
    input: Shape,
    /// From the input to the code.
    encoder: Vec<Step>,
    /// What the decoder's layers do with their sums, from the one behind the code to the output.
    finishes: Vec<Finish>,
    initialisation: Initialisation,
}

/// A layer of the encoder.
#[derive(Clone, Copy)]
struct Step {
    kind: StepKind,
    finish: Finish,
}

/// What a layer of the encoder computes. Sums of all values are a dense layer behind a plain row, and behind maps a window
/// that covers them, since that one can be taken back to maps.
#[derive(Clone, Copy, PartialEq)]
enum StepKind {
    All { n_outputs: usize },
    Drawn { n_outputs: usize, beta: f32 },
    Window(Window),
}

#[derive(Clone, Copy)]
struct Finish {
    activation: Activation,
    dropout: f32,
}

impl Finish {
    fn of(layer: &Layer) -> Self {
        Self {
            activation: layer.activation,
            dropout: layer.dropout,
        }
    }
}

/// The same network with the encoder's layers backwards in the place of its decoder.
pub(super) fn decoder_from_encoder(architecture: &Architecture) -> Result<Architecture, Problem> {
    let n_encoder = architecture.code_layer();
    let encoder = steps(architecture, n_encoder)?;
    let activations = encoder.iter().rev().skip(1).map(|it| it.finish.activation);
    let output = architecture.layers.last().map(|last| last.activation);
    let mut finishes: Vec<Finish> = activations
        .chain(output)
        .map(|activation| Finish {
            activation,
            dropout: 0.0,
        })
        .collect();
    // What a layer in the same place left out, it still does.
    for (finish, layer) in finishes.iter_mut().zip(&architecture.layers[n_encoder..]) {
        finish.dropout = layer.dropout;
    }
    let halves = Halves {
        input: architecture.input,
        encoder,
        finishes,
        initialisation: architecture.initialisation,
    };
    halves.whole()
}

fn steps(architecture: &Architecture, n_encoder: usize) -> Result<Vec<Step>, Problem> {
    let with_inputs = architecture.layers.iter().zip(architecture.shapes());
    let step = |(layer, input): (&Layer, Shape)| {
        let kind = match layer.kind {
            LayerKind::Dense { n_outputs } => StepKind::All { n_outputs },
            LayerKind::Variational { n_outputs, beta } => StepKind::Drawn { n_outputs, beta },
            LayerKind::Convolution(window)
                if window.stride == 1 && layer.is_matrix_product(input) =>
            {
                StepKind::All {
                    n_outputs: window.channels,
                }
            }
            LayerKind::Convolution(window) => StepKind::Window(window),
            LayerKind::TransposedConvolution(_) => return Err(Problem::NotNarrowing),
        };
        Ok(Step {
            kind,
            finish: Finish::of(layer),
        })
    };
    with_inputs.take(n_encoder).map(step).collect()
}

impl Halves {
    /// The halves of a mirrored network; `None` for another one.
    pub fn of(architecture: &Architecture) -> Option<Self> {
        let n_encoder = architecture.layers.len() / 2;
        let halves = Self {
            input: architecture.input,
            encoder: steps(architecture, n_encoder).ok()?,
            finishes: architecture.layers[n_encoder..]
                .iter()
                .map(Finish::of)
                .collect(),
            initialisation: architecture.initialisation,
        };
        let inner = halves
            .finishes
            .split_last()
            .map_or(&[][..], |(_, inner)| inner);
        let encoder = halves.encoder.iter().rev().skip(1);
        let activations = encoder.map(|step| step.finish.activation);
        let is_mirrored = activations.eq(inner.iter().map(|finish| finish.activation));
        (is_mirrored && halves.whole().ok()? == *architecture).then_some(halves)
    }

    /// The network after a change of both halves.
    pub fn edited(mut self, edit: Edit) -> Result<Architecture, Problem> {
        match edit {
            Edit::Add { after, kind } => self.add(after, kind)?,
            Edit::Remove { layer } => {
                let place = self.place_of(layer);
                self.encoder.remove(place - 1);
                self.finishes.remove(self.encoder.len() - place);
            }
            Edit::SetWidth { layer, width } => {
                let place = self.place_of(layer);
                match &mut self.encoder[place - 1].kind {
                    StepKind::All { n_outputs } | StepKind::Drawn { n_outputs, .. } => {
                        *n_outputs = width;
                    }
                    StepKind::Window(window) => window.channels = width,
                }
            }
            Edit::SetActivation { layer, activation } => self.set_activation(layer, activation),
            Edit::SetKernel { layer, kernel } => {
                let window = self.window_at(layer)?;
                window.kernel = kernel;
                window.padding = padding_of(kernel);
            }
            Edit::SetStride { layer, stride } => self.window_at(layer)?.stride = stride,
            // The decoder follows in any case.
            Edit::Mirror => {}
        }
        self.whole()
    }

    /// The encoder's place of a layer or of its mirror image.
    fn place_of(&self, layer: usize) -> usize {
        layer.min(2 * self.encoder.len() - layer)
    }

    fn set_activation(&mut self, layer: usize, activation: Activation) {
        let n_encoder = self.encoder.len();
        if layer <= n_encoder {
            self.encoder[layer - 1].finish.activation = activation;
            if layer < n_encoder {
                self.finishes[n_encoder - layer - 1].activation = activation;
            }
        } else {
            self.finishes[layer - n_encoder - 1].activation = activation;
            if layer < 2 * n_encoder {
                self.encoder[2 * n_encoder - layer - 1].finish.activation = activation;
            }
        }
    }

    /// The window of a convolution, or of the transposed one that takes it back.
    fn window_at(&mut self, layer: usize) -> Result<&mut Window, Problem> {
        let n_encoder = self.encoder.len();
        let place = if layer <= n_encoder {
            layer
        } else {
            2 * n_encoder + 1 - layer
        };
        match &mut self.encoder[place - 1].kind {
            StepKind::Window(window) => Ok(window),
            StepKind::All { .. } | StepKind::Drawn { .. } => Err(Problem::ClosingWindow { layer }),
        }
    }

    fn add(&mut self, after: usize, kind: NewLayer) -> Result<(), Problem> {
        let n_encoder = self.encoder.len();
        let after = if after < n_encoder {
            after
        } else {
            2 * n_encoder - after - 1
        };
        let (input, layers) = self.encoder_layers()?;
        let shapes = shapes(input, &layers);
        let kind = match kind {
            NewLayer::Dense => StepKind::All {
                n_outputs: between(shapes[after].n_values(), shapes[after + 1].n_values()),
            },
            NewLayer::Convolution if after == 0 => {
                self.input = as_maps(self.input)?;
                StepKind::Window(first_over(self.input))
            }
            NewLayer::Convolution if shapes[after].are_maps() => {
                StepKind::Window(further_over(shapes[after]))
            }
            NewLayer::Convolution => return Err(Problem::NoMaps { layer: after + 1 }),
        };
        let finish = Finish {
            activation: hidden_activation(&self.encoder, &self.finishes),
            dropout: 0.0,
        };
        self.encoder.insert(after, Step { kind, finish });
        self.finishes.insert(n_encoder - 1 - after, finish);
        Ok(())
    }

    /// The whole network. Its code must be its waist, for nothing else tells a code from other layers.
    fn whole(&self) -> Result<Architecture, Problem> {
        let (input, mut layers) = self.encoder_layers()?;
        let shapes = shapes(input, &layers);
        for (idx, finish) in (0..layers.len()).rev().zip(&self.finishes) {
            let kind = backwards(layers[idx].kind, shapes[idx])?;
            layers.push(Layer {
                kind,
                activation: finish.activation,
                dropout: finish.dropout,
            });
        }
        let architecture = Architecture {
            input,
            layers,
            initialisation: self.initialisation,
        };
        if architecture.code_layer() == self.encoder.len() {
            Ok(architecture)
        } else {
            Err(Problem::waist_of(&architecture))
        }
    }

    /// The input as the first layer takes it, and the encoder's layers.
    fn encoder_layers(&self) -> Result<(Shape, Vec<Layer>), Problem> {
        let first = self.encoder.first().map(|step| step.kind);
        let input = match first {
            Some(StepKind::Window(window)) => input_under(window, self.input)?,
            Some(StepKind::All { .. } | StepKind::Drawn { .. }) | None => as_row(self.input),
        };
        let mut layers: Vec<Layer> = Vec::new();
        let mut shape = input;
        for step in &self.encoder {
            let kind = step.kind.behind(shape, layers.len() + 1)?;
            let layer = Layer {
                kind,
                activation: step.finish.activation,
                dropout: step.finish.dropout,
            };
            shape = layer.output_shape(shape);
            layers.push(layer);
        }
        Ok((input, layers))
    }
}

impl StepKind {
    /// The layer that does this behind values of some shape.
    fn behind(self, shape: Shape, layer: usize) -> Result<LayerKind, Problem> {
        let is_behind_maps = layer > 1 && shape.are_maps();
        match self {
            Self::All { n_outputs } if !is_behind_maps => Ok(LayerKind::Dense { n_outputs }),
            Self::All { n_outputs } => closing_over(shape, n_outputs).map(LayerKind::Convolution),
            Self::Drawn { .. } if is_behind_maps => Err(Problem::DrawnFromMaps),
            Self::Drawn { n_outputs, beta } => Ok(LayerKind::Variational { n_outputs, beta }),
            Self::Window(_) if !shape.are_maps() => Err(Problem::NoMaps { layer }),
            Self::Window(window) => {
                check(window, shape)?;
                Ok(LayerKind::Convolution(window))
            }
        }
    }
}

/// What takes a layer's outputs back to the shape that it got them from.
fn backwards(kind: LayerKind, input: Shape) -> Result<LayerKind, Problem> {
    match kind {
        LayerKind::Dense { .. } | LayerKind::Variational { .. } => Ok(LayerKind::Dense {
            n_outputs: input.n_values(),
        }),
        LayerKind::Convolution(window) => Ok(LayerKind::TransposedConvolution(Window {
            channels: input.channels,
            output_padding: rest(window, input),
            ..window
        })),
        LayerKind::TransposedConvolution(_) => Err(Problem::NotNarrowing),
    }
}

/// The input, and what comes out of each layer.
fn shapes(input: Shape, layers: &[Layer]) -> Vec<Shape> {
    let mut shapes = vec![input];
    for layer in layers {
        shapes.push(layer.output_shape(shapes[shapes.len() - 1]));
    }
    shapes
}

/// What the layers on the way bend their sums by.
fn hidden_activation(encoder: &[Step], finishes: &[Finish]) -> Activation {
    let inner = finishes.split_last().map_or(&[][..], |(_, inner)| inner);
    let steps = encoder.iter().map(|step| &step.finish);
    let mut bent = steps.chain(inner).map(|finish| finish.activation);
    let bent = bent.find(|&activation| activation != Activation::Identity);
    bent.unwrap_or(Activation::Identity)
}
