//! What the reader takes away: files that the examiner makes of the study in front.

use crate::tables::CarriedColumn;
use std::borrow::Cow;

use super::data::LoadedData;
use super::pending::{Answered, Pending};
use super::study::Study;
use super::{Effect, Origin, Phase, Run, Session};
use crate::data::{NamedFile, TableReading};
use crate::model_file::{ENDING, OwnFiles, SavedRun, SavedStudy, Settings, TrainedOn};
use crate::protocol::{Checkpoint, Content, ExamineCommand, Moment, WriteOrder};

/// Something to take away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takeaway {
    /// The network that judges, with all that judging takes.
    Model,
    /// The script that opens the model in PyTorch.
    Script,
    /// How every item was judged.
    Scores,
    /// How the losses fell.
    Log,
    /// All of the study, to go on with elsewhere.
    Study,
}

impl Takeaway {
    /// In the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Model,
        Self::Script,
        Self::Scores,
        Self::Log,
        Self::Study,
    ];

    /// What its button says.
    pub fn title(self) -> &'static str {
        match self {
            Self::Model => "Model",
            Self::Script => "PyTorch script",
            Self::Scores => "Scores",
            Self::Log => "Training log",
            Self::Study => "Whole study",
        }
    }

    /// What is in it, in a sentence.
    pub fn summary(self) -> &'static str {
        match self {
            Self::Model => {
                "The network and how it judges, as safetensors. Drop the file on this page to open it again."
            }
            Self::Script => {
                "Builds the same network in PyTorch and shows that both give the same. Put it beside the model."
            }
            Self::Scores => "Every item with its error, p-value, verdict and code, as CSV.",
            Self::Log => "The losses of every epoch, as CSV.",
            Self::Study => {
                "The model with its losses, its earlier epochs and the optimiser's state, to train on from elsewhere."
            }
        }
    }

    /// What its file is called.
    fn file_name(self, study: &Study) -> String {
        let slug = study.name.slug();
        match self {
            Self::Model => format!("bottleneck-{slug}{ENDING}"),
            Self::Script => format!("bottleneck-{slug}.py"),
            Self::Scores => format!("bottleneck-{slug}-scores.csv"),
            Self::Log => format!("bottleneck-{slug}-log.csv"),
            Self::Study => format!("bottleneck-{slug}-study{ENDING}"),
        }
    }
}

/// A file that is being made, and what became of the last one.
#[derive(Clone, Debug, Default)]
pub(super) struct Taking {
    asked: Pending<Takeaway>,
    word: String,
}

impl Session {
    /// Has a file made; nothing where there is an obstacle.
    pub(super) fn take_away(&mut self, takeaway: Takeaway) -> Vec<Effect> {
        let order = match self.takeaway_obstacle(takeaway) {
            Some(_) => None,
            None => self.order(takeaway),
        };
        let Some(order) = order else {
            return Vec::new();
        };
        let asked = &mut self.taking.asked;
        let request = asked.replace(&mut self.examiner.numbers, takeaway);
        "Making the file…".clone_into(&mut self.taking.word);
        let order = Box::new(order);
        vec![Effect::ToExaminer(ExamineCommand::Write { request, order })]
    }

    /// The examiner has made a file.
    pub(super) fn on_written(
        &mut self,
        request: u32,
        outcome: Result<NamedFile, String>,
    ) -> Vec<Effect> {
        let Some(Answered { .. }) = self.taking.asked.answer(request) else {
            return Vec::new();
        };
        match outcome {
            Ok(file) => {
                self.taking.word = format!("{} is made.", file.name);
                vec![Effect::Save(file)]
            }
            Err(reason) => {
                self.taking.word = format!("The file could not be made: {reason}");
                Vec::new()
            }
        }
    }

    /// The examiner has died; a file that it was making will not come.
    pub(super) fn lose_takeaway(&mut self) {
        if self.taking.asked.give_up().is_some() {
            "The file could not be made; try again.".clone_into(&mut self.taking.word);
        }
    }

    /// What has become of the file that was asked for last, as a sentence; empty before there was any.
    pub fn takeaway_word(&self) -> &str {
        &self.taking.word
    }

