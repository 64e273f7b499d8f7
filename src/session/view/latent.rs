//! The codes as a map, and pictures of codes that belong to no item.

use super::Session;
use crate::data::Dataset;
use crate::protocol::{Moment, Wish};
use crate::session::Imagined;

/// One item on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapPoint {
    /// To the right, in the map's own units.
    pub x: f32,
    /// Upwards, in the map's own units.
    pub y: f32,
    /// Its place in the data set.
    pub item: usize,
    /// What it shows, where that is known.
    pub label: Option<u8>,
}

/// Where drawing the map stands. While it is the same, so are the points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapView {
    /// How many points lie on it; 0 while the neighbours are still being found.
    pub n_points: usize,
    /// Part of the work that is done, 0…1.
    pub progress: f32,
    /// Whether it will not move any more.
    pub is_finished: bool,
    /// Whether it was given up before its end.
    pub was_stopped: bool,
    /// Whether the network has learned since it was begun.
    pub is_old: bool,
    /// How long the work has taken, in milliseconds.
    pub elapsed_ms: f64,
    /// Tells this map from all others.
    request: u32,
    of: Moment,
}

impl Session {
    /// Where the map of the codes stands; `None` before one was asked for.
    pub fn map_view(&self) -> Option<MapView> {
        let map = self.measured().map.as_ref()?;
        Some(MapView {
            n_points: map.places.len() / 2,
            progress: map.progress,
            is_finished: map.is_finished,
            was_stopped: map.is_finished && map.progress < 1.0,
            is_old: map.of != self.study().moment(),
            elapsed_ms: map.elapsed_ms,
            request: map.request,
            of: map.of,
        })
    }

    /// What lies on the map. There can be ten thousand points: not to be asked for where the map is the same as before.
    pub fn map_points(&self) -> Vec<MapPoint> {
        let Some((map, dataset)) = self.measured().map.as_ref().zip(self.dataset()) else {
            return Vec::new();
        };
        let places = map.places.chunks_exact(2);
        let point = |(&item, place): (&u32, &[f32])| MapPoint {
            x: place[0],
            y: place[1],
            item: item as usize,
            label: dataset.label_of(item as usize),
        };
        map.items.iter().zip(places).map(point).collect()
    }

    /// What was asked of the decoder last, and its answer.
    pub fn imagined(&self) -> Option<&Imagined> {
        self.measured().imagined.as_ref()
    }

    /// The pictures on the way from one item to another; empty where something else was asked for.
    pub fn interpolation(&self) -> Vec<Vec<f32>> {
        self.imagined_items(|wish| matches!(wish, Wish::Between { .. }))
    }

    /// What the decoder makes of the place that was picked on the map.
    pub fn generated(&self) -> Option<Vec<f32>> {
        self.imagined_items(|wish| matches!(wish, Wish::AtPlace { .. }))
            .pop()
    }

    /// What the decoder makes of the code as the reader has set it.
    pub fn decoded_code(&self) -> Option<Vec<f32>> {
        self.imagined_items(|wish| matches!(wish, Wish::Set { .. }))
            .pop()
    }

    /// What the decoder makes of random codes; empty where something else was asked for.
    pub fn sampled(&self) -> Vec<Vec<f32>> {
        self.imagined_items(|wish| matches!(wish, Wish::Prior { .. }))
    }

    fn imagined_items(&self, is_wanted: impl Fn(&Wish) -> bool) -> Vec<Vec<f32>> {
        let wanted = self
            .measured()
            .imagined
            .as_ref()
            .filter(|imagined| is_wanted(&imagined.wish));
        let n_inputs = self.architecture().input_size().max(1);
        let n_features = self.dataset().map_or(0, Dataset::n_features);
        let rows = wanted.map_or(&[][..], |imagined| &imagined.reconstructed);
        rows.chunks_exact(n_inputs)
            .map(|row| row[..n_features.min(row.len())].to_vec())
            .collect()
    }
}
