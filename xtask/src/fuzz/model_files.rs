//! Files of models and studies, and damage that gets past their first bytes.

use std::borrow::Cow;

use bottleneck::autoencoder::{Checkpoint, EpochLoss, FilmFrame, Moments, Position, Weights};
use bottleneck::data::{ColumnChoice, NamedFile, TableReading, employees};
use bottleneck::model_file::{
    Examples, OwnFiles, RawExamples, SavedRun, SavedStudy, Settings, TrainedOn, to_bytes,
};
use bottleneck::random::Mt19937;
use bottleneck::recipe::{DataName, RecipeName};
use serde_json::Value;

use super::mutator::Mutator;

/// Stands between the parts of a sample that is put together after the damage.
const SEAM: &[u8] = b"\n--\n";

/// Whole files, and files in parts: what the file says of itself, what it says of its tensors, and these.
pub fn samples() -> Vec<Vec<u8>> {
    let model = SavedStudy {
        run: None,
        examples: None,
        ..study()
    };
    let whole = [to_bytes(&study()), to_bytes(&model)];
    let mut samples: Vec<Vec<u8>> = whole.iter().filter_map(|file| in_parts(file)).collect();
    let weights = samples.last().map(|parts| loose(parts));
    samples.extend(weights);
    samples.extend(whole);
    samples
}

/// Puts the parts of a file together, so that its lengths are right whatever was damaged.
pub fn assemble(bytes: Vec<u8>, _: &mut Mutator) -> Vec<u8> {
    let Some((text, tensors, data)) = parts_of(&bytes) else {
        return bytes;
    };
    let text = String::from_utf8_lossy(text);
    let about = if text.is_empty() {
        Value::Null
    } else {
        serde_json::json!({ "bottleneck": text })
    };
    let mut header = b"{\"__metadata__\":".to_vec();
    header.extend(about.to_string().bytes());
    header.extend(b",");
    header.extend(tensors.get(1..).unwrap_or_default());
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend(header);
    file.extend(data);
    file
}

fn parts_of(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let (text, rest) = split(bytes)?;
    let (tensors, data) = split(rest)?;
    Some((text, tensors, data))
}

fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = bytes.windows(SEAM.len()).position(|some| some == SEAM)?;
    Some((&bytes[..at], &bytes[at + SEAM.len()..]))
}

fn in_parts(file: &[u8]) -> Option<Vec<u8>> {
    let (length, rest) = file.split_first_chunk()?;
    let (header, data) = rest.split_at_checked(u64::from_le_bytes(*length) as usize)?;
    let mut header: Value = serde_json::from_slice(header).ok()?;
    let about = header.as_object_mut()?.remove("__metadata__")?;
    let text = about["bottleneck"].as_str()?;
    Some([text.as_bytes(), header.to_string().as_bytes(), data].join(SEAM))
}

/// The same without a word about itself.
fn loose(parts: &[u8]) -> Vec<u8> {
    split(parts).map_or_else(Vec::new, |(_, rest)| [<&[u8]>::default(), rest].join(SEAM))
}

fn numbers(n: usize, seed: u64) -> Vec<f32> {
    let mut generator = Mt19937::new(seed);
    (0..n).map(|_| generator.normal()).collect()
}

fn checkpoint(epoch: usize) -> Checkpoint {
    let architecture = RecipeName::EMPLOYEES.recipe().architecture;
    let n = architecture.n_parameters();
    let second = numbers(n, 3).into_iter().map(f32::abs);
    Checkpoint {
        position: Position { epoch, batch: 0 },
        weights: Weights::initial(&architecture, &mut Mt19937::new(1)),
        moments: Some(Moments {
            n_steps: 5,
            first: numbers(n, 2),
            second: second.collect(),
        }),
    }
}

/// The smallest network with everything that a study can hold.
fn study() -> SavedStudy<'static> {
    let name = RecipeName::EMPLOYEES;
    let (recipe, dataset) = (name.recipe(), employees(1));
    let code_size = recipe.architecture.code_size();
    let title = "generated employees".to_owned();
    SavedStudy {
        settings: Settings {
            name,
            recipe,
            rule: name.threshold_rule(),
            threshold: Some(0.25),
            trained_on: Some(TrainedOn::of(&dataset, title, Some(DataName::Employees))),
            program: "0.1.0".to_owned(),
        },
        checkpoint: Cow::Owned(checkpoint(2)),
        calibration: vec![0.125, 0.5],
        examples: Some(Examples {
            items: vec![3],
            inputs: numbers(9, 4),
            outputs: numbers(9, 5),
            codes: numbers(code_size, 6),
            errors: vec![0.25],
            raw: RawExamples {
                cells: vec![
                    ["male", "20", "boulder", "30000", "tech"]
                        .map(str::to_owned)
                        .into(),
                ],
                ..RawExamples::default()
            },
        }),
        run: Some(run()),
    }
}

fn run() -> SavedRun<'static> {
    let loss = |epoch| EpochLoss {
        epoch,
        n_batches: 3,
        training: 0.5,
        calibration: 0.25,
        information: None,
    };
    SavedRun {
        losses: vec![loss(1), loss(2)].into(),
        batch_losses: vec![0.5, 0.25, 0.125],
        film: vec![FilmFrame {
            epoch: 1,
            reconstructed: numbers(9, 7),
        }]
        .into(),
        film_items: vec![4],
        history: vec![Cow::Owned(checkpoint(0)), Cow::Owned(checkpoint(1))],
        own: Some(OwnFiles {
            files: vec![NamedFile {
                name: "people.csv".to_owned(),
                bytes: b"age,city\n1,x\n2,y\n3,x\n".to_vec(),
            }]
            .into(),
            reading: TableReading {
                choices: Some(vec![ColumnChoice::Number, ColumnChoice::Category]),
                ..TableReading::default()
            },
        }),
    }
}
