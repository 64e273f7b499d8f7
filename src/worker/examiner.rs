//! The examiner: judges drawings and measures the calibration items by the newest weights.

use burn::prelude::Device;
use futures_util::{StreamExt as _, stream::LocalBoxStream};

use super::shell::post;
use crate::anomaly::item_errors;
use crate::autoencoder::{Network, TrainerError};
use crate::data::{Dataset, Split, inputs_of, label_input};
use crate::protocol::{Checkpoint, Event, ExamineCommand, ExamineEvent, Judgement, RunId};
use crate::recipe::Recipe;

/// Labels that a drawing without one is tried with.
const LABELS: std::ops::RangeInclusive<u8> = 0..=9;

/// Serves a page as its examiner until the page goes away.
pub(super) async fn serve(
    first: ExamineCommand,
    mut commands: LocalBoxStream<'static, ExamineCommand>,
) {
    let mut examiner = Examiner::default();
    let mut next = Some(first);
    while let Some(command) = next {
        let event = examiner
            .obey(command)
            .await
            .unwrap_or_else(|reason| ExamineEvent::Refused { reason });
        post(&Event::Examine(event));
        next = commands.next().await;
    }
}

#[derive(Default)]
struct Examiner {
    run: RunId,
    recipe: Option<Recipe>,
    calibration: Vec<f32>,
    network: Option<Network>,
}

impl Examiner {
    async fn obey(&mut self, command: ExamineCommand) -> Result<ExamineEvent, String> {
        match command {
            ExamineCommand::Prepare {
                run,
                dataset,
                recipe,
            } => self.prepare(run, &dataset, recipe),
            ExamineCommand::Adopt { run, checkpoint } => self.adopt(run, &checkpoint).await,
            ExamineCommand::Judge {
                request,
                pixels,
                label,
            } => self.judge(request, pixels, label).await,
        }
    }

    fn prepare(
        &mut self,
        run: RunId,
        packed: &[u8],
        recipe: Recipe,
    ) -> Result<ExamineEvent, String> {
        let dataset = Dataset::decode(packed).map_err(|error| error.to_string())?;
        let split = Split::new(dataset.n_items(), recipe.training.seed);
        self.run = run;
        self.calibration = inputs_of(&dataset, &split.calibration, recipe.label_input);
        self.recipe = Some(recipe);
        self.network = None;
        Ok(ExamineEvent::Prepared { run })
    }

    async fn adopt(&mut self, run: RunId, checkpoint: &Checkpoint) -> Result<ExamineEvent, String> {
        let recipe = self
            .recipe
            .as_ref()
            .ok_or("no recipe has been chosen yet")?;
        let network = Network::new(&recipe.architecture, &checkpoint.weights, &Device::flex())
            .map_err(|error| error.to_string())?;
        let errors = errors_of(&network, &self.calibration, recipe).await?;
        self.run = run;
        self.network = Some(network);
        Ok(ExamineEvent::Calibrated {
            run,
            position: checkpoint.position,
            errors,
        })
    }

    async fn judge(
        &self,
        request: u32,
        pixels: Vec<f32>,
        label: Option<u8>,
    ) -> Result<ExamineEvent, String> {
        let (Some(recipe), Some(network)) = (&self.recipe, &self.network) else {
            return Err("no model has been loaded yet".to_owned());
        };
        let labels = candidate_labels(recipe, label);
        let inputs: Vec<f32> = labels
            .iter()
            .flat_map(|&label| input_row(&pixels, label))
            .collect();
        let rebuilt = network
            .rebuild(&inputs)
            .await
            .map_err(|error| error.to_string())?;
        let width = recipe.architecture.input_size();
        let errors = item_errors(&inputs, &rebuilt.reconstructions, width);
        let by_error = |a: &usize, b: &usize| errors[*a].total_cmp(&errors[*b]);
        let best = (0..errors.len())
            .min_by(by_error)
            .ok_or("the drawing has the wrong size")?;
        let code_size = recipe.architecture.code_size();
        let reconstruction = rebuilt.reconstructions[best * width..][..pixels.len()].to_vec();
        Ok(ExamineEvent::Judged(Judgement {
            request,
            run: self.run,
            reconstruction,
            code: rebuilt.codes[best * code_size..][..code_size].to_vec(),
            error: errors[best],
            label: labels[best],
            pixels,
        }))
    }
}

/// A known label counts; a drawing is tried with every digit. Without a label input there is nothing to try.
fn candidate_labels(recipe: &Recipe, known: Option<u8>) -> Vec<Option<u8>> {
    match (recipe.label_input, known) {
        (false, _) => vec![None],
        (true, Some(label)) => vec![Some(label)],
        (true, None) => LABELS.map(Some).collect(),
    }
}

fn input_row(pixels: &[f32], label: Option<u8>) -> impl Iterator<Item = f32> + '_ {
    pixels.iter().copied().chain(label.map(label_input))
}

async fn errors_of(network: &Network, items: &[f32], recipe: &Recipe) -> Result<Vec<f32>, String> {
    let rebuilt = network
        .rebuild(items)
        .await
        .map_err(|error: TrainerError| error.to_string())?;
    Ok(item_errors(
        items,
        &rebuilt.reconstructions,
        recipe.architecture.input_size(),
    ))
}
