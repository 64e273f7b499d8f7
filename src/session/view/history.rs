//! Which epochs of a run can be gone back to, and which one is shown.

use super::Session;

/// The epochs of a run that were kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryView {
    /// Epochs that can be shown, the earliest first; 0 is the network before it learned anything. The newest weights are
    /// not among them.
    pub epochs: Vec<usize>,
    /// The one that is shown; `None` where the newest weights judge.
    pub shown: Option<usize>,
    /// Whole epochs done by the newest weights.
    pub newest: usize,
    /// The epoch with the lowest calibration loss, of those kept.
    pub best: Option<usize>,
}

impl HistoryView {
    /// What is shown, as the end of "This is …".
    pub fn shown_in_words(&self) -> String {
        match self.shown {
            Some(0) => "as it was before training".to_owned(),
            Some(epoch) if self.best == Some(epoch) => {
                format!("as it was after epoch {epoch}, the best so far")
            }
            Some(epoch) => format!("as it was after epoch {epoch}"),
            None => "as it is now".to_owned(),
        }
    }

    /// The stop that a slider reaches when it is moved from what is shown toward an epoch: the next one kept that lies at
    /// least so far; `None` for the newest weights.
    pub fn toward(&self, wanted: usize) -> Option<usize> {
        if self.shown.unwrap_or(self.newest) < wanted {
            self.epochs.iter().copied().find(|&epoch| epoch >= wanted)
        } else {
            let mut before = self.epochs.iter().rev().copied();
            let kept = before.find(|&epoch| epoch <= wanted);
            kept.or(self.epochs.first().copied())
        }
    }

    /// The stop after what is shown; `None` for the newest weights.
    pub fn next(&self) -> Option<usize> {
        self.shown.and_then(|shown| self.toward(shown + 1))
    }
}

impl Session {
    /// The epoch that is shown; `None` where the newest weights judge.
    pub fn shown_epoch(&self) -> Option<usize> {
        let run = &self.study().run;
        run.is_rewound.then(|| run.position().epoch)
    }

    /// What can be gone back to; `None` before there is anything.
    pub fn history_view(&self) -> Option<HistoryView> {
        let run = &self.study().run;
        let newest = run.newest_position();
        let positions = run
            .history
            .epochs()
            .iter()
            .map(|kept| kept.checkpoint.position);
        let earlier = positions.filter(|&position| position < newest);
        let epochs: Vec<usize> = earlier.map(|position| position.epoch).collect();
        if epochs.is_empty() {
            return None;
        }
        Some(HistoryView {
            epochs,
            shown: self.shown_epoch(),
            newest: newest.epoch,
            best: run.history.best_epoch(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thinned(shown: Option<usize>) -> HistoryView {
        HistoryView {
            epochs: vec![0, 1, 4, 8],
            shown,
            newest: 10,
            best: Some(8),
        }
    }

    #[test]
    fn a_slider_moves_on_to_the_next_epoch_that_was_kept_in_the_direction_of_the_hand() {
        assert_eq!(thinned(None).toward(9), Some(8));
        assert_eq!(thinned(Some(8)).toward(7), Some(4));
        assert_eq!(thinned(Some(4)).toward(5), Some(8));
        assert_eq!(thinned(Some(8)).toward(9), None, "the newest weights");
        assert_eq!(thinned(Some(1)).toward(0), Some(0));
    }

    #[test]
    fn playing_goes_through_all_of_them_and_ends_at_the_newest() {
        let mut seen = vec![0];
        while let Some(epoch) = thinned(seen.last().copied()).next() {
            seen.push(epoch);
        }
        assert_eq!(seen, [0, 1, 4, 8]);
        assert_eq!(thinned(None).next(), None);
    }
}
