//! The classes that the reader makes up, and what is missing until a network can learn them.

use super::Session;
use crate::data::{
    ClassName, Dataset, Drawing, FEWEST_DRAWINGS, GOOD_DRAWINGS, MOST_DRAWINGS, Normality,
};
use crate::session::PictureBench;

/// What the reader has drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnClassView {
    /// The name of the class at hand.
    pub name: String,
    /// Its drawings.
    pub drawings: Vec<Drawing>,
    /// "12 drawings: enough to begin, and 20 are good."
    pub counter: String,
    /// The classes, by name and number of drawings; empty where there is only one.
    pub classes: Vec<(String, usize)>,
    /// Which of them is at hand.
    pub at_hand: usize,
    /// Why nothing can be learned yet, as a sentence; `None` where it can.
    pub obstacle: Option<String>,
    /// Why nothing can be saved yet; `None` where it can.
    pub save_obstacle: Option<String>,
    /// Whether there is a change of the drawings to take back.
    pub can_undo: bool,
    /// What was done last, or why it could not be; a sentence, or nothing.
    pub word: String,
}

/// How many there are, and what that is worth.
fn counter(n_drawings: usize) -> String {
    let worth = match n_drawings {
        n if n < FEWEST_DRAWINGS => {
            return format!("{n} of at least {FEWEST_DRAWINGS} drawings, {GOOD_DRAWINGS} are good");
        }
        n if n < GOOD_DRAWINGS => format!("enough to begin, {GOOD_DRAWINGS} are good"),
        MOST_DRAWINGS.. => "as many as there is room for".to_owned(),
        _ => "good".to_owned(),
    };
    format!("{n_drawings} drawings: {worth}")
}

impl Session {
    /// What the reader has drawn.
    pub fn own_class_view(&self) -> OwnClassView {
        let own = &self.own_classes;
        let class = own
            .classes()
            .get(own.at_hand())
            .cloned()
            .unwrap_or_default();
        let drawn = own.drawn();
        let classes = own.classes().iter();
        let classes = classes.map(|class| (class.name.to_string(), class.drawings.len()));
        let classes: Vec<_> = classes.collect();
        OwnClassView {
            name: class.name.to_string(),
            counter: counter(class.drawings.len()),
            drawings: class.drawings,
            classes: if classes.len() > 1 {
                classes
            } else {
                Vec::new()
            },
            at_hand: own.at_hand(),
            obstacle: drawn.require_ready().err().map(|it| it.to_string()),
            save_obstacle: drawn.require_names().err().map(|it| it.to_string()),
            can_undo: own.can_undo(),
            word: own.word().to_owned(),
        }
    }

    /// The sheet on which the next drawing is made.
    pub fn own_sheet(&self) -> &PictureBench {
        self.own_classes.sheet()
    }

    /// What to draw there: "a star", or "anything" while it has no name.
    pub fn own_thing(&self) -> String {
        let own = &self.own_classes;
        let class = own.classes().get(own.at_hand());
        let name = class.map(|class| &class.name).filter(|it| !it.is_empty());
        name.map_or_else(|| "anything".to_owned(), ClassName::with_article)
    }

    /// What the bench asks to draw: "a digit", "a picture", or "a star" where a network learns what the reader drew.
    pub fn thing_to_draw(&self) -> String {
        let normality = &self.recipe().normality;
        let drawn = self.dataset().and_then(|it| only_normal(it, normality));
        drawn.unwrap_or_else(|| format!("a {}", self.nouns().0))
    }
}

/// The only class that was drawn and is normal, with its article.
fn only_normal(dataset: &Dataset, normality: &Normality) -> Option<String> {
    if !dataset.is_stretched() {
        return None;
    }
    let mut classes = dataset.classes();
    classes.retain(|&class| normality.is_normal(Some(class)));
    let [class] = classes[..] else { return None };
    let name = ClassName::new(dataset.class_name(class)?).ok()?;
    Some(name.with_article())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counter_says_what_a_number_of_drawings_is_worth() {
        assert_eq!(counter(0), "0 of at least 10 drawings, 20 are good");
        assert_eq!(counter(12), "12 drawings: enough to begin, 20 are good");
        assert_eq!(counter(33), "33 drawings: good");
        assert_eq!(counter(50), "50 drawings: as many as there is room for");
    }
}
