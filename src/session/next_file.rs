//! Another file, judged by the network that was trained on the first one.

use std::sync::Arc;

use super::examiner::ExaminerState;
use super::files::Purpose;
use super::pending::Answered;
use super::study::{NextFile, NextMeasured};
use super::{Effect, Message, Notice, Phase, Place, Session, TrainingMessage};
use crate::data::{FirstItems, NamedFile, NextItems, TableReading};
use crate::model_file::ToBeJudged;
use crate::protocol::{ExamineCommand, NextOrder, NextScores};

/// What concerns another file than the one that is learned from.
#[derive(Clone, Debug, PartialEq)]
pub enum NextFileMessage {
    /// Judge the items in these files by the network at hand.
    Judge(Vec<NamedFile>),
    /// Of the two tables that were opened together learn from this one, 0 or 1, and judge the other.
    LearnFrom(usize),
    /// Open neither of the two.
    OpenNeither,
    /// Open the file for itself: begin anew with it.
    OpenAnew,
    /// Judge it no more.
    TakeAway,
    /// Judge it again.
    PutBack,
    /// Lay an item of it on the bench.
    Lay(usize),
}

/// What is neither a part of a study nor forgotten yet.
#[derive(Clone, Debug, Default)]
pub(super) struct NextFiles {
    /// Two tables of which one is to be learned from.
    pub two: Option<[NamedFile; 2]>,
    /// The file that was taken away last.
    removed: Option<NextFile>,
}

impl Session {
    pub(super) fn update_next_file(&mut self, message: NextFileMessage) -> Vec<Effect> {
        match message {
            NextFileMessage::Judge(files) => self.read_files(files, Purpose::Judge),
            NextFileMessage::LearnFrom(idx) => self.learn_from_one_of_two(idx),
            NextFileMessage::OpenNeither => {
                self.next_files.two = None;
                Vec::new()
            }
            NextFileMessage::OpenAnew => self.open_next_anew(),
            NextFileMessage::TakeAway => self.take_next_away(),
            NextFileMessage::PutBack => {
                let data = self.studies.front.data.as_ref();
                let is_of_these = |removed: &mut NextFile| {
                    let (next, first) = (&removed.items.dataset, data.map(|it| &it.dataset));
                    first.is_some_and(|first| {
                        first.schema() == next.schema() && first.n_features() == next.n_features()
                    })
                };
                if let Some(removed) = self.next_files.removed.take_if(is_of_these) {
                    self.studies.front.next = Some(removed);
                }
                Vec::new()
            }
            NextFileMessage::Lay(item) => self.lay_of_next(item),
        }
    }

    /// Whether the network at hand could judge another file: it has learned something of the reader's data, or of a table.
    pub fn can_judge_another(&self) -> bool {
        let is_a_table = self.dataset().is_some_and(|it| it.schema().is_some());
        let has_data = is_a_table || self.own_file().is_some();
        has_data && self.study().run.phase != Phase::Loading && !self.has_learned_nothing()
    }

    /// What files are to be judged by that are read for a purpose; `None` where that is nothing.
    ///
    /// A table that is opened like any, under another name than the one at hand, is rather meant to be judged where it has
    /// the columns that the network at hand has learned from.
    pub(super) fn to_be_judged(&self, purpose: &Purpose, name: &str) -> Option<ToBeJudged> {
        let is_other = || self.own_file().is_some_and(|own| own.name != name);
        let has_columns = || self.dataset().is_some_and(|it| it.schema().is_some());
        let if_alike = match purpose {
            Purpose::Judge | Purpose::JudgeAgain => false,
            Purpose::Open if is_other() && has_columns() && self.can_judge_another() => true,
            Purpose::Open | Purpose::LearnAndJudge(_) | Purpose::JoinDrawings => return None,
        };
        let own = self.own_file();
        let table = own.and_then(|own| own.table.as_ref());
        let table = table.map(|(table, choices)| (table, &choices[..]));
        let photos = own.and_then(|own| Some(own.photos.as_ref()?.1));
        Some(ToBeJudged {
            first: FirstItems::of(self.dataset()?, table, photos),
            if_alike,
        })
    }

    /// Lets the network at hand judge what was read; what does not fit leaves everything as it was.
    pub(super) fn judge_next(
        &mut self,
        (name, files): (String, Option<Arc<[NamedFile]>>),
        items: Result<NextItems, String>,
        purpose: &Purpose,
    ) -> Vec<Effect> {
        let lacks_labels =
            |items: &NextItems| self.recipe().label_input && !items.dataset.has_labels();
        let items = match items {
            Ok(items) if lacks_labels(&items) => {
                Err("it also reads a label, and the items of this file have none".to_owned())
            }
            items => items,
        };
        let items = match items {
            Ok(items) => Arc::new(items),
            Err(reason) => {
                self.refuse_file(&format!(
                    "{name} cannot be judged by this network: {reason}."
                ));
                return Vec::new();
            }
        };
        let notice = match purpose {
            Purpose::Judge => Some(Notice::new(format!(
                "{name}: read as what was learned from. Nothing was sent anywhere, and what you trained stays."
            ))),
            Purpose::Open | Purpose::LearnAndJudge(_) | Purpose::JoinDrawings => {
                let anew = Message::NextFile(NextFileMessage::OpenAnew);
                let text = format!(
                    "{name} has the columns that this network learned from, so the network judges it; what you trained stays."
                );
                Some(Notice::new(text).offering("Open it for itself instead", vec![anew]))
            }
            Purpose::JudgeAgain => None,
        };
        let is_news = notice.is_some();
        self.notice = notice.or(self.notice.take());
        self.library.n_opened_files += 1;
        let front = &mut self.studies.front;
        front.measured.next = None;
        front.next = Some(NextFile {
            name,
            number: self.library.n_opened_files,
            items,
            files,
        });
        if self.study().run.phase.is_busy() || !is_news {
            return Vec::new();
        }
        self.go_to(Some(Place::Items))
    }

