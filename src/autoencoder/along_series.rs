//! The convolutional network of series.

use super::{Activation, Architecture, Initialisation, Layer, LayerKind, Shape};

/// Maps of the two convolutions, and the values that the third one makes of what they leave.
const MAPS: [usize; 2] = [16, 8];
const N_CLOSED: usize = 32;

/// The window of the convolutions that halve a series: as long as a sharp wave, and so padded that its middle sees every value.
const KERNEL: usize = 7;
const PADDING: usize = 3;

impl Architecture {
    /// Two convolutions along series that halve them, one that covers what is left, a dense code, and the same backwards:
    /// of `1 × 140` `16 × 70`, `8 × 35`, 32, the code, and back. `input` is series of any length; what a halving leaves
    /// over, the way back adds again.
    pub fn along_series(input: Shape, code_size: usize, output: Activation) -> Self {
        use Activation::{Identity, Relu};
        let halving =
            |channels| Layer::convolution(channels, KERNEL, 2, PADDING, Relu).along_series();
        let halved = halving(MAPS[0]).output_shape(input);
        let quartered = halving(MAPS[1]).output_shape(halved);
        let covering = quartered.width;
        let layers = vec![
            halving(MAPS[0]),
            halving(MAPS[1]),
            Layer::convolution(N_CLOSED, covering, 1, 0, Relu).along_series(),
            Layer::dense(code_size, Identity),
            Layer::dense(N_CLOSED, Relu),
            Layer::transposed_convolution(MAPS[1], covering, 1, 0, Relu).along_series(),
            widening(quartered, halved, Relu),
            widening(halved, input, output),
        ];
        Self {
            input,
            layers,
            initialisation: Initialisation::Uniform,
        }
    }
}

/// The transposed convolution that takes `narrow` series back to the `wide` ones that they are half of.
fn widening(narrow: Shape, wide: Shape, activation: Activation) -> Layer {
    let layer = Layer::transposed_convolution(wide.channels, KERNEL, 2, PADDING, activation);
    let mut layer = layer.along_series();
    let reached = layer.output_shape(narrow).width;
    if let LayerKind::TransposedConvolution(window) = &mut layer.kind {
        window.output_padding -= reached.saturating_sub(wide.width);
    }
    layer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_of_every_length_come_back_to_it() {
        for n_channels in 1..=3 {
            for n_samples in 2..200 {
                let input = Shape::series(n_channels, n_samples);
                let network = Architecture::along_series(input, 4, Activation::Identity);
                assert_eq!(network.validate(), Ok(()), "{n_channels} × {n_samples}");
                assert_eq!(network.shapes().last(), Some(&input));
                assert_eq!((network.code_layer(), network.code_size()), (4, 4));
            }
        }
    }

    #[test]
    fn heartbeats_are_halved_twice_and_their_network_is_mirrored() {
        let heartbeat = Shape::series(1, 140);
        let network = Architecture::along_series(heartbeat, 8, Activation::Sigmoid);
        let sizes = [140, 16 * 70, 8 * 35, 32, 8, 32, 8 * 35, 16 * 70, 140];
        assert_eq!(network.layer_sizes(), sizes);
        assert_eq!(network.n_parameters(), 20_569);
        assert!(network.is_mirrored());
    }
}
