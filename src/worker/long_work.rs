//! Work of the examiner that takes long, cut into slices so that it can listen in between.

use super::clock::now_ms;
use super::subject::Subject;
use crate::autoencoder::{Architecture, Network, Reconstructed};
use crate::latent::{MOST_MAPPED, Tsne, TsneSettings};
use crate::protocol::{ExamineEvent, LatentMap, Moment};

/// Values that are reconstructed in one go; a drawing must not wait longer than that.
const VALUES_PER_SLICE: usize = 24 * 784;

/// A dense network is quicker: so many times the values in one go.
const DENSE_FACTOR: usize = 16;

/// How often the page hears how far the work is.
pub(super) const NEWS_EVERY_MS: f64 = 100.0;

/// How often the page gets a map in the making: a large one takes it a frame to take in and to paint.
const MAP_EVERY_MS: f64 = 150.0;

/// How long the map is drawn before the examiner listens again; a step of a large map takes as long.
const MAP_SLICE_MS: f64 = 8.0;

/// Rows that are reconstructed in one go.
pub(super) fn rows_per_slice(architecture: &Architecture) -> usize {
    let factor = if architecture.is_convolutional() {
        1
    } else {
        DENSE_FACTOR
    };
    (factor * VALUES_PER_SLICE / architecture.input_size()).max(1)
}

/// A list of items that is reconstructed slice by slice.
pub(super) struct Sweep {
    items: Vec<usize>,
    n_done: usize,
}

impl Sweep {
    pub fn new(items: Vec<usize>) -> Self {
        Self { items, n_done: 0 }
    }

    pub fn is_done(&self) -> bool {
        self.n_done >= self.items.len()
    }

    pub fn n_done(&self) -> usize {
        self.n_done
    }

    /// Reconstructs the next items: their rows, and what the network made of them.
    pub async fn next(
        &mut self,
        subject: &Subject,
        network: &Network,
    ) -> Result<(Vec<f32>, Reconstructed), String> {
        let per_slice = rows_per_slice(&subject.recipe.architecture);
        let end = (self.n_done + per_slice).min(self.items.len());
        let inputs = subject.inputs(&self.items[self.n_done..end]);
        self.n_done = end;
        let reconstructed = network.reconstruct(&inputs).await;
        Ok((inputs, reconstructed.map_err(|error| error.to_string())?))
    }
}

/// Measures the calibration items.
pub(super) struct Calibrating {
    request: u32,
    of: Moment,
    sweep: Sweep,
    errors: Vec<f32>,
}

impl Calibrating {
    pub fn new(subject: &Subject, request: u32, of: Moment) -> Self {
        Self {
            request,
            of,
            sweep: Sweep::new(subject.split.calibration.clone()),
            errors: Vec::new(),
        }
    }

    /// One slice; the event comes with the last one.
    pub async fn work(
        &mut self,
        subject: &Subject,
        network: &Network,
    ) -> Result<Option<ExamineEvent>, String> {
        let errors = self.next(subject, network).await?;
        Ok(errors.map(|errors| ExamineEvent::Calibrated {
            request: self.request,
            of: self.of,
            errors,
        }))
    }

    /// One slice; the errors come with the last one.
    pub async fn next(
        &mut self,
        subject: &Subject,
        network: &Network,
    ) -> Result<Option<Vec<f32>>, String> {
        let (inputs, reconstructed) = self.sweep.next(subject, network).await?;
        self.errors
            .extend(subject.errors_of(&inputs, &reconstructed));
        let is_done = self.sweep.is_done();
        Ok(is_done.then(|| std::mem::take(&mut self.errors)))
    }
}

/// Lays codes out on a map.
pub(super) struct Mapping {
    request: u32,
    /// The weights of the moment when the map was asked for.
    network: Network,
    of: Moment,
    items: Vec<usize>,
    /// Finds the codes that are not known.
    sweep: Sweep,
    /// One for each of the items that the sweep is through with.
    codes: Vec<f32>,
    dimension: usize,
    tsne: Option<Tsne>,
    started_ms: f64,
    last_news_ms: f64,
}

impl Mapping {
    /// `known` are the codes of all items under these weights, where they have been found before.
    pub fn new(
        subject: &Subject,
        (network, of): (Network, Moment),
        request: u32,
        known: Option<&[f32]>,
    ) -> Self {
        let items = mapped_items(subject);
        let dimension = subject.recipe.architecture.code_size();
        let of_item = |codes: &[f32], item: usize| codes[item * dimension..][..dimension].to_vec();
        let codes = known.map_or_else(Vec::new, |codes| {
            let codes = items.iter().flat_map(|&item| of_item(codes, item));
            codes.collect()
        });
        let unknown = if known.is_some() {
            Vec::new()
        } else {
            items.clone()
        };
        Self {
            request,
            network,
            of,
            items,
            sweep: Sweep::new(unknown),
            codes,
            dimension,
            tsne: None,
            started_ms: now_ms(),
            last_news_ms: now_ms(),
        }
    }

    pub fn is_finished(&self) -> bool {
        self.tsne.as_ref().is_some_and(Tsne::is_finished)
    }

    /// Values of a code.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// Where the points lie (`n × 2`), and their codes.
    pub fn places_and_codes(&self) -> (&[f32], &[f32]) {
        (
            self.tsne.as_ref().map_or(&[], |tsne| tsne.embedding()),
            &self.codes,
        )
    }

    /// One slice: first the codes, then the map itself.
    pub async fn work(&mut self, subject: &Subject) -> Result<Option<ExamineEvent>, String> {
        let started_ms = now_ms();
        let Some(tsne) = &mut self.tsne else {
            if !self.sweep.is_done() {
                let (_, reconstructed) = self.sweep.next(subject, &self.network).await?;
                self.codes.extend(reconstructed.codes);
                return Ok(None);
            }
            let tsne = Tsne::new(&self.codes, self.dimension, TsneSettings::default());
            self.tsne = Some(tsne.map_err(|error| format!("the map cannot be drawn: {error}"))?);
            return Ok(None);
        };
        while !tsne.is_finished() && now_ms() - started_ms < MAP_SLICE_MS {
            tsne.step();
        }
        let is_finished = tsne.is_finished();
        if !is_finished && now_ms() - self.last_news_ms < MAP_EVERY_MS {
            return Ok(None);
        }
        self.last_news_ms = now_ms();
        let has_places = tsne.iteration() > 0;
        Ok(Some(ExamineEvent::Map(LatentMap {
            request: self.request,
            of: self.of,
            items: self.items.iter().map(|&item| item as u32).collect(),
            places: if has_places {
                tsne.embedding().to_vec()
            } else {
                Vec::new()
            },
            progress: tsne.progress(),
            is_finished,
            elapsed_ms: now_ms() - self.started_ms,
        })))
    }
}

/// Test items and those of other classes first, then calibration and training items, as many as the map can hold.
fn mapped_items(subject: &Subject) -> Vec<usize> {
    let split = &subject.split;
    let parts = [
        &split.test,
        &split.held_out,
        &split.calibration,
        &split.train,
    ];
    let mut items: Vec<usize> = Vec::new();
    for part in parts {
        let room = MOST_MAPPED - items.len();
        items.extend(part.iter().take(room));
    }
    // Where everything is trained on, the same items calibrate.
    items.sort_unstable();
    items.dedup();
    items
}
