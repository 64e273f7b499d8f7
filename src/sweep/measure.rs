//! The errors of pictures as a verdict has them: with the label that fits best, where the network reads one.

use crate::anomaly::ErrorMeasure;
use crate::autoencoder::{Network, TrainerError};

/// The error of each row of `n_values` values, tried with every label of `label_inputs`, which are scaled as the network
/// takes them; the smallest counts.
///
/// `None` among them stands for a network without a label input. Rows without an error are left out, and so are
/// all where there is no label to try.
///
/// # Errors
/// When rows and label together are not what the network takes, or the engine fails to hand its results over.
pub async fn smallest_errors(
    network: &Network,
    measure: &ErrorMeasure,
    rows: &[f32],
    n_values: usize,
    label_inputs: &[Option<f32>],
) -> Result<Vec<f32>, TrainerError> {
    let mut smallest = vec![f32::INFINITY; rows.len().checked_div(n_values).unwrap_or(0)];
    for &label in label_inputs {
        let with_label = |row: &[f32]| -> Vec<f32> { row.iter().copied().chain(label).collect() };
        let inputs: Vec<f32> = rows.chunks_exact(n_values).flat_map(with_label).collect();
        let reconstructed = network.reconstruct(&inputs).await?.reconstructions;
        let errors = measure.of_rows(&inputs, &reconstructed, network.input_size());
        for (least, error) in smallest.iter_mut().zip(errors) {
            *least = least.min(error);
        }
    }
    Ok(smallest)
}

#[cfg(test)]
mod tests {
    use super::super::job::test_support::drawing;
    use super::super::{SweepJob, SweepKind, Swept, angle_at};
    use super::*;
    use crate::autoencoder::{Device, Network, Weights};
    use crate::random::Mt19937;
    use crate::recipe::{Recipe, RecipeName};

    const LABELS: [Option<f32>; 3] = [Some(0.0), Some(4.0 / 9.0), Some(1.0)];

    fn network_of(recipe: &Recipe) -> Network {
        let weights = Weights::initial(&recipe.architecture, &mut Mt19937::new(3));
        Network::new(&recipe.architecture, &weights, &Device::Cpu).expect("fits")
    }

    /// As a drawing is judged: one item by itself, with each label.
    fn judged(network: &Network, recipe: &Recipe, values: &[f32], labels: &[Option<f32>]) -> f32 {
        let errors = labels.iter().map(|&label| {
            let input: Vec<f32> = values.iter().copied().chain(label).collect();
            let reconstructed =
                pollster::block_on(network.reconstruct(&input)).expect("reconstructs");
            recipe.measure.of(&input, &reconstructed.reconstructions)
        });
        errors.fold(f32::INFINITY, f32::min)
    }

    #[test]
    fn a_sweep_has_the_error_of_the_verdict_where_the_bench_is() {
        for (name, labels) in [
            (RecipeName::WELL_TRAINED, &[None][..]),
            (RecipeName::UCI_DIGITS, &LABELS[..]),
        ] {
            let recipe = name.recipe();
            let network = network_of(&recipe);
            let now = drawing(true, 34.0, 0.2);
            let picture = crate::picture::Picture::from_ink(32, 32, now.ink.clone());
            let seen = now.treatment.apply(&picture.expect("a picture")).into_ink();
            let verdict = judged(&network, &recipe, &seen, labels);

            let mut job = SweepJob::new(Swept::Drawing(now)).expect("a picture");
            while !job.is_done() {
                let steps = job.next_steps(64);
                let rows: Vec<f32> = steps.iter().flat_map(|&step| job.values_at(step)).collect();
                let errors = smallest_errors(&network, &recipe.measure, &rows, 64, labels);
                job.note(&steps, &pollster::block_on(errors).expect("measures"));
            }
            let errors = job.errors();
            let at_34_degrees = errors.of(SweepKind::Rotation)[107];
            assert!((angle_at(107) - 34.0).abs() < 1e-6);
            let at_noise = errors.noise_levels(SweepKind::Noise, 1.0)[4].own;
            let places = errors.of(SweepKind::Shift);
            for error in [at_34_degrees, at_noise, places[places.len() / 2]] {
                // Many rows at once are added up in another order than one.
                assert!(
                    (error / verdict - 1.0).abs() < 1e-5,
                    "{error} against {verdict}"
                );
            }
        }
    }

    #[test]
    fn without_labels_or_rows_nothing_is_measured() {
        let recipe = RecipeName::WELL_TRAINED.recipe();
        let network = network_of(&recipe);
        let measured = smallest_errors(&network, &recipe.measure, &[], 64, &[None]);
        assert_eq!(pollster::block_on(measured), Ok(Vec::new()));
        let ragged = smallest_errors(&network, &recipe.measure, &[0.0; 70], 70, &[None]);
        assert!(pollster::block_on(ragged).is_err());
    }
}
