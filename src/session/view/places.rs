//! What each place of the page asks, and what stands there while it has nothing to show.

use super::{Panel, Session};
use crate::data::ItemKind;
use crate::session::{Hideable, Place, Shown};

/// What stands under the question of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceNote {
    /// There is nothing to show yet: what there will be, and how to get there.
    Waiting(String),
    /// What stands there was measured by weights that are no longer those that judge.
    Old(String),
}

impl PlaceNote {
    /// As one or two sentences.
    pub fn sentence(&self) -> &str {
        match self {
            Self::Waiting(sentence) | Self::Old(sentence) => sentence,
        }
    }
}

impl Session {
    /// What a place answers, for the items at hand.
    pub fn question(&self, place: Place) -> String {
        let (one, several) = self.nouns();
        match place {
            Place::Turning => match self.kind() {
                ItemKind::Picture { .. } | ItemKind::Row => format!("How far can a {one} turn?"),
                ItemKind::Series { .. } => format!("How far can a {one} be bent?"),
            },
            Place::Items => format!("Which {several} are odd?"),
            Place::Threshold => "Where should the threshold be?".to_owned(),
            Place::Codes => "What did the code learn?".to_owned(),
            Place::Evidence => "Can I believe it?".to_owned(),
            Place::Challenge => "Can you fool it?".to_owned(),
            Place::Network => "What if I change the network?".to_owned(),
            Place::Runs => "Which run is better?".to_owned(),
        }
    }

    /// A word or two for a place, for the items at hand.
    pub fn place_title(&self, place: Place) -> &'static str {
        match (place, self.kind()) {
            (Place::Turning, ItemKind::Series { .. }) => "Bending",
            (place, ItemKind::Picture { .. } | ItemKind::Row | ItemKind::Series { .. }) => {
                place.title()
            }
        }
    }

    /// What the link left out.
    pub fn shown(&self) -> &Shown {
        &self.shown
    }

    /// Whether the link left this out; in a frame there is the loop alone.
    pub fn is_hidden(&self, part: Hideable) -> bool {
        let is_of_the_loop = matches!(part, Hideable::Training | Hideable::Treatment);
        self.shown.hidden.contains(&part) || (self.shown.is_embedded && !is_of_the_loop)
    }

    /// Whether a place has something to show for the items at hand, and the link did not leave it out.
    pub fn has_place(&self, place: Place) -> bool {
        if self.is_hidden(Hideable::Place(place)) {
            return false;
        }
        match place {
            Place::Turning => !self.kind().sweeps().is_empty(),
            Place::Challenge => self.has_panel(Panel::Challenge),
            Place::Items
            | Place::Threshold
            | Place::Codes
            | Place::Evidence
            | Place::Network
            | Place::Runs => true,
        }
    }

    /// What must be said of a place before one looks at it; `None` where it shows what it promises.
    pub fn place_note(&self, place: Place) -> Option<PlaceNote> {
        if self.has_learned_nothing() {
            return self.what_training_would_show(place).map(PlaceNote::Waiting);
        }
        let measured = self.measured();
        let of = match place {
            Place::Items | Place::Threshold => measured.scores.as_ref()?.scores.of,
            Place::Codes => measured.map.as_ref()?.of,
            Place::Turning | Place::Evidence | Place::Challenge | Place::Network | Place::Runs => {
                return None;
            }
        };
        let sentence = match place {
            Place::Codes => {
                "This map is of earlier weights: draw it anew to see what the network makes of them now."
            }
            _ => {
                "Some of these figures are of earlier weights; they are measured anew as soon as there is time."
            }
        };
        (of != self.study().moment()).then(|| PlaceNote::Old(sentence.to_owned()))
    }

    fn what_training_would_show(&self, place: Place) -> Option<String> {
        let (one, several) = self.nouns();
        let shown = match place {
            Place::Turning => {
                format!("the error of your {one} at every angle, with noise, and moved")
            }
            Place::Items => format!("the {several} that the network reconstructs worst and best"),
            Place::Threshold => format!("what each rule promises, and how many {several} it flags"),
            Place::Codes => format!("which {several} the network puts near each other"),
            Place::Evidence => {
                "how well it tells anomalies from what is normal, beside simpler methods".to_owned()
            }
            Place::Challenge => "which pictures pass as normal though they are not".to_owned(),
            Place::Network | Place::Runs => return None,
        };
        Some(format!(
            "This network has learned nothing, so what stands here is chance. Once it is trained you see {shown}: press Train."
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipe::RecipeName;
    use crate::session::{Message, RecipeMessage};

    #[test]
    fn every_place_asks_something_and_rows_have_fewer_places() {
        let (mut session, _) = Session::open();
        assert!(Place::ALL.iter().all(|&place| session.has_place(place)));
        session.update(Message::Recipe(RecipeMessage::Choose(
            RecipeName::EMPLOYEES,
        )));
        for place in Place::ALL {
            assert_eq!(Place::from_slug(place.slug()), Some(place));
            assert!(session.question(place).ends_with('?'));
        }
        assert!(!session.has_place(Place::Turning) && !session.has_place(Place::Challenge));
        assert!(session.question(Place::Items).contains("rows"));
    }
}
