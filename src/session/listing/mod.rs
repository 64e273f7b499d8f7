//! The list of items as the reader wants it, and the pictures of those in sight.

mod filter;
mod reconstructions;

pub use filter::{ItemFilter, ItemOrder, Side};

use std::ops::Range;
use std::sync::Arc;

use super::examiner::ExaminerState;
use super::kind::Panel;
use super::{Effect, Part, Session};
use crate::data::Dataset;
use crate::protocol::{ExamineCommand, ReconstructedItems};
use reconstructions::Reconstructions;

/// A change of what is listed, or of what is in sight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListChange {
    /// List this class too, or no more.
    ToggleClass(u8),
    /// List every class.
    AllClasses,
    /// List only this side of the threshold.
    ChooseSide(Option<Side>),
    /// List only this part of the data.
    ChoosePart(Option<Part>),
    /// Another end of the list first.
    ChooseOrder(ItemOrder),
    /// List every item.
    ClearFilters,
    /// These places of the list are in sight, with their reconstructions; none while the list is out of sight.
    Watch(Range<usize>),
}

/// What the reader wants to see of the items, and what was worked out for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Listing {
    filter: ItemFilter,
    order: ItemOrder,
    /// What the filter belongs to.
    dataset: Option<Arc<Dataset>>,
    /// The classes that there are, smallest first.
    classes: Vec<u8>,
    listed: Option<Listed>,
    /// Places of the list that are in sight.
    watched: Range<usize>,
    reconstructions: Reconstructions,
}

/// The items that are listed, and by what they were chosen.
#[derive(Clone, Debug)]
struct Listed {
    filter: ItemFilter,
    order: ItemOrder,
    threshold: f32,
    items: Vec<usize>,
}

impl Listing {
    pub fn filter(&self) -> &ItemFilter {
        &self.filter
    }

    pub fn order(&self) -> ItemOrder {
        self.order
    }

    /// The classes that there are, smallest first.
    pub fn classes(&self) -> &[u8] {
        &self.classes
    }

    /// The indices of the items that are listed; empty before they were measured.
    pub fn items(&self) -> &[usize] {
        self.listed.as_ref().map_or(&[], |listed| &listed.items)
    }

    /// How an item was reconstructed last, and the number of the answer that it came with.
    pub fn reconstruction(&self, item: usize) -> Option<(u32, &[f32])> {
        self.reconstructions.of(item)
    }

    /// All items were measured anew.
    pub fn on_scores(&mut self) {
        self.listed = None;
    }

    fn in_sight(&self) -> &[usize] {
        let items = self.items();
        let end = self.watched.end.min(items.len());
        items.get(self.watched.start..end).unwrap_or_default()
    }

    fn change(&mut self, change: &ListChange) {
        match change {
            ListChange::ToggleClass(class) => self.filter.toggle(*class),
            ListChange::AllClasses => self.filter.classes.clear(),
            ListChange::ChooseSide(side) => self.filter.side = *side,
            ListChange::ChoosePart(part) => self.filter.part = *part,
            ListChange::ChooseOrder(order) => self.order = *order,
            ListChange::ClearFilters => self.filter = ItemFilter::default(),
            ListChange::Watch(places) => self.watched = places.clone(),
        }
    }

    /// A filter says nothing of other data, and neither do their pictures.
    fn follow_data(&mut self, dataset: Option<&Arc<Dataset>>) {
        let is_same = match (&self.dataset, dataset) {
            (Some(known), Some(dataset)) => Arc::ptr_eq(known, dataset),
            (known, dataset) => known.is_none() && dataset.is_none(),
        };
        if !is_same {
            self.filter = ItemFilter::default();
            self.classes = dataset.map_or_else(Vec::new, |dataset| dataset.classes());
            self.reconstructions.forget();
            self.listed = None;
            self.dataset = dataset.cloned();
        }
    }
}

impl Session {
    pub(super) fn change_list(&mut self, change: &ListChange) {
        self.listing.change(change);
    }

    /// Brings the list up to date after whatever happened, and asks for the pictures that it lacks.
    pub(super) fn settle_list(&mut self) -> Vec<Effect> {
        let dataset = self.studies.front.data.as_ref().map(|data| &data.dataset);
        self.listing.follow_data(dataset);
        self.list_items();
        self.request_reconstructions()
    }

    /// Nothing is worked out where nothing has changed.
    fn list_items(&mut self) {
        let front = &self.studies.front;
        let (Some(scored), Some(data)) = (&front.measured.scores, &front.data) else {
            self.listing.listed = None;
            return;
        };
        let threshold = self.threshold_of_list();
        let Listing { filter, order, .. } = &self.listing;
        let is_current = |listed: &Listed| {
            listed.filter == *filter
                && listed.order == *order
                && listed.threshold.to_bits() == threshold.to_bits()
        };
        if self.listing.listed.as_ref().is_some_and(is_current) {
            return;
        }
        self.listing.listed = Some(Listed {
            items: filter.apply(scored, &data.dataset, threshold, *order),
            filter: filter.clone(),
            order: *order,
            threshold,
        });
    }

    fn request_reconstructions(&mut self) -> Vec<Effect> {
        let has_gallery = self.has_panel(Panel::Gallery);
        let ExaminerState { work, numbers, .. } = &mut self.examiner;
        let Some(given) = work.given().filter(|_| has_gallery) else {
            return Vec::new();
        };
        if work.reconstructing.is_in_flight() || work.is_reconstructing_refused {
            return Vec::new();
        }
        let wanted = self
            .listing
            .reconstructions
            .wanted(self.listing.in_sight(), given);
        if wanted.is_empty() {
            return Vec::new();
        }
        vec![Effect::ToExaminer(ExamineCommand::Reconstruct {
            request: work.reconstructing.replace(numbers, ()),
            items: wanted,
        })]
    }

    pub(super) fn on_reconstructed(&mut self, reconstructed: &ReconstructedItems) {
        let n_features = self.dataset().map_or(0, Dataset::n_features);
        let work = &mut self.examiner.work;
        if work.reconstructing.answer(reconstructed.request).is_none() {
            return;
        }
        let in_sight = self.listing.in_sight().to_vec();
        let reconstructions = &mut self.listing.reconstructions;
        let fits = reconstructions.take(reconstructed, n_features, &in_sight);
        work.is_reconstructing_refused = !fits;
    }
}
