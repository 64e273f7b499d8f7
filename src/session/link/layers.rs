//! The layers of a network as a part of a link: `64relu,16relu,64relu,sigmoid`.
//!
//! A layer is its units and its activation; the last one's units are those of the input and not said. A convolution is
//! `16c3s2p1relu`: 16 maps by a window of 3 × 3 that moves by 2 over maps with 1 row of zeros around them. A transposed one
//! has a `t` in place of the `c`, and `o1` where it adds a row at the far end. Along a series, `a` is in place of the `c`, and
//! `b` (back) of the `t`. A code that is drawn is `8drawn`, and `d0.5`
//! leaves half of a layer's outputs out while it learns.

use std::fmt::Write as _;

use super::settings::{activation_of, in_link};
use crate::autoencoder::{Activation, Architecture, Dimensions, Layer, LayerKind, Window};

/// A code that is drawn, in the place of an activation; its price is a setting of its own.
const DRAWN: &str = "drawn";

/// The letters before a convolution's numbers, the window's first.
const NARROWS: char = 'c';
const WIDENS: char = 't';
const NARROWS_SERIES: char = 'a';
const WIDENS_SERIES: char = 'b';
const STRIDE: char = 's';
const PADDING: char = 'p';
const OUTPUT_PADDING: char = 'o';
const DROPOUT: char = 'd';

pub(super) fn layers_in_words(layers: &[Layer]) -> String {
    let last = layers.len().saturating_sub(1);
    let words = layers.iter().enumerate();
    let words = words.map(|(idx, layer)| layer_in_words(layer, idx == last));
    words.collect::<Vec<_>>().join(",")
}

fn layer_in_words(layer: &Layer, is_last: bool) -> String {
    let mut words = match layer.kind {
        LayerKind::Dense { .. } if is_last => String::new(),
        LayerKind::Dense { n_outputs } | LayerKind::Variational { n_outputs, .. } => {
            n_outputs.to_string()
        }
        LayerKind::Convolution(window) => window_in_words([NARROWS_SERIES, NARROWS], window),
        LayerKind::TransposedConvolution(window) => {
            window_in_words([WIDENS_SERIES, WIDENS], window)
        }
    };
    if layer.dropout > 0.0 {
        // A string takes everything that is written to it.
        let _ = write!(words, "{DROPOUT}{}", layer.dropout);
    }
    match layer.kind {
        LayerKind::Variational { .. } => words.push_str(DRAWN),
        LayerKind::Dense { .. }
        | LayerKind::Convolution(_)
        | LayerKind::TransposedConvolution(_) => words.push_str(&in_link(layer.activation.name())),
    }
    words
}

/// A window behind its letter, which is one along a series and another one over pictures.
fn window_in_words([in_one, in_two]: [char; 2], window: Window) -> String {
    let letter = match window.dimensions {
        Dimensions::One => in_one,
        Dimensions::Two => in_two,
    };
    let mut words = format!("{}{letter}{}", window.channels, window.kernel);
    for (letter, number, usual) in [
        (STRIDE, window.stride, 1),
        (PADDING, window.padding, 0),
        (OUTPUT_PADDING, window.output_padding, 0),
    ] {
        if number != usual {
            let _ = write!(words, "{letter}{number}");
        }
    }
    words
}

/// The layers of a list; `None` for anything else. A last one without units has none until it gets those of the input.
pub(super) fn layers_of(words: &str) -> Option<Vec<Layer>> {
    let layers: Vec<Layer> = words
        .split(',')
        .take(Architecture::MAX_LAYERS + 1)
        .map(layer_of)
        .collect::<Option<_>>()?;
    let (last, others) = layers.split_last()?;
    let have_units = others
        .iter()
        .all(|layer| layer.kind != LayerKind::Dense { n_outputs: 0 });
    let is_an_end = match last.kind {
        LayerKind::Dense { n_outputs } => n_outputs == 0,
        LayerKind::Variational { .. } => false,
        LayerKind::Convolution(_) | LayerKind::TransposedConvolution(_) => true,
    };
    let are_few = layers.len() <= Architecture::MAX_LAYERS;
    (have_units && is_an_end && are_few).then_some(layers)
}

fn layer_of(words: &str) -> Option<Layer> {
    let (width, mut rest) = number_before(words);
    let mut window = None;
    let mut dropout = 0.0;
    while let Some((letter, number, after)) = lettered_number(rest) {
        match (letter, &mut window) {
            (NARROWS | WIDENS | NARROWS_SERIES | WIDENS_SERIES, None) => {
                window = Some((letter, window_of(letter, width?, whole(number)?)?));
            }
            (STRIDE, Some((_, window))) => window.stride = whole(number)?,
            (PADDING, Some((_, window))) => window.padding = whole(number)?,
            (OUTPUT_PADDING, Some((WIDENS | WIDENS_SERIES, window))) => {
                window.output_padding = whole(number)?;
            }
            (DROPOUT, _) => dropout = number.parse().ok()?,
            _ => return None,
        }
        rest = after;
    }
    if rest == DRAWN {
        let beta = 0.0;
        let n_outputs = width.filter(|_| window.is_none())?;
        return Some(Layer::variational(n_outputs, beta).with_dropout(dropout));
    }
    let activation: Activation = activation_of(rest)?;
    let kind = match window {
        Some((WIDENS | WIDENS_SERIES, window)) => LayerKind::TransposedConvolution(window),
        Some((_, window)) => LayerKind::Convolution(window),
        None => LayerKind::Dense {
            n_outputs: width.unwrap_or(0),
        },
    };
    Some(Layer {
        kind,
        activation,
        dropout,
    })
}

