//! Convolutions of the plain engine beside Burn's tensors, from the same seed; those are held to its tape elsewhere.

use super::parity::{assert_trains_like_tensors, config};
use crate::autoencoder::{
    Activation, Architecture, Initialisation, Layer, Loss, Optimiser, Shape, TrainingConfig,
};

const RELU: Activation = Activation::Relu;
const SIGMOID: Activation = Activation::Sigmoid;

fn pictures(channels: usize, side: usize) -> Shape {
    Shape {
        channels,
        height: side,
        width: side,
    }
}

/// Layers and the same backwards, which bring pictures back to their size.
fn there_and_back(input: Shape, windows: &[(usize, usize, usize, usize)]) -> Architecture {
    let mut layers = Vec::new();
    let mut channels = vec![input.channels];
    for &(n_maps, kernel, stride, padding) in windows {
        layers.push(Layer::convolution(n_maps, kernel, stride, padding, RELU));
        channels.push(n_maps);
    }
    for (&(_, kernel, stride, padding), &n_maps) in windows.iter().zip(&channels).rev() {
        let back = Layer::transposed_convolution(n_maps, kernel, stride, padding, RELU);
        layers.push(back);
    }
    if let Some(last) = layers.last_mut() {
        last.activation = SIGMOID;
    }
    Architecture {
        input,
        layers,
        initialisation: Initialisation::Uniform,
    }
}

/// Gradient descent, whose steps are the gradients themselves.
///
/// Steps small enough that no loss leaps up: beyond the floor of a valley, descent makes much of every rounding.
fn descent() -> TrainingConfig {
    TrainingConfig {
        learning_rate: 0.005,
        loss: Loss::SummedSquared,
        ..config(Optimiser::Sgd)
    }
}

#[test]
fn windows_of_all_strides_and_paddings_train_like_tensors() {
    for (input, windows) in [
        (pictures(1, 6), &[(3, 3, 1, 0)][..]),
        (pictures(2, 5), &[(4, 3, 1, 1)]),
        (pictures(1, 8), &[(5, 3, 2, 1), (3, 3, 2, 1)]),
        (pictures(3, 7), &[(9, 2, 1, 0), (2, 3, 1, 2)]),
        (pictures(1, 9), &[(4, 4, 3, 1)]),
        (pictures(2, 6), &[(3, 5, 2, 2)]),
        (pictures(1, 4), &[(2, 1, 1, 0), (6, 1, 2, 0)]),
        (pictures(1, 16), &[(2, 3, 1, 1)]),
    ] {
        let architecture = there_and_back(input, windows);
        let sizes = architecture.validate();
        assert_eq!(sizes, Ok(()), "{windows:?}");
        assert_trains_like_tensors(&architecture, &descent(), 6);
    }
}

#[test]
fn a_window_that_covers_all_trains_like_tensors() {
    let mut architecture = there_and_back(pictures(2, 8), &[(3, 3, 2, 1), (7, 4, 1, 0)]);
    assert_eq!(architecture.validate(), Ok(()));
    assert_trains_like_tensors(&architecture, &descent(), 6);
    architecture.layers.insert(2, Layer::dense(3, RELU));
    architecture.layers.insert(3, Layer::dense(7, RELU));
    assert_eq!(architecture.validate(), Ok(()));
    assert_trains_like_tensors(&architecture, &config(Optimiser::Adam), 6);
}

#[test]
fn windows_that_leave_a_rest_or_reach_over_the_edge_train_like_tensors() {
    let identity = Activation::Identity;
    let mut architecture = there_and_back(pictures(1, 8), &[(4, 3, 2, 0)]);
    let wider = Layer::transposed_convolution(1, 3, 2, 0, SIGMOID);
    architecture.layers[1] = wider;
    assert_eq!(architecture.validate(), Ok(()));
    assert_trains_like_tensors(&architecture, &descent(), 6);
    let beyond = Architecture {
        layers: vec![
            Layer::convolution(3, 2, 1, 3, identity),
            Layer::convolution(1, 4, 2, 0, RELU),
            Layer::dense(16, SIGMOID),
        ],
        ..there_and_back(pictures(1, 4), &[])
    };
    assert_eq!(beyond.validate(), Ok(()));
    assert_trains_like_tensors(&beyond, &descent(), 6);
}

/// The same windows along series.
fn along_series(mut architecture: Architecture, input: Shape) -> Architecture {
    architecture.input = input;
    for layer in &mut architecture.layers {
        *layer = layer.along_series();
    }
    architecture
}

#[test]
fn windows_along_series_of_all_strides_and_paddings_train_like_tensors() {
    for (n_channels, n_samples, windows) in [
        (1, 16, &[(3, 3, 1, 0)][..]),
        (2, 15, &[(4, 3, 1, 1)]),
        (1, 32, &[(5, 7, 2, 3), (3, 7, 2, 3)]),
        (3, 17, &[(9, 2, 1, 0), (2, 3, 1, 2)]),
        (1, 15, &[(4, 4, 3, 1)]),
        (2, 26, &[(3, 5, 2, 2)]),
        (1, 14, &[(2, 1, 1, 0), (6, 1, 2, 0)]),
        (2, 16, &[(3, 3, 2, 1), (7, 8, 1, 0)]),
    ] {
        let series = Shape::series(n_channels, n_samples);
        let square = there_and_back(series, windows);
        let architecture = along_series(square, series);
        assert_eq!(architecture.validate(), Ok(()), "{windows:?}");
        assert_trains_like_tensors(&architecture, &descent(), 6);
    }
    let series = Shape::series(1, 140);
    let heartbeats = Architecture::along_series(series, 8, SIGMOID);
    assert_trains_like_tensors(&heartbeats, &config(Optimiser::Adam), 6);
}

#[test]
fn dropout_and_a_drawn_code_between_windows_train_like_tensors() {
    let mut architecture = there_and_back(pictures(1, 8), &[(4, 3, 2, 1), (5, 4, 1, 0)]);
    architecture.layers[0].dropout = 0.25;
    architecture.layers.insert(2, Layer::variational(3, 0.4));
    architecture.layers.insert(3, Layer::dense(5, RELU));
    assert_eq!(architecture.validate(), Ok(()));
    assert_trains_like_tensors(&architecture, &descent(), 6);
}
