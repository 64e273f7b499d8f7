//! The examiner: judges what lies on the bench, and measures and maps all items in between.

use super::beside::Beside;
use super::clock::now_ms;
use super::commands::{Commands, Turn};
use super::evaluating::Evaluating;
use super::long_work::{Calibrating, Mapping};
use super::pace::Pace;
use super::past::Past;
use super::reading;
use super::reconstructing::Reconstructing;
use super::remembering::Memory;
use super::scoring::ItemScoring;
use super::scoring_next::ScoringNext;
use super::shell::post;
use super::subject::Subject;
use super::sweeping::{Order, Sweeping};
use super::trying::Reference;
use super::writing::written;
use crate::autoencoder::{Device, Network};
use crate::data::{Dataset, inputs_of};
use crate::evaluation::EvaluationSettings;
use crate::latent::{code_at, interpolate, prior_codes};
use crate::protocol::{
    Attempt, BesideOrder, Event, ExamineCommand, ExamineEvent, Judgement, LongWork, Moment, RunId,
    Snapshot, Tried, Wish,
};
use crate::recipe::Recipe;
use crate::sweep::Swept;

/// Codes on the map that a picked place is mixed from.
const N_NEIGHBOURS: usize = 5;

/// Serves a page as its examiner until the page goes away.
pub(super) async fn serve(mut commands: Commands<ExamineCommand>) {
    let mut examiner = Examiner::default();
    let memory = Memory::new();
    while let Some(turn) = commands.next_turn(examiner.has_work()).await {
        match turn {
            Turn::Obey(command) => tell(examiner.obey(command, &memory).await),
            Turn::Work => {
                tell(examiner.work().await);
                commands.rest(examiner.rest_ms()).await;
            }
        }
    }
}

/// Tells the page what came of something, if anything did.
fn tell(outcome: Result<Option<ExamineEvent>, String>) {
    let event = outcome.unwrap_or_else(|reason| Some(ExamineEvent::Refused { reason }));
    if let Some(event) = event {
        post(&Event::Examine(event));
    }
}

#[derive(Default)]
struct Examiner {
    subject: Option<Subject>,
    network: Option<Network>,
    /// Counts the weights that were adopted.
    n_adoptions: u32,
    /// Where the network's weights were taken.
    moment: Moment,
    calibrating: Option<Calibrating>,
    /// The newest order for sweeps, finished or not.
    sweeping: Option<Sweeping>,
    is_sweep_next: bool,
    pace: Pace,
    reconstructing: Option<Reconstructing>,
    scoring: Option<ItemScoring>,
    /// The items of another file.
    next: ScoringNext,
    /// The earlier epochs of the run.
    past: Past,
    /// Another run to compare with.
    beside: Option<Beside>,
    mapping: Option<Mapping>,
    evaluating: Option<Evaluating>,
    /// The map that was drawn last.
    map: Option<Mapping>,
    /// What distances are measured from, once they have been asked for.
    reference: Option<Reference>,
}

impl Examiner {
    async fn obey(
        &mut self,
        command: ExamineCommand,
        memory: &Memory,
    ) -> Result<Option<ExamineEvent>, String> {
        match command {
            ExamineCommand::Prepare {
                run,
                dataset,
                recipe,
            } => Ok(Some(self.prepare(run, dataset, *recipe))),
            ExamineCommand::Adopt {
                request,
                run,
                snapshot,
            } => self.adopt(request, run, &snapshot).map(|()| None),
            ExamineCommand::Judge {
                request,
                values,
                label,
            } => self.judge(request, values, label).await.map(Some),
            ExamineCommand::Try { request, rows } => self.try_rows(request, &rows).await.map(Some),
            ExamineCommand::Reconstruct { request, items } => {
                self.start_reconstructing(request, &items).map(|()| None)
            }
            ExamineCommand::ScoreNext(order) => {
                self.next.take(*order);
                Ok(None)
            }
            ExamineCommand::ForgetNext => {
                self.next = ScoringNext::default();
                Ok(None)
            }
            ExamineCommand::DrawMap { request } => self.start_map(request).map(|()| None),
            ExamineCommand::Evaluate {
                request,
                recipe,
                seed,
            } => self.evaluate(request, EvaluationSettings::new(recipe, seed)),
            ExamineCommand::Imagine { request, wish } => {
                self.imagine(request, wish).await.map(Some)
            }
            ExamineCommand::Sweep { request, swept } => self.sweep(request, *swept).map(|()| None),
            ExamineCommand::JudgeBeside(order) => self.judge_beside(*order).await.map(Some),
            ExamineCommand::MeasurePast(order) => {
                let subject = self.subject.as_ref().ok_or(NOTHING_PREPARED)?;
                self.past.take(subject, *order).map(|()| None)
            }
            ExamineCommand::Read {
                request,
                files,
                judge,
            } => Ok(Some(reading::read(request, files, judge.as_deref()).await)),
            ExamineCommand::Write { request, order } => {
                let subject = self.subject.as_ref().ok_or(NOTHING_PREPARED)?;
                let outcome = written(*order, subject).await;
                Ok(Some(ExamineEvent::Written { request, outcome }))
            }
            ExamineCommand::Remember(command) => {
                memory.obey(command);
                Ok(None)
            }
            ExamineCommand::Stop(work) => {
                self.stop(work);
                Ok(None)
            }
        }
    }