fn window_of(letter: char, channels: usize, kernel: usize) -> Option<Window> {
    let is_along_series = matches!(letter, NARROWS_SERIES | WIDENS_SERIES);
    (kernel > 0).then_some(Window {
        channels,
        kernel,
        stride: 1,
        padding: 0,
        output_padding: 0,
        dimensions: if is_along_series {
            Dimensions::One
        } else {
            Dimensions::Two
        },
    })
}

/// The number that words begin with, if any, and what is left of them.
fn number_before(words: &str) -> (Option<usize>, &str) {
    let end = words.find(|it: char| !it.is_ascii_digit());
    let (number, rest) = words.split_at(end.unwrap_or(words.len()));
    (whole(number), rest)
}

/// A letter, the number behind it, and what is left; `None` where no number follows.
fn lettered_number(words: &str) -> Option<(char, &str, &str)> {
    let letter = words.chars().next()?;
    let after = &words[letter.len_utf8()..];
    let end = after.find(|it: char| !it.is_ascii_digit() && it != '.');
    let (number, rest) = after.split_at(end.unwrap_or(after.len()));
    (!number.is_empty()).then_some((letter, number, rest))
}

/// A number that a layer can have.
fn whole(number: &str) -> Option<usize> {
    let number = number.parse().ok();
    number.filter(|&number| number <= Architecture::MAX_VALUES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::autoencoder::{Initialisation, Shape};
    use crate::recipe::RecipeName;

    #[test]
    fn the_layers_of_every_recipe_survive() {
        for name in RecipeName::ALL {
            let recipe = name.recipe();
            let words = layers_in_words(&recipe.architecture.layers);
            let layers = layers_of(&words).unwrap_or_else(|| panic!("{words} is understood"));
            let mut other = recipe.clone();
            other.set_layers(&layers);
            assert_eq!(other, recipe, "{words}");
        }
    }

    #[test]
    fn a_list_of_layers_can_be_read_by_people() {
        let words = |name: RecipeName| layers_in_words(&name.recipe().architecture.layers);
        assert_eq!(
            words(RecipeName::HANDWRITTEN),
            "64relu,16relu,64relu,sigmoid"
        );
        assert_eq!(
            words(RecipeName::VAE),
            "64tanh,32tanh,8drawn,32tanh,64tanh,sigmoid"
        );
        let windows = words(RecipeName::MNIST_CONV);
        assert!(windows.starts_with("16c3s2p1relu,32c3s2p1relu,64c7linear,20linear,"));
        assert!(windows.ends_with(",32t7relu,16t3s2p1o1relu,1t3s2p1o1sigmoid"));
    }

    #[test]
    fn windows_along_series_survive() {
        let words = "16a7s2p3relu,8a35relu,4linear,8relu,16b35relu,1b7s2p3o1linear";
        let layers = layers_of(words).expect("it is understood");
        assert_eq!(layers_in_words(&layers), words);
        let network = Architecture {
            input: Shape::series(1, 140),
            layers: Vec::new(),
            initialisation: Initialisation::Uniform,
        };
        let network = network.with_layers(&layers);
        assert_eq!(network.input, Shape::series(1, 140));
        assert_eq!(network.shapes()[1], Shape::series(16, 70));
    }

    #[test]
    fn what_is_left_out_while_learning_survives() {
        let words = "32d0.5leaky-relu,8tanh,32d0.25tanh,sigmoid";
        let layers = layers_of(words).expect("it is understood");
        assert_eq!(layers_in_words(&layers), words);
        assert!((layers[0].dropout - 0.5).abs() < f32::EPSILON);
    }

    #[test]
    fn what_is_no_list_of_layers_is_refused() {
        for words in [
            "",
            ",",
            "64relu,,sigmoid",
            "relu,sigmoid",
            "64cosine,sigmoid",
            "64relu,1sigmoid",
            "-4relu,sigmoid",
            "99999999999relu,sigmoid",
            "c3relu,sigmoid",
            "4c0relu,sigmoid",
            "4c3c3relu,sigmoid",
            "4s2relu,sigmoid",
            "4c3o1relu,sigmoid",
            "4a3o1relu,sigmoid",
            "4a3c3relu,sigmoid",
            "4c3.5relu,sigmoid",
            "4d0.5.5relu,sigmoid",
            "8c3drawn,sigmoid",
            "drawn,sigmoid",
            "é3relu,sigmoid",
        ] {
            assert_eq!(layers_of(words), None, "{words}");
        }
        let many = vec!["4relu"; 1_000].join(",");
        assert_eq!(layers_of(&many), None);
    }
}
