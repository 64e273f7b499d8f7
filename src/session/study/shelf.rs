//! Runs that the reader keeps, to compare others with.

use std::sync::Arc;

use super::{Measurements, Study};
use crate::evaluation::Report;
use crate::protocol::Moment;

/// So many runs can be kept.
pub(in crate::session) const MOST_KEPT_RUNS: usize = 6;

/// A run on the shelf.
#[derive(Clone, Debug)]
pub(in crate::session) struct KeptRun {
    /// Tells it from the others, from 1; a number that has become free is used again.
    pub number: usize,
    /// What the reader calls it.
    pub name: String,
    /// As it was when it was kept: nothing is under way in it.
    pub study: Study,
    /// What an evaluation of it found, where there was one before it was trained on.
    pub report: Option<Arc<Report>>,
}

/// The runs that are kept, by number, and the one that stands beside the present one.
#[derive(Clone, Debug, Default)]
pub(in crate::session) struct Shelf {
    runs: Vec<KeptRun>,
    beside: Option<usize>,
    /// The last one that was removed, until it is put back or another one is removed.
    removed: Option<KeptRun>,
}

impl Shelf {
    /// All of them, by number.
    pub fn runs(&self) -> &[KeptRun] {
        &self.runs
    }

    pub fn get(&self, number: usize) -> Option<&KeptRun> {
        self.runs.iter().find(|kept| kept.number == number)
    }

    /// The one that is compared with.
    pub fn beside(&self) -> Option<&KeptRun> {
        self.get(self.beside?)
    }

    pub fn is_full(&self) -> bool {
        self.runs.len() >= MOST_KEPT_RUNS
    }

    /// Keeps a run under the lowest free number, and compares with it; `None` where there is no room.
    pub fn keep(
        &mut self,
        name: String,
        study: Study,
        report: Option<Arc<Report>>,
    ) -> Option<usize> {
        let number = (1..=MOST_KEPT_RUNS).find(|&number| self.get(number).is_none())?;
        self.put(KeptRun {
            number,
            name,
            study,
            report,
        });
        Some(number)
    }

    /// Puts a run back that was kept on an earlier visit, under its old number where that is free; `None` where there is no
    /// room.
    pub fn restore(&mut self, number: usize, name: String, study: Study) -> Option<usize> {
        if self.get(number).is_some() || !(1..=MOST_KEPT_RUNS).contains(&number) {
            return self.keep(name, study, None);
        }
        self.put(KeptRun {
            number,
            name,
            study,
            report: None,
        });
        Some(number)
    }

    /// The measurements of a kept run that came after it was kept, if `of` are its weights.
    pub fn measured_mut(&mut self, of: Moment) -> Option<&mut Measurements> {
        let mut runs = self.runs.iter_mut();
        let kept = runs.find(|kept| kept.study.moment() == of)?;
        Some(&mut kept.study.measured)
    }

    /// Takes what an evaluation found of the weights of a kept run, if `of` are such.
    pub fn take_report(&mut self, of: Moment, report: &Arc<Report>) {
        let runs = self.runs.iter_mut();
        for kept in runs.filter(|kept| kept.study.moment() == of) {
            kept.report = Some(report.clone());
        }
    }

    /// Stands one beside the present run, or none.
    pub fn compare_with(&mut self, number: Option<usize>) {
        self.beside = number.filter(|&number| self.get(number).is_some());
    }

    /// Gives one another name; one without a letter is no name.
    pub fn rename(&mut self, number: usize, name: &str) {
        let name = name.trim();
        let mut runs = self.runs.iter_mut();
        if let Some(kept) = runs.find(|kept| kept.number == number)
            && !name.is_empty()
        {
            kept.name = name.chars().take(MOST_LETTERS).collect();
        }
    }

    /// Takes one off the shelf, to be put back at will.
    pub fn remove(&mut self, number: usize) -> Option<&KeptRun> {
        let place = self.runs.iter().position(|kept| kept.number == number)?;
        self.beside.take_if(|beside| *beside == number);
        self.removed = Some(self.runs.remove(place));
        self.removed.as_ref()
    }

    /// Puts the one that was removed last back; its number may have been given to another.
    pub fn put_back(&mut self) {
        if let Some(removed) = self.removed.take() {
            if self.get(removed.number).is_none() {
                self.put(removed);
            } else {
                self.keep(removed.name, removed.study, removed.report);
            }
        }
    }

    fn put(&mut self, kept: KeptRun) {
        let place = self
            .runs
            .partition_point(|known| known.number < kept.number);
        self.runs.insert(place, kept);
    }
}

/// A name is no longer than this.
const MOST_LETTERS: usize = 60;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::RunId;
    use crate::recipe::RecipeName;
    use crate::session::{Phase, Run};

    fn study() -> Study {
        let run = Run::new(RunId(1), Phase::Paused, None);
        Study::new(RecipeName::OPENING, None, run)
    }

    #[test]
    fn six_runs_find_room_and_a_free_number_is_used_again() {
        let mut shelf = Shelf::default();
        for number in 1..=MOST_KEPT_RUNS {
            assert_eq!(
                shelf.keep(format!("run {number}"), study(), None),
                Some(number)
            );
        }
        assert!(shelf.is_full());
        assert_eq!(shelf.keep("one more".to_owned(), study(), None), None);
        shelf.compare_with(Some(3));
        assert!(shelf.remove(3).is_some() && shelf.beside().is_none());
        assert_eq!(shelf.keep("another".to_owned(), study(), None), Some(3));
        shelf.put_back();
        assert_eq!(shelf.runs().len(), MOST_KEPT_RUNS, "no room to put it back");
        shelf.remove(5);
        shelf.put_back();
        assert_eq!(shelf.get(5).map(|kept| kept.name.as_str()), Some("run 5"));
    }

    #[test]
    fn a_name_is_never_empty_and_never_endless() {
        let mut shelf = Shelf::default();
        shelf.keep("first".to_owned(), study(), None);
        shelf.rename(1, "   ");
        assert_eq!(shelf.runs()[0].name, "first");
        shelf.rename(1, &"ä".repeat(500));
        assert_eq!(shelf.runs()[0].name.chars().count(), MOST_LETTERS);
    }
}
