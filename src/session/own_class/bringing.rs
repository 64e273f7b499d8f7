//! From drawings to data at work, and to a file.

use std::sync::Arc;

use crate::data::{ClassName, Collection, Dataset, DrawnClass, NamedFile, Others, ReadFiles};
use crate::recipe::{DataName, RecipeName};
use crate::session::{Effect, Knob, Session, TrainingMessage};

/// What files of drawings end in.
const ENDING: &str = ".drawings";

/// What learns drawings: dense, and trained in seconds.
const RECIPE: RecipeName = RecipeName::HANDWRITTEN;

/// "star-and-heart.drawings".
fn file_name(title: &str) -> String {
    let slug: String = title
        .chars()
        .map(|it| if it.is_alphanumeric() { it } else { '-' })
        .collect();
    format!("{slug}{ENDING}")
}

impl Session {
    /// Puts the drawings to work, and has a network learn them from fresh weights.
    /// `normal` is the number of the only class that it learns, where it does not learn all.
    pub(super) fn train_on_drawings(&mut self, normal: Option<usize>) -> Vec<Effect> {
        let drawn = self.own_classes.drawn();
        if let Err(missing) = drawn.require_ready() {
            self.own_classes.say(missing.to_string());
            return Vec::new();
        }
        let normal = normal.and_then(|idx| self.own_classes.classes().get(idx));
        let normal = normal.map(|class| class.name.clone());
        let mut effects = self.bring_drawings(&drawn);
        effects.extend(self.leave_out_all_but(normal.as_ref(), &drawn));
        effects.extend(self.update_training(TrainingMessage::Train));
        if let Some(text) = self.what_became_of(&drawn) {
            self.notice = Some(Self::with_way_back(text, RECIPE));
        }
        effects
    }

    /// Puts drawings to work like the data of a file.
    pub(super) fn bring_drawings(&mut self, drawn: &Collection) -> Vec<Effect> {
        let complete = Collection {
            others: self.digits_beside(),
            ..drawn.clone()
        };
        let Ok(dataset) = complete.dataset() else {
            return Vec::new();
        };
        let title = drawn.title();
        let file = NamedFile {
            name: file_name(&title),
            bytes: complete.to_bytes(),
        };
        let read = ReadFiles {
            dataset,
            table: None,
            photos: None,
        };
        let effects = self.bring_own(read, title, Some(Arc::from([file])), RECIPE);
        // What lies on the bench is an item of other data.
        self.lay_linked();
        effects
    }

    /// Has nothing learned from but one class; from all that were drawn where there is none of that name.
    fn leave_out_all_but(&mut self, normal: Option<&ClassName>, drawn: &Collection) -> Vec<Effect> {
        let is_normal = |class: &DrawnClass| Some(&class.name) == normal;
        if drawn.classes.len() < 2 || !drawn.classes.iter().any(is_normal) {
            return Vec::new();
        }
        let labels = (0..).zip(&drawn.classes);
        let others = labels.filter(|(_, class)| !is_normal(class));
        let mut anomalous = self.recipe().normality.anomalous_classes.clone();
        anomalous.extend(others.map(|(label, _)| label));
        self.tune(&Knob::AnomalousClasses(anomalous))
    }

    /// Digits, where they are here already: other things than were drawn, to be found.
    fn digits_beside(&self) -> Option<Others> {
        let digits = self.library.brought_here(DataName::Handwritten)?;
        Others::of(&digits.dataset, "digit")
    }

    /// "Your 20 drawings of “star” became 600 pictures, and the network learns from 360 of them."
    fn what_became_of(&self, drawn: &Collection) -> Option<String> {
        let dataset = self.dataset()?;
        let n_learned = self.split()?.train.len();
        let n_pictures = dataset.uncopied().start;
        let names = drawn
            .classes
            .iter()
            .map(|class| format!("“{}”", class.name));
        let names = names.collect::<Vec<_>>().join(" and ");
        let mut text = format!(
            "Your {} drawings of {names} became {n_pictures} pictures, and the network learns from {n_learned} of them. \
             Then draw one more here, and something else.",
            drawn.n_drawings()
        );
        let is_all_normal = self.recipe().normality.anomalous_classes == dataset.usual_anomalies();
        if !is_all_normal {
            text += " What is not normal it never sees.";
        } else if drawn.classes.len() > 1 {
            text += " To make one of them the anomaly, switch it off under “Normal pictures”.";
        }
        Some(text)
    }

    /// Gives the reader their drawings as a file, without what the page has put beside them.
    pub(super) fn save_drawings(&mut self) -> Vec<Effect> {
        let drawn = self.own_classes.drawn();
        if let Err(missing) = drawn.require_names() {
            self.own_classes.say(missing.to_string());
            return Vec::new();
        }
        let name = file_name(&drawn.title());
        self.own_classes.say(format!(
            "{name} is saved. Open it here again, or give it to somebody: their drawings and yours go together."
        ));
        let bytes = drawn.to_bytes();
        vec![Effect::Save(NamedFile { name, bytes })]
    }

    /// The data that the drawings of a study came with, for who goes on drawing.
    pub(in crate::session) fn take_up_drawings(&mut self, files: &[NamedFile]) {
        if let [file] = files
            && let Ok(collection) = Collection::from_bytes(&file.bytes)
        {
            self.own_classes.take_up(collection);
        }
    }

    /// What this browser has kept of drawings that were made at another time.
    pub(in crate::session) fn take_up_kept(&mut self, bytes: Option<&[u8]>) {
        if let Some(Ok(collection)) = bytes.map(Collection::from_bytes) {
            self.own_classes.take_up_kept(collection);
        }
    }

    /// How many drawings the reader has made.
    pub(in crate::session) fn n_own_drawings(&self) -> usize {
        self.own_classes.drawn().n_drawings()
    }

    /// Whether a network learns, or has learned, what the reader drew.
    pub(in crate::session) fn is_of_drawings(&self) -> bool {
        self.dataset().is_some_and(Dataset::is_stretched)
    }
}
