use super::*;
use crate::autoencoder::{
    ArchitectureError, Device, Dimensions, Initialisation, Layer, Shape, Window,
};
use crate::random::Mt19937;

const TANH: Activation = Activation::Tanh;
const SIGMOID: Activation = Activation::Sigmoid;
const RELU: Activation = Activation::Relu;

fn dense(sizes: &[usize]) -> Architecture {
    Architecture::dense(sizes, TANH, SIGMOID)
}

/// The second article's network, on smaller pictures.
fn convolutional() -> Architecture {
    use Activation::Identity;
    Architecture {
        input: Shape {
            channels: 1,
            height: 12,
            width: 12,
        },
        layers: vec![
            Layer::convolution(4, 3, 2, 1, RELU),
            Layer::convolution(6, 3, 2, 1, RELU),
            Layer::convolution(10, 3, 1, 0, Identity),
            Layer::dense(5, Identity),
            Layer::dense(10, Identity),
            Layer::transposed_convolution(6, 3, 1, 0, RELU),
            Layer::transposed_convolution(4, 3, 2, 1, RELU),
            Layer::transposed_convolution(1, 3, 2, 1, SIGMOID),
        ],
        initialisation: Initialisation::Uniform,
    }
}

/// The network of heartbeats, on shorter series.
fn series() -> Architecture {
    Architecture::along_series(Shape::series(1, 30), 4, SIGMOID)
}

/// A dense network whose items are known to be series of two channels.
fn dense_of_series() -> Architecture {
    Architecture {
        input: Shape::series(2, 30),
        ..dense(&[60, 24, 6, 24, 60])
    }
}

fn mirrored(architecture: &Architecture, edit: Edit) -> Result<Architecture, Refusal> {
    edit.applied_to(architecture, Sides::Mirrored)
}

fn free(architecture: &Architecture, edit: Edit) -> Result<Architecture, Refusal> {
    edit.applied_to(architecture, Sides::Free)
}

fn add(after: usize, kind: NewLayer) -> Edit {
    Edit::Add { after, kind }
}

fn width(layer: usize, width: usize) -> Edit {
    Edit::SetWidth { layer, width }
}

fn refused(outcome: Result<Architecture, Refusal>) -> String {
    outcome.expect_err("it cannot be").to_string()
}

#[test]
fn a_change_of_one_side_is_one_of_the_other_too() {
    let network = dense(&[64, 32, 8, 32, 64]);
    let wider = mirrored(&network, width(1, 48)).expect("it fits");
    assert_eq!(wider.layer_sizes(), [64, 48, 8, 48, 64]);
    assert_eq!(mirrored(&network, width(3, 48)), Ok(wider));
    let deeper = mirrored(&network, add(1, NewLayer::Dense)).expect("it fits");
    assert_eq!(deeper.layer_sizes(), [64, 32, 16, 8, 16, 32, 64]);
    assert_eq!(
        mirrored(&network, add(2, NewLayer::Dense)),
        Ok(deeper.clone())
    );
    let back = mirrored(&deeper, Edit::Remove { layer: 4 }).expect("it fits");
    assert_eq!(back, network);
    let activation = Activation::Gelu;
    let bent = mirrored(
        &network,
        Edit::SetActivation {
            layer: 3,
            activation,
        },
    )
    .expect("it fits");
    let activations: Vec<_> = bent.layers.iter().map(|layer| layer.activation).collect();
    assert_eq!(activations, [activation, TANH, activation, SIGMOID]);
    let output = Edit::SetActivation {
        layer: 4,
        activation,
    };
    let bent = mirrored(&network, output).expect("it fits");
    assert_eq!(bent.layers[3].activation, activation);
    assert!(bent.is_mirrored());
}

#[test]
fn a_layer_of_a_free_network_changes_alone() {
    let network = dense(&[64, 32, 8, 32, 64]);
    let lopsided = free(&network, width(3, 20)).expect("it fits");
    assert_eq!(lopsided.layer_sizes(), [64, 32, 8, 20, 64]);
    assert!(network.is_mirrored() && !lopsided.is_mirrored());
    let odd = free(&lopsided, Edit::Remove { layer: 1 }).expect("it fits");
    assert_eq!(odd.layer_sizes(), [64, 8, 20, 64]);
    let again = free(&odd, Edit::Mirror).expect("it fits");
    assert_eq!(again.layer_sizes(), [64, 8, 64]);
    let whole = free(&lopsided, Edit::Mirror).expect("it fits");
    assert_eq!(whole, network);
}

