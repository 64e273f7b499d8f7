//! Making the files that a reader keeps.

use super::subject::Subject;
use crate::anomaly::Calibration;
use crate::data::NamedFile;
use crate::model_file::{examined, pytorch_script, to_bytes};
use crate::protocol::{Content, Scores, WriteOrder};
use crate::tables::{CarriedColumn, ScoredItem, log_csv, scores_csv};

/// The file that was ordered.
///
/// # Errors
/// Why it cannot be made, as a sentence.
pub(super) async fn written(order: WriteOrder, subject: &Subject) -> Result<NamedFile, String> {
    let bytes = match order.content {
        Content::Study(study) => {
            let study = examined(*study, &subject.dataset).await;
            to_bytes(&study.map_err(|error| error.to_string())?)
        }
        Content::Script {
            settings,
            model_file_name,
        } => pytorch_script(&settings, &model_file_name).into_bytes(),
        Content::Scores {
            scores,
            threshold,
            carried,
        } => table(&scores, threshold, &carried, subject).into_bytes(),
        Content::Log(losses) => log_csv(&losses).into_bytes(),
    };
    Ok(NamedFile {
        name: order.file_name,
        bytes,
    })
}

fn table(
    scores: &Scores,
    threshold: Option<f32>,
    carried: &[CarriedColumn],
    subject: &Subject,
) -> String {
    let Scores { errors, codes, .. } = scores;
    let code_size = subject.recipe.architecture.code_size();
    let parts = subject.split.parts(errors.len());
    let calibration = subject.split.calibration.iter();
    let calibration = calibration.filter_map(|&item| errors.get(item).copied());
    let items = errors.iter().zip(&parts).enumerate();
    let items = items.map(|(index, (&error, &part))| ScoredItem {
        index,
        part: Some(part),
        label: subject
            .dataset
            .label_of(index)
            .map(|label| subject.dataset.class_in_words(label)),
        error,
        code: codes
            .get(index * code_size..(index + 1) * code_size)
            .unwrap_or_default(),
    });
    scores_csv(
        items,
        &Calibration::new(calibration.collect()),
        threshold,
        code_size,
        carried,
    )
}
