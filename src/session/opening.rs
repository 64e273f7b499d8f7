//! Opening a model or a whole study that somebody has kept.

use super::data::LoadedData;
use super::remembering::Reopened;
use super::study::Study;
use super::{DataMessage, Effect, Message, Notice, Phase, Run, Session};
use crate::autoencoder::{Position, Weights};
use crate::data::Dataset;
use crate::model_file::{Found, LooseWeights, SavedRun, SavedStudy, Settings};
use crate::protocol::Checkpoint;
use crate::recipe::{DataName, Recipe};

/// Where a model or a study comes from.
#[derive(Clone, Debug)]
pub(super) enum OpenedFrom {
    /// A file of this name.
    File(String),
    /// What this browser keeps.
    Memory(Reopened),
}

/// A study that is opened as soon as its data are here.
#[derive(Clone, Debug)]
pub(super) struct WaitingStudy {
    from: OpenedFrom,
    study: Box<SavedStudy<'static>>,
}

/// Where the data of a study are.
enum Whereabouts {
    Here(Box<LoadedData>),
    /// They belong to the page, which has not loaded them yet.
    ToBeLoaded(DataName),
}

impl OpenedFrom {
    /// What a sentence about it begins with.
    fn name(&self) -> &str {
        match self {
            Self::File(name) => name,
            Self::Memory(reopened) => &reopened.work.title,
        }
    }

    /// What to do where its data are missing.
    fn advice(&self) -> &'static str {
        match self {
            Self::File(_) => "choose both files together",
            Self::Memory(_) => "open that file first, and go on then",
        }
    }
}

impl Whereabouts {
    fn here(data: LoadedData) -> Self {
        Self::Here(Box::new(data))
    }
}

impl Session {
    /// Opens what was found in a file; `brought` are data that came with it. What does not fit leaves everything as it
    /// was.
    pub(super) fn open_model(
        &mut self,
        from: OpenedFrom,
        found: Found,
        brought: Option<LoadedData>,
    ) -> Vec<Effect> {
        let name = from.name().to_owned();
        let opened = match found {
            Found::Study(study) => self.open_saved(from, study, brought),
            Found::Weights(loose) => self.open_weights(&name, &loose, brought),
        };
        opened.unwrap_or_else(|reason| {
            self.refuse_file(&format!("{name}: {reason}."));
            Vec::new()
        })
    }

    /// Data have arrived: opens the study that waited for them.
    pub(super) fn open_waiting(&mut self, arrived: DataName) -> Vec<Effect> {
        let waiting = &mut self.library.waiting_study;
        match waiting.take_if(|waiting| waiting.study.settings.name.data() == arrived) {
            Some(waiting) => {
                let found = Found::Study(waiting.study);
                self.open_model(waiting.from, found, None)
            }
            None => Vec::new(),
        }
    }

    fn open_saved(
        &mut self,
        from: OpenedFrom,
        study: Box<SavedStudy<'static>>,
        brought: Option<LoadedData>,
    ) -> Result<Vec<Effect>, String> {
        let data = match self.data_of(&study.settings, brought, from.advice())? {
            Whereabouts::Here(data) => *data,
            Whereabouts::ToBeLoaded(name) => return Ok(self.wait_for(name, from, study)),
        };
        check_fits(&study.settings.recipe, &data.dataset)?;
        let epoch = study.checkpoint.position.epoch;
        let mut text = match &from {
            OpenedFrom::File(name) => format!("{name}: opened, as it was after epoch {epoch}."),
            OpenedFrom::Memory(reopened) => format!("{}: as you left it.", reopened.work.title),
        };
        if study.settings.trained_on.is_none() {
            text +=
                " The file does not say what it was trained on, so its threshold promises nothing.";
        }
        let study = self.restored(*study, data);
        let mut effects = self.bring_opened(study, text);
        match from {
            OpenedFrom::File(_) => {}
            OpenedFrom::Memory(reopened) => effects.extend(self.settle_reopened(reopened)),
        }
        Ok(effects)
    }

    /// The data that a study was trained on.
    fn data_of(
        &mut self,
        settings: &Settings,
        brought: Option<LoadedData>,
        advice: &str,
    ) -> Result<Whereabouts, String> {
        let name = settings.name.data();
        let Some(trained_on) = &settings.trained_on else {
            let data = brought.or_else(|| self.data_at_hand(settings.name));
            return Ok(data.map_or(Whereabouts::ToBeLoaded(name), Whereabouts::here));
        };
        let mut own = brought.iter().chain(&self.library.own);
        let same = own.find(|data| data.fingerprint() == trained_on.fingerprint);
        if let Some(same) = same {
            return Ok(Whereabouts::here(same.clone()));
        }
        let title = &trained_on.title;
        if trained_on.named != Some(name) {
            return Err(format!(
                "it was trained on {title}, which is not the data at hand; {advice}"
            ));
        }
        match self.library.brought_or_made(name) {
            None => Ok(Whereabouts::ToBeLoaded(name)),
            Some(data) if data.fingerprint() == trained_on.fingerprint => {
                Ok(Whereabouts::here(data))
            }
            Some(_) => Err(format!(
                "it was trained on other {title} than this page has, so its threshold would promise nothing; train it anew"
            )),
        }
    }