    fn prepare(&mut self, run: RunId, dataset: Dataset, recipe: Recipe) -> ExamineEvent {
        let split = recipe.split(&dataset);
        let trained = inputs_of(&dataset, &split.train, recipe.label_input);
        let mean_item = crate::anomaly::mean_item(&trained, recipe.architecture.input_size());
        *self = Self {
            subject: Some(Subject {
                recipe,
                dataset,
                split,
                mean_item,
            }),
            ..Self::default()
        };
        ExamineEvent::Prepared { run }
    }

    /// Judges by new weights from now on; measuring the items with them is work for later.
    fn adopt(&mut self, request: u32, run: RunId, snapshot: &Snapshot) -> Result<(), String> {
        let subject = self.subject.as_ref().ok_or(NOTHING_PREPARED)?;
        let architecture = &subject.recipe.architecture;
        let network = Network::new(architecture, &snapshot.weights, &Device::Cpu)
            .map_err(|error| error.to_string())?;
        let moment = Moment {
            run,
            position: snapshot.position,
        };
        self.network = Some(network.clone());
        self.pace.note_weights();
        self.n_adoptions = self.n_adoptions.wrapping_add(1);
        self.moment = moment;
        self.calibrating = Some(Calibrating::new(subject, request, moment));
        match &mut self.scoring {
            Some(scoring) => scoring.adopt(subject, network, moment),
            None => self.scoring = Some(ItemScoring::new(subject, network, moment)),
        }
        Ok(())
    }

    fn is_scored(&self) -> bool {
        self.scoring.as_ref().is_none_or(ItemScoring::is_over)
    }

    fn has_work(&self) -> bool {
        self.calibrating.is_some() || !self.is_scored() || self.is_waited_for()
    }

    /// Whether there is work that somebody waits for.
    fn is_waited_for(&self) -> bool {
        let has_sweep = self
            .sweeping
            .as_ref()
            .is_some_and(|sweeping| !sweeping.is_finished());
        has_sweep
            || self.reconstructing.is_some()
            || self.past.has_work()
            || self.mapping.is_some()
            || self.evaluating.is_some()
            || self.next.has_work()
    }

    /// How long to do nothing, so that others have the processor.
    fn rest_ms(&self) -> f64 {
        if self.is_waited_for() {
            0.0
        } else {
            self.pace.rest_ms()
        }
    }

    /// Does one slice of the most urgent work.
    async fn work(&mut self) -> Result<Option<ExamineEvent>, String> {
        let (Some(subject), Some(network)) = (&self.subject, &self.network) else {
            (self.calibrating, self.scoring, self.mapping) = (None, None, None);
            self.sweeping = None;
            self.evaluating = None;
            self.reconstructing = None;
            self.next.give_up();
            return Ok(None);
        };
        // Each is taken out while it works, so that one that fails does not come back.
        // While training, one calibration follows the other: a sweep that has shown nothing yet takes turns with it.
        self.is_sweep_next = !self.is_sweep_next;
        let is_urgent = self.sweeping.as_ref().is_some_and(Sweeping::is_urgent);
        let is_sweep_next = self.is_sweep_next && is_urgent;
        let is_resting = self.pace.rest_ms() > 0.0;
        let is_scoring_next = !is_resting && self.pace.is_second_next() && !self.is_scored();
        let may_calibrate = !is_sweep_next && !is_resting && !is_scoring_next;
        if let Some(mut calibrating) = self.calibrating.take_if(|_| may_calibrate) {
            let started_ms = now_ms();
            let event = calibrating.work(subject, network).await?;
            self.pace.note_slice_from(started_ms);
            if event.is_none() {
                self.calibrating = Some(calibrating);
            }
            return Ok(event);
        }
        if let Some(mut reconstructing) = self.reconstructing.take_if(|_| !is_sweep_next) {
            let event = reconstructing.work(subject).await?;
            if event.is_none() {
                self.reconstructing = Some(reconstructing);
            }
            return Ok(event);
        }
        if let Some(mut sweeping) = self.sweeping.take_if(|sweeping| !sweeping.is_finished()) {
            let event = sweeping.work(subject).await?;
            self.sweeping = Some(sweeping);
            return Ok(event);
        }
        if self.past.has_work() {
            return self.past.work(subject).await;
        }
        if let Some(mut mapping) = self.mapping.take() {
            let event = mapping.work(subject).await?;
            if mapping.is_finished() {
                self.map = Some(mapping);
            } else {
                self.mapping = Some(mapping);
            }
            return Ok(event);
        }
        if let Some(mut evaluating) = self.evaluating.take() {
            let event = evaluating.work().await;
            if !matches!(event, Some(ExamineEvent::Evaluated { .. })) {
                self.evaluating = Some(evaluating);
            }
            return Ok(event);
        }
        if let Some(mut scoring) = self
            .scoring
            .take_if(|scoring| !scoring.is_over() && !is_resting)
        {
            let started_ms = now_ms();
            let event = scoring.work(subject).await?;
            self.pace.note_slice_from(started_ms);
            self.scoring = Some(scoring);
            return Ok(event);
        }
        self.next.work(subject, (network, self.moment)).await
    }

