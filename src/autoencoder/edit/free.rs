//! A network whose layers stand each by itself.

use super::widths::between;
use super::windows::{
    as_maps, as_row, check, even_growth, first_over, further_over, input_under, padding_of,
};
use super::{Edit, NewLayer, Problem};
use crate::autoencoder::{Architecture, Layer, LayerKind, Shape, Window};

/// The network after a change of one layer.
pub(super) fn edited(architecture: &Architecture, edit: Edit) -> Result<Architecture, Problem> {
    let mut edited = architecture.clone();
    match edit {
        Edit::Add { after, kind } => add(&mut edited, after, kind)?,
        Edit::Remove { layer } => {
            edited.layers.remove(layer - 1);
        }
        Edit::SetWidth { layer, width } => match &mut edited.layers[layer - 1].kind {
            LayerKind::Dense { n_outputs } | LayerKind::Variational { n_outputs, .. } => {
                *n_outputs = width;
            }
            LayerKind::Convolution(window) | LayerKind::TransposedConvolution(window) => {
                window.channels = width;
            }
        },
        Edit::SetActivation { layer, activation } => {
            edited.layers[layer - 1].activation = activation;
        }
        Edit::SetKernel { layer, kernel } => set_window(&mut edited.layers[layer - 1], |window| {
            window.kernel = kernel;
            window.padding = padding_of(kernel);
        }),
        Edit::SetStride { layer, stride } => {
            set_window(&mut edited.layers[layer - 1], |window| {
                window.stride = stride;
            });
        }
        // That is the business of the encoder as a whole.
        Edit::Mirror => {}
    }
    edited.input = input_of(&edited)?;
    check_windows(&edited)?;
    Ok(edited)
}

fn add(architecture: &mut Architecture, after: usize, kind: NewLayer) -> Result<(), Problem> {
    let shapes = architecture.shapes();
    let kind = match kind {
        NewLayer::Dense => LayerKind::Dense {
            n_outputs: between(shapes[after].n_values(), shapes[after + 1].n_values()),
        },
        NewLayer::Convolution if after == 0 => {
            LayerKind::Convolution(first_over(as_maps(architecture.input)?))
        }
        NewLayer::Convolution => LayerKind::Convolution(further_over(shapes[after])),
    };
    let layer = Layer {
        kind,
        activation: architecture.hidden_activation(),
        dropout: 0.0,
    };
    architecture.layers.insert(after, layer);
    Ok(())
}

fn set_window(layer: &mut Layer, change: impl FnOnce(&mut Window)) {
    match &mut layer.kind {
        LayerKind::Convolution(window) => change(window),
        LayerKind::TransposedConvolution(window) => {
            change(window);
            window.output_padding = even_growth(*window);
        }
        LayerKind::Dense { .. } | LayerKind::Variational { .. } => {}
    }
}

/// A picture or a series where a window slides over it first, else a plain row of values.
pub(super) fn input_of(architecture: &Architecture) -> Result<Shape, Problem> {
    let first = architecture.layers.first().map(|layer| layer.kind);
    match first {
        Some(LayerKind::Convolution(window)) => input_under(window, architecture.input),
        Some(
            LayerKind::Dense { .. }
            | LayerKind::Variational { .. }
            | LayerKind::TransposedConvolution(_),
        )
        | None => Ok(as_row(architecture.input)),
    }
}

/// Every window slides over maps and sees all of them.
fn check_windows(architecture: &Architecture) -> Result<(), Problem> {
    let shapes = architecture.shapes();
    for (idx, layer) in architecture.layers.iter().enumerate() {
        let input = shapes[idx];
        match layer.kind {
            LayerKind::Dense { .. } | LayerKind::Variational { .. } => {}
            LayerKind::Convolution(_) if layer.is_matrix_product(input) => {}
            LayerKind::Convolution(_) if !input.are_maps() => {
                return Err(Problem::NoMaps { layer: idx + 1 });
            }
            LayerKind::Convolution(window) => check(window, input)?,
            LayerKind::TransposedConvolution(window) => {
                if window.stride == 0 || window.stride > window.kernel {
                    return Err(Problem::Strides { window });
                }
            }
        }
    }
    Ok(())
}