#[test]
fn convolutions_come_back_to_the_picture_whatever_they_do_to_it() {
    let network = convolutional();
    assert!(network.is_mirrored());
    let stride = Edit::SetStride {
        layer: 1,
        stride: 1,
    };
    let finer = mirrored(&network, stride).expect("it fits");
    let side_of = |network: &Architecture| network.shapes().iter().map(|it| it.height).collect();
    let sides: Vec<usize> = side_of(&finer);
    assert_eq!(sides, [12, 12, 6, 1, 1, 1, 6, 12, 12]);
    let kernel = Edit::SetKernel {
        layer: 8,
        kernel: 5,
    };
    let broader = mirrored(&network, kernel).expect("it fits");
    let sides: Vec<usize> = side_of(&broader);
    assert_eq!(sides, [12, 6, 3, 1, 1, 1, 3, 6, 12]);
    let more = mirrored(&network, add(2, NewLayer::Convolution)).expect("it fits");
    assert_eq!(more.layers.len(), 10);
    let fewer = mirrored(&network, Edit::Remove { layer: 2 }).expect("it fits");
    let sides: Vec<usize> = side_of(&fewer);
    assert_eq!(sides, [12, 6, 1, 1, 1, 6, 12]);
}

#[test]
fn a_dense_network_of_pictures_takes_convolutions_in_and_gives_them_up_again() {
    let network = dense(&[64, 32, 8, 32, 64]);
    let windows = mirrored(&network, add(0, NewLayer::Convolution)).expect("it fits");
    assert!(windows.is_convolutional() && windows.is_mirrored());
    let closing = windows.layers[1].kind;
    assert!(matches!(
        closing,
        LayerKind::Convolution(Window {
            channels: 32,
            kernel: 4,
            ..
        })
    ));
    assert_eq!(windows.code_size(), 8);
    let back = mirrored(&windows, Edit::Remove { layer: 1 }).expect("it fits");
    assert_eq!(back, network);
}

#[test]
fn a_dense_network_of_series_takes_convolutions_in_and_gives_them_up_again() {
    let network = dense_of_series();
    assert!(network.is_mirrored());
    for sides in [Sides::Mirrored, Sides::Free] {
        let narrower = width(1, 16).applied_to(&network, sides).expect("it fits");
        assert_eq!(narrower.input, Shape::series(2, 30));
    }
    let edited = mirrored(&network, add(0, NewLayer::Convolution)).expect("a series");
    let window = Window {
        channels: 8,
        kernel: 7,
        stride: 2,
        padding: 3,
        output_padding: 0,
        dimensions: Dimensions::One,
    };
    assert_eq!(edited.layers[0].kind, LayerKind::Convolution(window));
    assert_eq!(edited.shapes()[1], Shape::series(8, 15));
    let closing = Layer::convolution(24, 15, 1, 0, TANH).along_series();
    assert_eq!(edited.layers[1], closing);
    assert!(edited.is_mirrored());
    let dense_again = mirrored(&edited, Edit::Remove { layer: 1 }).expect("back again");
    assert_eq!(dense_again, network);
    let with_windows = free(&series(), add(1, NewLayer::Convolution)).expect("a series");
    assert_eq!(with_windows.shapes()[2], Shape::series(16, 15));
}

#[test]
fn refusals_about_series_speak_of_series() {
    let network = series();
    let kernel = |layer: usize, kernel: usize| Edit::SetKernel { layer, kernel };
    let sentence = refused(mirrored(&network, kernel(2, 21)));
    assert_eq!(
        sentence,
        "A window of 21 does not fit over a series of 15; 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 or 15 would fit."
    );
    let stride = Edit::SetStride {
        layer: 1,
        stride: 8,
    };
    let sentence = refused(mirrored(&network, stride));
    assert!(
        sentence.starts_with("A window of 7 cannot move by 8: it would leave gaps"),
        "{sentence}"
    );
    let sentence = refused(mirrored(&network, kernel(3, 5)));
    assert!(
        sentence.contains("its window is as large as they are"),
        "{sentence}"
    );
}

#[test]
fn refusals_say_what_would_fit() {
    let network = dense(&[784, 64, 16, 64, 784]);
    let sentence = refused(mirrored(&network, width(1, 5_000)));
    assert_eq!(
        sentence,
        "That makes 8,010,800 parameters, and a browser can train 5,000,000; at most 3,120 would fit."
    );
    assert!(mirrored(&network, width(1, 3_120)).is_ok());
    let sentence = refused(mirrored(&network, width(1, 10)));
    assert!(
        sentence.contains("narrowest layer of a mirrored network"),
        "{sentence}"
    );
    assert!(sentence.ends_with("16 or more would fit."), "{sentence}");
    let sentence = refused(mirrored(&network, width(2, 100)));
    assert!(sentence.ends_with("at most 64 would fit."), "{sentence}");
    let sentence = refused(mirrored(&network, width(1, 0)));
    assert_eq!(
        sentence,
        "A layer has at least 1 unit; 16 or more would fit."
    );
    let network = convolutional();
    let sentence = refused(mirrored(
        &network,
        Edit::SetStride {
            layer: 1,
            stride: 4,
        },
    ));
    assert!(sentence.ends_with("; 1 or 2 would fit."), "{sentence}");
    let sentence = refused(mirrored(
        &network,
        Edit::SetKernel {
            layer: 2,
            kernel: 9,
        },
    ));
    assert!(
        sentence.contains("does not fit over maps of 6 × 6"),
        "{sentence}"
    );
    assert!(sentence.ends_with(" would fit."), "{sentence}");
    let sentence = refused(free(
        &network,
        Edit::SetStride {
            layer: 8,
            stride: 1,
        },
    ));
    assert!(
        sentence.contains("let the decoder mirror the encoder"),
        "{sentence}"
    );
}