    fn wait_for(
        &mut self,
        name: DataName,
        from: OpenedFrom,
        study: Box<SavedStudy<'static>>,
    ) -> Vec<Effect> {
        let front = self.study();
        let is_underway = front.data.is_none() && front.name.data() == name;
        self.library.waiting_study = Some(WaitingStudy { from, study });
        self.notice = Some(Notice::new(format!("Loading the {}…", name.title())));
        let fetch = (!is_underway).then_some(Effect::FetchDataset(name));
        fetch.into_iter().collect()
    }

    /// Weights that say nothing of themselves are taken for those of the network in front.
    fn open_weights(
        &mut self,
        file_name: &str,
        loose: &LooseWeights,
        brought: Option<LoadedData>,
    ) -> Result<Vec<Effect>, String> {
        let front = &self.studies.front;
        let weights = loose.fit(&front.recipe.architecture);
        let weights = weights.map_err(|error| error.to_string())?;
        let data = brought.or_else(|| front.data.clone());
        let data = data.ok_or("the data are not here yet; open it again in a moment")?;
        check_fits(&front.recipe, &data.dataset)?;
        let (name, recipe, rule) = (front.name, front.recipe.clone(), front.rule);
        let run = self.run_of_weights(&recipe, weights);
        let study = Study {
            recipe,
            rule,
            ..Study::new(name, Some(data), run)
        };
        let text = format!(
            "{file_name}: opened as the weights of \"{}\". The file does not say what they were trained on, so their \
             threshold promises nothing.",
            name.title()
        );
        Ok(self.bring_opened(study, text))
    }

    fn run_of_weights(&mut self, recipe: &Recipe, weights: Weights) -> Run {
        let at_end = Position {
            epoch: recipe.training.epochs,
            batch: 0,
        };
        let mut run = Run::new(self.studies.next_run_id(), Phase::Finished, None);
        run.advance_to(Checkpoint::of_weights(at_end, weights));
        run
    }

    /// A study as it was saved, in a run of its own.
    pub(super) fn restored(&mut self, saved: SavedStudy, data: LoadedData) -> Study {
        let Settings {
            name, recipe, rule, ..
        } = saved.settings;
        let position = saved.checkpoint.position;
        let mut run = Run::new(self.studies.next_run_id(), Phase::Untrained, None);
        run.advance_to(saved.checkpoint.into_owned());
        if let Some(kept) = saved.run {
            restore(&mut run, kept);
        }
        if position.epoch >= recipe.training.epochs {
            run.phase = Phase::Finished;
        } else if run.has_learned() {
            run.phase = Phase::Paused;
        }
        Study {
            recipe,
            rule,
            ..Study::new(name, Some(data), run)
        }
    }

    /// Puts an opened study in front; the one of before waits to be taken back, and for its recipe to be chosen again.
    fn bring_opened(&mut self, mut study: Study, text: String) -> Vec<Effect> {
        self.library.n_opened_files += 1;
        study.file = Some(self.library.n_opened_files);
        let mut effects = self.leave_study();
        let is_other_recipe = study.name != self.studies.front.name;
        if is_other_recipe {
            effects.extend(self.end_measured_gpu());
        }
        if let Some(data) = &study.data
            && data.own_file_number().is_some()
        {
            self.library.own = Some(data.clone());
        }
        let left = std::mem::replace(&mut self.studies.front, study);
        let was_there = left.run.phase != Phase::Loading;
        self.studies.before_reset = was_there.then(|| left.at_rest());
        effects.extend(self.settle_data());
        effects.extend(self.prepare_examiner());
        let notice = Notice::new(text);
        self.notice = Some(if was_there {
            let back = vec![
                Message::Data(DataMessage::LeaveOpened),
                Message::DismissNotice,
            ];
            notice.offering("Take it back", back)
        } else {
            notice
        });
        effects
    }

    /// Back from a study that was opened to the one that was in front before.
    pub(super) fn leave_opened(&mut self) -> Vec<Effect> {
        let Some(mut left) = self.studies.before_reset.take() else {
            return Vec::new();
        };
        let mut effects = self.leave_study();
        if left.name != self.studies.front.name {
            effects.extend(self.end_measured_gpu());
        }
        self.studies.forget(left.key());
        left.run.id = self.studies.next_run_id();
        self.studies.front = left;
        effects.extend(self.settle_data());
        effects.extend(self.prepare_examiner());
        effects
    }
}

fn restore(run: &mut Run, kept: SavedRun) {
    run.losses = kept.losses.into_owned();
    run.batch_losses = kept.batch_losses;
    run.film = kept.film.into_owned();
    run.film_items = kept.film_items;
    for moment in kept.history {
        let epoch = moment.position.epoch;
        let found = run.losses.iter().find(|loss| loss.epoch == epoch);
        let calibration_loss = found.map(|loss| loss.calibration);
        run.history.keep(moment.into_owned(), calibration_loss);
    }
}

/// Whether a recipe can be run on these data, with items of their size.
fn check_fits(recipe: &Recipe, dataset: &Dataset) -> Result<(), String> {
    let fits = recipe.validate_for(dataset);
    fits.map_err(|error| format!("{error}; choose the data that belong to it"))?;
    let n_inputs = recipe.architecture.input_size();
    let n_values = dataset.n_features() + usize::from(recipe.label_input);
    if n_inputs == n_values {
        return Ok(());
    }
    Err(format!(
        "its network takes {n_inputs} values, but the items at hand have {n_values}; choose the data that belong to it"
    ))
}
