//! What is listed of the items, and the cards of those in sight.

use std::ops::Range;

use super::Session;
use crate::data::with_commas;
use crate::session::ItemFilter;
use crate::session::{ItemOrder, Part};

/// What is listed, and what could be.
#[derive(Clone, Debug, PartialEq)]
pub struct ListView {
    /// Items in all; 0 before they were measured.
    pub n_items: usize,
    /// How many of all items are above the threshold.
    pub n_anomalies: usize,
    /// How many of all items are listed.
    pub n_listed: usize,
    /// What is listed.
    pub filter: ItemFilter,
    /// Which end comes first.
    pub order: ItemOrder,
    /// The classes that there are, smallest first; empty where items have no label.
    pub classes: Vec<u8>,
    /// What items were used for, as far as there are such items.
    pub parts: Vec<Part>,
}

/// An item as the gallery shows it; its pictures are asked for by its index.
#[derive(Clone, Debug, PartialEq)]
pub struct GalleryCard {
    /// Its place in the list, from 0.
    pub place: usize,
    /// Its place in the data set, from 0.
    pub index: usize,
    /// What it shows, where that is known.
    pub label: Option<u8>,
    /// By the recipe's measure.
    pub error: f32,
    /// Whether the error is above the threshold.
    pub is_anomaly: bool,
    /// Whether it lies on the bench.
    pub is_shown: bool,
    /// Changes whenever it was reconstructed anew; `None` before the first time.
    pub reconstructed: Option<u32>,
}

impl ListView {
    /// "38 of 1,797 digits"; `several` is what the items are called.
    pub fn count_in_words(&self, several: &str) -> String {
        let (n_listed, n_items) = (with_commas(self.n_listed), with_commas(self.n_items));
        format!("{n_listed} of {n_items} {several}")
    }
}

impl Session {
    /// How many items are listed; 0 before they were measured.
    pub fn n_listed(&self) -> usize {
        self.listing.items().len()
    }

    /// What is listed, and which end comes first.
    pub fn filter_and_order(&self) -> (ItemFilter, ItemOrder) {
        (self.listing.filter().clone(), self.listing.order())
    }

    /// The largest error of all items; `None` before they were measured.
    pub fn largest_error(&self) -> Option<f32> {
        let scored = self.measured().scores.as_ref()?;
        scored.scores.errors.get(*scored.ranking.first()?).copied()
    }

    /// What is listed of the items.
    pub fn list_view(&self) -> ListView {
        let (n_items, n_anomalies) = self.n_items_and_anomalies().unwrap_or_default();
        let parts = self.measured().scores.as_ref().map(|scored| &scored.parts);
        let is_there = |part: &Part| parts.is_some_and(|parts| parts.contains(part));
        ListView {
            n_items,
            n_anomalies,
            n_listed: self.listing.items().len(),
            filter: self.listing.filter().clone(),
            order: self.listing.order(),
            classes: self.listing.classes().to_vec(),
            parts: Part::ALL.into_iter().filter(is_there).collect(),
        }
    }

    /// The cards at some places of the list; places beyond its end have none.
    pub fn gallery_cards(&self, places: Range<usize>) -> Vec<GalleryCard> {
        let Some(scored) = &self.measured().scores else {
            return Vec::new();
        };
        let threshold = self.threshold_of_list();
        let shown = self.item_shown();
        let listed = self.listing.items().iter().copied().enumerate();
        let in_sight = listed.skip(places.start).take(places.len());
        let card = |(place, index): (usize, usize)| {
            let error = *scored.scores.errors.get(index)?;
            let reconstructed = self.listing.reconstruction(index);
            Some(GalleryCard {
                place,
                index,
                label: self.dataset()?.label_of(index),
                error,
                is_anomaly: error > threshold,
                is_shown: shown == Some(index),
                reconstructed: reconstructed.map(|(answer, _)| answer),
            })
        };
        in_sight.filter_map(card).collect()
    }

    /// The values of an item as the network reconstructed them last; `None` before the first time.
    pub fn reconstruction_of(&self, index: usize) -> Option<&[f32]> {
        self.listing.reconstruction(index).map(|(_, values)| values)
    }
}