    /// Why there is nothing of this kind to take away, as a sentence; `None` where there is.
    pub fn takeaway_obstacle(&self, takeaway: Takeaway) -> Option<&'static str> {
        let front = self.study();
        if front.data.is_none() || !self.examiner.is_listening {
            return Some("The page is still getting ready.");
        }
        if front.run.phase != Phase::Pretrained && !front.run.has_learned() {
            return Some("Nothing is trained yet: press Train first.");
        }
        let obstacle = match takeaway {
            Takeaway::Model | Takeaway::Script | Takeaway::Study => None,
            Takeaway::Scores => self
                .measured()
                .scores
                .is_none()
                .then_some("The items are still being measured."),
            Takeaway::Log => front
                .run
                .losses
                .is_empty()
                .then_some("No epoch was trained here: press Train first."),
        };
        obstacle.or_else(|| {
            let is_busy = self.taking.asked.is_in_flight();
            is_busy.then_some("Another file is being made.")
        })
    }

    /// The columns of the reader's table that are shown beside its rows, whole.
    fn carried_beside_scores(&self) -> Vec<CarriedColumn> {
        let table = self.own_file().and_then(|file| file.table.as_ref());
        let Some((table, _)) = table else {
            return Vec::new();
        };
        let columns = self.carried_columns().into_iter();
        let columns = columns.map(|(column_idx, name)| CarriedColumn {
            name,
            cells: (0..table.n_rows())
                .map(|row_idx| {
                    table
                        .cell(row_idx, column_idx)
                        .unwrap_or_default()
                        .to_owned()
                })
                .collect(),
        });
        columns.collect()
    }

    fn order(&self, takeaway: Takeaway) -> Option<WriteOrder> {
        let front = self.study();
        let content = match takeaway {
            Takeaway::Model => Content::Study(Box::new(self.saved_model()?.into_owned())),
            Takeaway::Study => Content::Study(Box::new(self.saved_study()?.into_owned())),
            Takeaway::Script => Content::Script {
                settings: Box::new(self.saved_model()?.settings),
                model_file_name: Takeaway::Model.file_name(front),
            },
            Takeaway::Scores => Content::Scores {
                scores: self.measured().scores.as_ref()?.scores.clone(),
                threshold: self.threshold(),
                carried: self.carried_beside_scores(),
            },
            Takeaway::Log => Content::Log(front.run.losses.clone()),
        };
        Some(WriteOrder {
            file_name: takeaway.file_name(front),
            content,
        })
    }

    /// The network that judges; with the optimiser's state where that is of the same moment. `None` while there are no
    /// data or no weights.
    pub fn saved_model(&self) -> Option<SavedStudy<'_>> {
        let run = &self.study().run;
        let shown = run.shown.as_ref()?;
        let resume = run.resume.as_ref();
        let of_shown = resume.filter(|resume| resume.position == shown.position);
        let checkpoint = of_shown.map_or_else(
            || {
                Cow::Owned(Checkpoint::of_weights(
                    shown.position,
                    shown.weights.clone(),
                ))
            },
            Cow::Borrowed,
        );
        self.saved(checkpoint)
    }

    /// All of the study in front, as it can be trained on and looked back at; nothing is copied that is large. `None`
    /// while there are no data or no weights.
    pub fn saved_study(&self) -> Option<SavedStudy<'_>> {
        let run = &self.study().run;
        let model = match &run.resume {
            Some(resume) => self.saved(Cow::Borrowed(resume)),
            None => self.saved_model(),
        };
        let own = self.own_file().and_then(|own| {
            Some(OwnFiles {
                files: Cow::Borrowed(own.files.as_deref()?),
                reading: own
                    .table
                    .as_ref()
                    .map_or_else(TableReading::default, |(it, choices)| it.reading(choices)),
            })
        });
        let history = run.history.epochs().iter();
        let history = history.map(|kept| Cow::Borrowed(&*kept.checkpoint));
        Some(SavedStudy {
            run: Some(SavedRun {
                history: history.collect(),
                own,
                ..saved_run(run)
            }),
            ..model?
        })
    }

    fn saved<'a>(&self, checkpoint: Cow<'a, Checkpoint>) -> Option<SavedStudy<'a>> {
        let front = self.study();
        let of = Moment {
            run: front.run.id,
            position: checkpoint.position,
        };
        let calibrated = self.measured().calibration.as_ref();
        let calibrated = calibrated.filter(|calibrated| calibrated.of == of);
        let threshold = self.threshold().filter(|it| it.is_finite() && *it >= 0.0);
        Some(SavedStudy {
            settings: Settings {
                threshold: threshold.filter(|_| calibrated.is_some()),
                ..saved_settings(front)?
            },
            checkpoint,
            calibration: calibrated.map_or_else(Vec::new, |it| it.errors.in_order().to_vec()),
            examples: None,
            run: None,
        })
    }
}

/// The settings of a study without its threshold; `None` while it has no data.
pub(super) fn saved_settings(study: &Study) -> Option<Settings> {
    Some(Settings {
        name: study.name,
        recipe: study.recipe.clone(),
        rule: study.rule,
        threshold: None,
        trained_on: Some(trained_on(study.data.as_ref()?)),
        program: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

/// A run without its earlier moments, and without the reader's files.
pub(super) fn saved_run(run: &Run) -> SavedRun<'_> {
    SavedRun {
        losses: Cow::Borrowed(&run.losses),
        batch_losses: run.batch_losses.clone(),
        film: Cow::Borrowed(&run.film),
        film_items: run.film_items.clone(),
        history: Vec::new(),
        own: None,
    }
}

/// What a network was trained on, for others to know it by.
fn trained_on(data: &LoadedData) -> TrainedOn {
    let (title, named) = match &data.origin {
        Origin::Named(name) => (name.title().to_owned(), Some(*name)),
        Origin::Own(file) => (file.name.clone(), None),
    };
    TrainedOn {
        fingerprint: data.fingerprint(),
        ..TrainedOn::of(&data.dataset, title, named)
    }
}