    fn start_reconstructing(&mut self, request: u32, items: &[u32]) -> Result<(), String> {
        let subject = self.subject.as_ref().ok_or(NOTHING_PREPARED)?;
        let network = self.network.as_ref().ok_or(NO_MODEL)?;
        self.reconstructing = Some(Reconstructing::new(
            subject,
            (network.clone(), self.moment),
            request,
            items,
        ));
        Ok(())
    }

    fn start_map(&mut self, request: u32) -> Result<(), String> {
        let subject = self.subject.as_ref().ok_or(NOTHING_PREPARED)?;
        let network = self.network.as_ref().ok_or(NO_MODEL)?;
        self.map = None;
        let scoring = self.scoring.as_ref();
        self.mapping = Some(Mapping::new(
            subject,
            (network.clone(), self.moment),
            request,
            scoring.and_then(|scoring| scoring.codes_of(self.moment)),
        ));
        Ok(())
    }

    fn sweep(&mut self, request: u32, swept: Swept) -> Result<(), String> {
        let order = Order {
            request,
            swept,
            network: self.network.clone().ok_or(NO_MODEL)?,
            of: self.moment,
            n_adoptions: self.n_adoptions,
        };
        self.sweeping = Some(Sweeping::new(order, self.sweeping.take())?);
        Ok(())
    }

    /// Starts an evaluation; where the data allow none, the answer says so at once.
    fn evaluate(
        &mut self,
        request: u32,
        settings: EvaluationSettings,
    ) -> Result<Option<ExamineEvent>, String> {
        let subject = self.subject.as_ref().ok_or(NOTHING_PREPARED)?;
        let network = self.network.as_ref().ok_or(NO_MODEL)?;
        match Evaluating::new(subject, (network.clone(), self.moment), request, settings) {
            Ok(evaluating) => {
                self.evaluating = Some(evaluating);
                Ok(None)
            }
            Err(reason) => Ok(Some(ExamineEvent::Evaluated {
                request,
                of: self.moment,
                outcome: Err(reason),
            })),
        }
    }

    fn stop(&mut self, work: LongWork) {
        match work {
            LongWork::Scoring => self.scoring = None,
            LongWork::Mapping => self.map = self.mapping.take().or_else(|| self.map.take()),
            LongWork::Evaluating => self.evaluating = None,
        }
    }

    async fn judge(
        &self,
        request: u32,
        values: Vec<f32>,
        label: Option<u8>,
    ) -> Result<ExamineEvent, String> {
        let (Some(subject), Some(network)) = (&self.subject, &self.network) else {
            return Err(NO_MODEL.to_owned());
        };
        let reconstructed = subject.reconstruct(network, &values, label).await?;
        Ok(ExamineEvent::Judged(Judgement {
            request,
            of: self.moment,
            reconstruction: reconstructed.reconstruction,
            code: reconstructed.code,
            error: reconstructed.error,
            label: reconstructed.label,
            values,
        }))
    }

    async fn judge_beside(&mut self, mut order: BesideOrder) -> Result<ExamineEvent, String> {
        if let Some(network) = order.network.take() {
            self.beside = Some(Beside::new(network)?);
        }
        let subject = self.subject.as_ref().ok_or(NOTHING_PREPARED)?;
        let beside = self.beside.as_ref().ok_or(NO_MODEL)?;
        beside.judge(subject, order).await
    }