#[test]
fn what_must_stay_stays() {
    let drawn = dense(&[64, 32, 8, 32, 64]).with_variational_code(0.5);
    for (sides, layer) in [(Sides::Mirrored, 2), (Sides::Free, 2)] {
        let refusal = Edit::Remove { layer }.applied_to(&drawn, sides);
        assert_eq!(refusal.expect_err("the code").problem, Problem::CodeStays);
    }
    let activation = TANH;
    let refusal = mirrored(
        &drawn,
        Edit::SetActivation {
            layer: 2,
            activation,
        },
    );
    assert_eq!(refusal.expect_err("drawn").problem, Problem::DrawnCode);
    let wider = mirrored(&drawn, width(2, 12)).expect("it fits");
    assert_eq!((wider.code_size(), wider.beta()), (12, Some(0.5)));
    let refusal = mirrored(&drawn, width(4, 12)).expect_err("the output");
    assert_eq!(refusal.problem, Problem::OutputWidth { n_values: 64 });
    let refusal = mirrored(&drawn, Edit::Remove { layer: 4 }).expect_err("the output");
    assert_eq!(refusal.problem, Problem::OutputStays);
    for edit in [
        Edit::Remove { layer: 0 },
        width(9, 3),
        add(4, NewLayer::Dense),
    ] {
        let refusal = mirrored(&drawn, edit).expect_err("no such layer");
        assert!(
            matches!(refusal.problem, Problem::NoSuchLayer { .. }),
            "{edit:?}"
        );
    }
    let behind = mirrored(&drawn, add(1, NewLayer::Convolution)).expect_err("a row");
    assert_eq!(behind.problem, Problem::NoMaps { layer: 2 });
    let with_label = dense(&[65, 32, 8, 32, 65]);
    let refusal = mirrored(&with_label, add(0, NewLayer::Convolution)).expect_err("no square");
    assert_eq!(refusal.problem, Problem::NoPicture { n_values: 65 });
}

#[test]
fn work_is_counted_window_by_window() {
    assert_eq!(
        dense(&[64, 32, 8, 32, 64]).n_products(),
        2 * (64 * 32 + 32 * 8)
    );
    let network = convolutional();
    let half = 4 * 9 * 36 + 6 * 4 * 9 * 9 + 10 * 6 * 9 + 5 * 10;
    assert_eq!(network.n_products(), 2 * half);
    let deep = (0..16).try_fold(dense(&[8, 2, 8]), |network, _| {
        mirrored(&network, add(0, NewLayer::Dense))
    });
    let problem = deep.expect_err("too deep").problem;
    assert!(matches!(
        problem,
        Problem::Architecture(ArchitectureError::TooDeep { .. })
    ));
}

/// A change of any kind, sensible or not.
fn any_edit(generator: &mut Mt19937, architecture: &Architecture) -> Edit {
    let mut below = |n: usize| generator.next_u32() as usize % n;
    let layer = below(architecture.layers.len() + 2);
    match below(10) {
        0 | 1 => Edit::Add {
            after: layer,
            kind: if below(2) == 0 {
                NewLayer::Dense
            } else {
                NewLayer::Convolution
            },
        },
        2 | 3 => Edit::Remove { layer },
        4 | 5 => Edit::SetWidth {
            layer,
            width: [0, 1, 3, 7, 12, 20, 64, 100_000][below(8)],
        },
        6 => Edit::SetActivation {
            layer,
            activation: Activation::ALL[below(Activation::ALL.len())],
        },
        7 => Edit::SetKernel {
            layer,
            kernel: below(9),
        },
        8 => Edit::SetStride {
            layer,
            stride: below(5),
        },
        _ => Edit::Mirror,
    }
}

