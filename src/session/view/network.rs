//! The network layer by layer: what each is, what can be changed of it, and what the whole costs.

use super::counted;
use crate::autoencoder::edit::{NewLayer, Sides};
use crate::autoencoder::{Activation, Architecture, Dimensions, Layer, LayerKind, Shape};
use crate::data::{ItemKind, with_commas};
use crate::session::Session;

/// Heights in the diagram grow more slowly than widths, so that narrow layers stay in sight.
const GROWTH: f32 = 0.35;

/// What a layer is to the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayerPart {
    /// What comes in.
    Input,
    /// On the way to the code, or back from it.
    Inner,
    /// The bottleneck.
    Code,
    /// What comes out.
    Output,
}

/// A layer in the diagram.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerView {
    /// Everything about it: "Layer 2: 64 units, tanh".
    pub name: String,
    /// "64", or "16×14×14" for maps.
    pub size: String,
    /// "tanh"; empty for the input.
    pub activation: &'static str,
    /// Its height, in parts of the tallest one, 0…1.
    pub height: f32,
    /// What it is to the whole.
    pub part: LayerPart,
}

/// What can be changed of the layer at hand.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerFields {
    /// Counted from the input, which is 0.
    pub layer: usize,
    /// "Layer 2 of 4, the code".
    pub title: String,
    /// What it computes, as a sentence or two.
    pub sentence: String,
    /// What its width counts, and how many there are; `None` where that is given.
    pub width: Option<(&'static str, usize)>,
    /// Applied to each of its outputs; `None` where there is no choice.
    pub activation: Option<Activation>,
    /// Values along each side of its window and how far that moves; `None` without one, or where it is given.
    pub window: Option<(usize, usize)>,
    /// Whether it can be taken out.
    pub can_remove: bool,
    /// What can be put in behind it.
    pub additions: Vec<NewLayer>,
}

/// The network as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkView {
    /// Parameters and multiplications an item, in words.
    pub cost: String,
    /// Whether both sides follow each other.
    pub is_mirrored: bool,
    /// Whether the layers are others than the recipe's own.
    pub is_edited: bool,
    /// Why the last change was not made, as a sentence.
    pub refusal: Option<String>,
}

impl Session {
    /// The layers of the diagram, from the input to the output.
    pub fn layer_views(&self) -> Vec<LayerView> {
        let architecture = self.architecture();
        let shapes = architecture.shapes();
        let widest = shapes.iter().map(|shape| shape.n_values()).max();
        let widest = widest.unwrap_or(1).max(1) as f32;
        let views = shapes.iter().enumerate().map(|(layer, &shape)| LayerView {
            name: self.name_of_layer(layer, shape),
            size: size_in_words(shape),
            activation: layer_at(architecture, layer).map_or("", activation_in_words),
            height: (shape.n_values() as f32 / widest).powf(GROWTH),
            part: part_of(architecture, layer),
        });
        views.collect()
    }

    /// What can be changed of the layer at hand.
    pub fn layer_fields(&self) -> LayerFields {
        let architecture = self.architecture();
        let layer_idx = self.layer_at_hand();
        let n_layers = architecture.layers.len();
        let shapes = architecture.shapes();
        let layer = layer_at(architecture, layer_idx);
        let part = part_of(architecture, layer_idx);
        let is_inner = matches!(part, LayerPart::Inner | LayerPart::Code);
        let closes = layer.is_some_and(|layer| {
            layer.is_convolutional() && layer.is_matrix_product(shapes[layer_idx - 1])
        });
        LayerFields {
            layer: layer_idx,
            title: title_of(part, layer_idx, n_layers),
            sentence: layer.map_or_else(
                || {
                    format!(
                        "An item comes in as {} values.",
                        with_commas(shapes[0].n_values())
                    )
                },
                |layer| sentence_of(layer, shapes[layer_idx - 1]),
            ),
            width: layer.filter(|_| is_inner).map(width_of),
            activation: layer
                .filter(|layer| layer.beta().is_none())
                .map(|layer| layer.activation),
            window: layer.filter(|_| !closes).and_then(window_of),
            can_remove: part == LayerPart::Inner,
            additions: self.additions_after(layer_idx),
        }
    }