    async fn try_rows(&mut self, request: u32, rows: &[f32]) -> Result<ExamineEvent, String> {
        let (Some(subject), Some(network)) = (&self.subject, &self.network) else {
            return Err(NO_MODEL.to_owned());
        };
        let reference = self
            .reference
            .get_or_insert_with(|| Reference::new(subject));
        let mut attempts = Vec::new();
        for values in rows.chunks_exact(subject.dataset.n_features().max(1)) {
            let reconstructed = subject.reconstruct(network, values, None).await?;
            attempts.push(Attempt {
                error: reconstructed.error,
                reconstruction: reconstructed.reconstruction,
                code: reconstructed.code,
                distance: reference.distance_of(values),
            });
        }
        Ok(ExamineEvent::Tried(Tried {
            request,
            of: self.moment,
            attempts,
            typical_distance: reference.typical_distance,
        }))
    }

    async fn imagine(&self, request: u32, wish: Wish) -> Result<ExamineEvent, String> {
        let network = self.network.as_ref().ok_or(NO_MODEL)?;
        let codes = match wish {
            Wish::Between { from, to, n_steps } => self.codes_between(from, to, n_steps).await?,
            Wish::AtPlace { x, y } => {
                let map = self.map.as_ref().or(self.mapping.as_ref());
                let map = map.ok_or("there is no map yet: draw it first.")?;
                let (places, codes) = map.places_and_codes();
                let dimension = map.dimension();
                code_at(places, codes, dimension, (x, y), N_NEIGHBOURS)
                    .ok_or("the map has no points yet.")?
            }
            Wish::Set { values, n_values } => self.code_as_set(&values, n_values)?,
            Wish::Prior { seed, n_codes } => self.codes_by_chance(seed, n_codes)?,
        };
        let reconstructed = network
            .decode(&codes)
            .await
            .map_err(|error| error.to_string())?;
        Ok(ExamineEvent::Imagined {
            request,
            of: self.moment,
            codes,
            reconstructed,
        })
    }

    /// A code of the reader's, if it fits the network.
    fn code_as_set(&self, values: &[f32], n_values: usize) -> Result<Vec<f32>, String> {
        let subject = self.subject.as_ref().ok_or(NOTHING_PREPARED)?;
        let is_of_network = subject.recipe.architecture.code_size() == n_values;
        let values = values.get(..n_values).filter(|_| is_of_network);
        let values = values.filter(|values| values.iter().all(|value| value.is_finite()));
        let code =
            values.ok_or("that code is none of this network: move a value of the present one.")?;
        Ok(code.to_vec())
    }

    /// Codes that the prior of a variational autoencoder gives.
    fn codes_by_chance(&self, seed: u32, n_codes: usize) -> Result<Vec<f32>, String> {
        const MOST_CODES: usize = 100;
        let subject = self.subject.as_ref().ok_or(NOTHING_PREPARED)?;
        let architecture = &subject.recipe.architecture;
        if architecture.beta().is_none() {
            return Err(
                "this network's codes follow no known distribution: choose a variational recipe."
                    .to_owned(),
            );
        }
        let n_codes = n_codes.min(MOST_CODES);
        Ok(prior_codes(
            u64::from(seed),
            n_codes,
            architecture.code_size(),
        ))
    }

    async fn codes_between(
        &self,
        from: usize,
        to: usize,
        n_steps: usize,
    ) -> Result<Vec<f32>, String> {
        const MOST_STEPS: usize = 100;
        let subject = self.subject.as_ref().ok_or(NOTHING_PREPARED)?;
        let network = self.network.as_ref().ok_or(NO_MODEL)?;
        let inputs = subject.inputs(&[from, to]);
        let reconstructed = network
            .reconstruct(&inputs)
            .await
            .map_err(|error| error.to_string())?;
        let code_size = subject.recipe.architecture.code_size();
        let (Some(start), Some(end)) = (
            reconstructed.codes.get(..code_size),
            reconstructed.codes.get(code_size..2 * code_size),
        ) else {
            let n_items = subject.dataset.n_items();
            return Err(format!(
                "items {from} and {to} are not both there: choose numbers below {n_items}."
            ));
        };
        Ok(interpolate(start, end, n_steps.clamp(2, MOST_STEPS)))
    }
}

const NOTHING_PREPARED: &str = "no recipe has been chosen yet.";
const NO_MODEL: &str = "no model has been loaded yet.";