/// Walks through networks by changes of any kind; every one that is not refused is looked at.
fn walk(start: &Architecture, sides: Sides, seed: u32, look: &mut impl FnMut(&Architecture)) {
    const N_EDITS: usize = 60;
    let mut generator = Mt19937::new(u64::from(seed));
    let mut network = start.clone();
    for _ in 0..N_EDITS {
        let edit = any_edit(&mut generator, &network);
        match edit.applied_to(&network, sides) {
            Ok(edited) => {
                assert_eq!(edited.validate(), Ok(()), "{edit:?}");
                assert_eq!(edited.beta(), start.beta(), "{edit:?}");
                assert_eq!(edited.input_size(), start.input_size(), "{edit:?}");
                if sides == Sides::Mirrored && network.is_mirrored() {
                    assert!(edited.is_mirrored(), "{edit:?} of {network:?}");
                    let middle = edited.layers.len() / 2;
                    assert_eq!(edited.code_layer(), middle, "{edit:?}");
                }
                look(&edited);
                network = edited;
            }
            Err(refusal) => {
                let sentence = refusal.to_string();
                let begins_well = sentence.starts_with(|first: char| first.is_ascii_uppercase());
                assert!(begins_well && sentence.ends_with('.'), "{sentence}");
                assert_fits_are_true(&network, sides, edit, &refusal.fits);
            }
        }
    }
}

/// What a refusal offers can be had.
fn assert_fits_are_true(network: &Architecture, sides: Sides, edit: Edit, fits: &Fits) {
    let values = match fits {
        Fits::AsTheProblemSays => Vec::new(),
        Fits::AtMost(value) | Fits::AtLeast(value) => vec![*value],
        Fits::OneOf(values) => values.clone(),
    };
    for value in values {
        let offered = match edit {
            Edit::SetWidth { layer, .. } => width(layer, value),
            Edit::SetKernel { layer, .. } => Edit::SetKernel {
                layer,
                kernel: value,
            },
            Edit::SetStride { layer, .. } => Edit::SetStride {
                layer,
                stride: value,
            },
            Edit::Add { .. } | Edit::Remove { .. } | Edit::SetActivation { .. } | Edit::Mirror => {
                panic!("{edit:?} has no number")
            }
        };
        let outcome = offered.applied_to(network, sides);
        assert!(outcome.is_ok(), "{offered:?} was offered, but {outcome:?}");
    }
}

fn starts() -> Vec<Architecture> {
    vec![
        dense(&[64, 32, 8, 32, 64]),
        dense(&[64, 32, 8, 32, 64]).with_variational_code(0.5),
        dense(&[5, 3, 5]),
        dense(&[1, 32, 8, 32, 1]),
        Architecture {
            initialisation: Initialisation::UniformAroundDiscarded { hidden_size: 8 },
            ..Architecture::dense(&[64, 32, 16, 8, 16, 32, 64], Activation::Identity, SIGMOID)
        },
        convolutional(),
        series(),
        dense_of_series(),
    ]
}

#[test]
fn whatever_is_changed_a_network_remains() {
    let mut n_kept = 0;
    for (idx, start) in starts().iter().enumerate() {
        for sides in [Sides::Mirrored, Sides::Free] {
            for seed in 0..30 {
                walk(start, sides, 100 * seed + idx as u32, &mut |_| n_kept += 1);
            }
        }
    }
    assert!(n_kept > 3_000, "only {n_kept} changes were possible");
}

#[cfg(all(feature = "engine", not(target_arch = "wasm32")))]
#[test]
fn whatever_is_changed_can_be_trained() {
    use crate::autoencoder::{Loss, Optimiser, Schedule, Trainer, TrainingConfig};
    const MOST_PRODUCTS: usize = 300_000;
    let config = TrainingConfig {
        optimiser: Optimiser::Adam,
        learning_rate: 0.001,
        schedule: Schedule::Constant,
        batch_size: 2,
        drops_last_batch: false,
        epochs: 1,
        seed: 1,
        loss: Loss::MeanSquared,
        weight_decay: 0.0,
        noise: 0.0,
    };
    let mut n_trained = 0;
    let mut train = |network: &Architecture| {
        if network.n_products() > MOST_PRODUCTS {
            return;
        }
        let items = vec![0.25; 2 * network.input_size()];
        let device = Device::Cpu;
        let mut trainer =
            Trainer::new(network, &config, &items, &device, None).expect("it can be trained");
        trainer.step();
        let losses = pollster::block_on(trainer.take_losses()).expect("the CPU answers");
        assert!(losses[0].is_finite(), "{network:?}");
        n_trained += 1;
    };
    for (idx, start) in starts().iter().enumerate() {
        for sides in [Sides::Mirrored, Sides::Free] {
            for seed in 0..6 {
                walk(start, sides, 1_000 + 100 * seed + idx as u32, &mut train);
            }
        }
    }
    assert!(n_trained > 500, "only {n_trained} networks were trained");
}