    /// The network as a whole.
    pub fn network_view(&self) -> NetworkView {
        let architecture = self.architecture();
        let own = architecture.with_layers(&self.fitting_recipe().architecture.layers);
        let is_edited = !architecture.computes_like(&own);
        let cost = cost_of(architecture);
        NetworkView {
            cost: if is_edited {
                format!("{cost}. The recipe's own network: {}.", cost_of(&own))
            } else {
                format!("{cost}.")
            },
            is_mirrored: self.network.sides == Sides::Mirrored && architecture.is_mirrored(),
            is_edited,
            refusal: self.network_refusal().map(ToString::to_string),
        }
    }

    /// "Layer 2: 64 units, tanh".
    fn name_of_layer(&self, layer_idx: usize, shape: Shape) -> String {
        let architecture = self.architecture();
        let width = if shape.are_maps() {
            let maps = match (shape.is_series(), shape.channels) {
                (true, _) => "series",
                (false, 1) => "map",
                (false, _) => "maps",
            };
            format!("{} {maps} of {}", shape.channels, shape.sides_in_words())
        } else {
            counted(shape.n_values(), "unit")
        };
        let Some(layer) = layer_at(architecture, layer_idx) else {
            return format!("Input: {} values", with_commas(shape.n_values()));
        };
        let activation = activation_in_words(layer);
        let part = match part_of(architecture, layer_idx) {
            LayerPart::Code => ", the code",
            LayerPart::Output => ", the output",
            LayerPart::Input | LayerPart::Inner => "",
        };
        format!("Layer {layer_idx}: {width}, {activation}{part}")
    }

    /// What can be put in behind a layer: windows need maps, which a picture is and nothing else.
    fn additions_after(&self, layer_idx: usize) -> Vec<NewLayer> {
        let architecture = self.architecture();
        let shapes = architecture.shapes();
        if layer_idx >= architecture.layers.len() {
            return Vec::new();
        }
        let is_picture = match self.kind() {
            ItemKind::Picture { .. } => true,
            ItemKind::Row | ItemKind::Series { .. } => false,
        };
        let takes_windows = is_picture || architecture.input.is_series();
        let is_input = layer_idx == 0 && takes_windows && !self.recipe().label_input;
        let mut additions = vec![NewLayer::Dense];
        if is_input || shapes[layer_idx].are_maps() {
            additions.push(NewLayer::Convolution);
        }
        additions
    }
}

fn cost_of(architecture: &Architecture) -> String {
    format!(
        "{} parameters, {} multiplications an item",
        with_commas(architecture.n_parameters()),
        with_commas(architecture.n_products())
    )
}

/// The layer with this number; `None` for the input, which is 0.
fn layer_at(architecture: &Architecture, layer_idx: usize) -> Option<&Layer> {
    architecture.layers.get(layer_idx.checked_sub(1)?)
}

fn part_of(architecture: &Architecture, layer_idx: usize) -> LayerPart {
    if layer_idx == 0 {
        LayerPart::Input
    } else if layer_idx == architecture.layers.len() {
        LayerPart::Output
    } else if layer_idx == architecture.code_layer() {
        LayerPart::Code
    } else {
        LayerPart::Inner
    }
}

fn title_of(part: LayerPart, layer_idx: usize, n_layers: usize) -> String {
    match part {
        LayerPart::Input => "The input".to_owned(),
        LayerPart::Inner => format!("Layer {layer_idx} of {n_layers}"),
        LayerPart::Code => format!("Layer {layer_idx} of {n_layers}, the code"),
        LayerPart::Output => format!("Layer {layer_idx} of {n_layers}, the output"),
    }
}

/// What a layer computes from what comes before it.
fn sentence_of(layer: &Layer, input: Shape) -> String {
    let output = layer.output_shape(input);
    let n_inputs = with_commas(input.n_values());
    let (before, after) = (input.sides_in_words(), output.sides_in_words());
    let maps = if input.is_series() || output.is_series() {
        "series"
    } else {
        "maps"
    };
    let is_whole = layer.is_matrix_product(input);
    let computes = match layer.kind {
        LayerKind::Dense { .. } => format!("Each unit weighs all {n_inputs} values before it"),
        LayerKind::Variational { .. } => {
            "Each value is drawn by chance around a mean while the network learns".to_owned()
        }
        LayerKind::Convolution(_) if is_whole => {
            format!(
                "Each value weighs all {n_inputs} of the maps before it, by a window as large as they are"
            )
        }
        LayerKind::Convolution(window) => {
            let over = match window.dimensions {
                Dimensions::One => "along",
                Dimensions::Two => "over",
            };
            format!(
                "A window of {} moves by {} {over} {maps} of {before} and leaves {after}",
                window.size_in_words(),
                window.stride
            )
        }
        LayerKind::TransposedConvolution(_) if is_whole => {
            format!("Spreads {n_inputs} values over {maps} of {after}")
        }
        LayerKind::TransposedConvolution(window) => {
            let size = window.size_in_words();
            format!("Spreads {maps} of {before} by a window of {size} over {after}")
        }
    };
    let n_parameters = with_commas(layer.parameter_shape(input).n_parameters());
    format!("{computes}: {n_parameters} parameters.")
}