    /// Two tables were opened together: asks which of them is to be learned from.
    pub(super) fn ask_which_is_normal(&mut self, files: Vec<NamedFile>) -> Vec<Effect> {
        self.next_files.two = files.try_into().ok();
        self.notice = None;
        Vec::new()
    }

    fn learn_from_one_of_two(&mut self, idx: usize) -> Vec<Effect> {
        let Some([first, second]) = self.next_files.two.take() else {
            return Vec::new();
        };
        let (normal, other) = match idx {
            0 => (first, second),
            _ => (second, first),
        };
        self.read_files(vec![normal], Purpose::LearnAndJudge(Box::new(other)))
    }

    /// Trains on the table that was just opened, and has another one read that it will judge.
    pub(super) fn learn_and_judge(&mut self, other: NamedFile) -> Vec<Effect> {
        let mut effects = self.update_training(TrainingMessage::Train);
        effects.extend(self.read_files(vec![other], Purpose::Judge));
        effects
    }

    /// Begins anew with the file that was judged.
    fn open_next_anew(&mut self) -> Vec<Effect> {
        let Some(next) = self.studies.front.next.take() else {
            return Vec::new();
        };
        self.studies.front.measured.next = None;
        let NextFile {
            name, items, files, ..
        } = next;
        let items = Arc::unwrap_or_clone(items);
        let Some(table) = items.table else {
            return files.map_or_else(Vec::new, |files| {
                self.read_files(files.to_vec(), Purpose::Open)
            });
        };
        match table.read_as(&TableReading::default()) {
            Ok(read) => self.work_on(read, &name, files),
            Err(error) => {
                self.refuse_file(&format!("{name}: {error}."));
                Vec::new()
            }
        }
    }

    fn take_next_away(&mut self) -> Vec<Effect> {
        let front = &mut self.studies.front;
        let Some(next) = front.next.take() else {
            return Vec::new();
        };
        front.measured.next = None;
        let back = vec![
            Message::NextFile(NextFileMessage::PutBack),
            Message::DismissNotice,
        ];
        let text = format!("{} is judged no more.", next.name);
        self.notice = Some(Notice::new(text).offering("Put it back", back));
        self.next_files.removed = Some(next);
        Vec::new()
    }

    fn lay_of_next(&mut self, item: usize) -> Vec<Effect> {
        let Some(next) = &self.studies.front.next else {
            return Vec::new();
        };
        let from = format!("{} of {}", next.items.place_in_words(item), next.name);
        let items = next.items.clone();
        self.benches.at_hand.load_from(&items.dataset, item, from);
        let mut effects = self.request_judgement();
        effects.extend(self.go_to(None));
        effects
    }

    /// Has the other file measured by the weights that judge, once they rest; nothing is asked where nothing has changed.
    pub(super) fn settle_next(&mut self) -> Vec<Effect> {
        let front = &self.studies.front;
        let (moment, is_busy) = (front.moment(), front.run.phase.is_busy());
        let has_learned = !self.has_learned_nothing();
        let ExaminerState { work, numbers, .. } = &mut self.examiner;
        let Some(next) = &front.next else {
            let is_held = work.given_next.take().is_some();
            work.asked_next = None;
            work.scoring_next.give_up();
            let forget = is_held.then_some(Effect::ToExaminer(ExamineCommand::ForgetNext));
            return forget.into_iter().collect();
        };
        let wanted = (next.number, moment);
        let is_ready = work.measured_by == Some(moment) && !work.adopting.is_in_flight();
        if is_busy || !is_ready || !has_learned || work.asked_next == Some(wanted) {
            return Vec::new();
        }
        work.asked_next = Some(wanted);
        let is_held = work.given_next.replace(next.number) == Some(next.number);
        let order = NextOrder {
            request: work.scoring_next.replace(numbers, 0.0),
            dataset: (!is_held).then(|| next.items.dataset.clone()),
        };
        vec![Effect::ToExaminer(ExamineCommand::ScoreNext(Box::new(
            order,
        )))]
    }

    /// The examiner has measured a part of the other file.
    pub(super) fn on_scoring_next(&mut self, request: u32, progress: f32) {
        if let Some(part) = self.examiner.work.scoring_next.part(request) {
            *part = progress.clamp(0.0, 1.0);
        }
    }

    /// The examiner has measured the other file.
    pub(super) fn on_scored_next(&mut self, scores: NextScores) {
        let Some(Answered { .. }) = self.examiner.work.scoring_next.answer(scores.request) else {
            return;
        };
        let axis = self.error_axis();
        let front = &mut self.studies.front;
        let fits = |next: &&NextFile| next.items.dataset.n_items() == scores.errors.len();
        if let Some(next) = front.next.as_ref().filter(fits) {
            let anomalous = &front.recipe.normality.anomalous_classes;
            front.measured.next = Some(NextMeasured::new(next, scores, axis, anomalous));
        }
    }
}