/// What a layer's width counts, and how much that is.
fn width_of(layer: &Layer) -> (&'static str, usize) {
    let counts = if layer.is_convolutional() {
        "Maps"
    } else {
        "Units"
    };
    (counts, layer.width())
}

/// Rows and columns of a window, and how far it moves.
fn window_of(layer: &Layer) -> Option<(usize, usize)> {
    match layer.kind {
        LayerKind::Convolution(window) | LayerKind::TransposedConvolution(window) => {
            Some((window.kernel, window.stride))
        }
        LayerKind::Dense { .. } | LayerKind::Variational { .. } => None,
    }
}

fn activation_in_words(layer: &Layer) -> &'static str {
    match layer.kind {
        LayerKind::Variational { .. } => "drawn",
        LayerKind::Dense { .. }
        | LayerKind::Convolution(_)
        | LayerKind::TransposedConvolution(_) => layer.activation.name(),
    }
}

/// "64", or "16×14×14" for maps, which may take another line behind their number.
fn size_in_words(shape: Shape) -> String {
    if shape.is_series() {
        format!("{}×\u{200b}{}", shape.channels, shape.width)
    } else if shape.are_maps() {
        format!(
            "{}×\u{200b}{}×{}",
            shape.channels, shape.height, shape.width
        )
    } else {
        shape.n_values().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipe::RecipeName;
    use crate::session::{Message, RecipeMessage};

    fn names(session: &Session) -> Vec<String> {
        let views = session.layer_views().into_iter();
        views.map(|view| view.name).collect()
    }

    #[test]
    fn every_layer_says_what_it_is() {
        let (mut session, _) = Session::open();
        assert_eq!(
            names(&session),
            [
                "Input: 784 values",
                "Layer 1: 64 units, ReLU",
                "Layer 2: 16 units, ReLU, the code",
                "Layer 3: 64 units, ReLU",
                "Layer 4: 784 units, sigmoid, the output",
            ]
        );
        session.update(Message::Recipe(RecipeMessage::Choose(
            RecipeName::MNIST_CONV,
        )));
        let names = names(&session);
        assert_eq!(names[1], "Layer 1: 16 maps of 14 × 14, ReLU");
        assert_eq!(names[8], "Layer 8: 1 map of 28 × 28, sigmoid, the output");
        let heights = session.layer_views();
        assert!(
            heights
                .iter()
                .all(|view| (0.0..=1.0).contains(&view.height))
        );
    }

    #[test]
    fn windows_along_series_are_told_as_such() {
        let heartbeats = Architecture::along_series(Shape::series(1, 140), 8, Activation::Sigmoid);
        let shapes = heartbeats.shapes();
        let told = heartbeats.layers.iter().zip(&shapes);
        let told: Vec<String> = told.map(|(layer, &it)| sentence_of(layer, it)).collect();
        assert_eq!(
            told[0],
            "A window of 7 moves by 2 along series of 140 and leaves 70: 128 parameters."
        );
        assert!(told[2].starts_with("Each value weighs all 280 of the maps before it"));
        assert!(told[5].starts_with("Spreads 32 values over series of 35:"));
        assert!(told[6].starts_with("Spreads series of 35 by a window of 7 over 70:"));
        assert_eq!(size_in_words(shapes[1]), "16×\u{200b}70");
    }

    #[test]
    fn the_cost_of_the_network_is_counted() {
        let (session, _) = Session::open();
        let view = session.network_view();
        assert_eq!(
            view.cost,
            "103,328 parameters, 102,400 multiplications an item."
        );
        assert!(view.is_mirrored && !view.is_edited);
    }
}
