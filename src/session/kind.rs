//! What differs between the kinds of items in a session: the bench, the words, the axis of errors and the panels.

use super::Session;
use crate::anomaly::ErrorMeasure;
use crate::data::{Dataset, ItemKind};

/// Where an item is laid out and changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BenchKind {
    /// A surface to draw on.
    Drawing,
    /// A form with a field for each column.
    Form,
    /// A curve to draw over and to bend.
    Curve,
}

/// A part of the page that is not there for every kind of item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The items as pictures, each beside its reconstruction and its error map, or as curves.
    Gallery,
    /// The same few items, reconstructed after more and more epochs.
    Film,
    /// What codes of no item decode to: samples, walks and places of the map.
    Decoder,
    /// Pictures that may fool the detector.
    Challenge,
}

impl ItemKind {
    /// Where such an item is laid out and changed.
    pub fn bench(self) -> BenchKind {
        match self {
            Self::Picture { .. } => BenchKind::Drawing,
            Self::Row => BenchKind::Form,
            Self::Series { .. } => BenchKind::Curve,
        }
    }

    /// The panels that fit, of those that do not fit every kind. Sweeps follow from [`ItemKind::sweeps`].
    pub fn panels(self) -> &'static [Panel] {
        match self {
            Self::Picture { .. } => &[
                Panel::Gallery,
                Panel::Film,
                Panel::Decoder,
                Panel::Challenge,
            ],
            Self::Row => &[],
            Self::Series { .. } => &[Panel::Gallery],
        }
    }

    /// What one item is called, and several; `is_own` tells the reader's data, of which nobody knows what they show.
    pub fn nouns(self, is_own: bool) -> (&'static str, &'static str) {
        match (self, is_own) {
            (Self::Picture { .. }, false) => ("digit", "digits"),
            (Self::Picture { .. }, true) => ("picture", "pictures"),
            (Self::Row, _) => ("row", "rows"),
            (Self::Series { .. }, false) => ("beat", "beats"),
            (Self::Series { .. }, true) => ("curve", "curves"),
        }
    }

    /// An item by its place in the data set: "item 4121", "row 12".
    fn item_in_words(self, item: usize) -> String {
        let noun = match self {
            Self::Picture { .. } => "item",
            Self::Row => "row",
            Self::Series { .. } => "curve",
        };
        format!("{noun} {item}")
    }

    /// What to do while nothing lies on the bench, as a sentence.
    /// `thing` is what to draw, with its article; `one` is what an item is called.
    pub(super) fn invitation(self, thing: &str, one: &str) -> String {
        match self {
            Self::Picture { .. } => {
                format!("Draw {thing}, or take an example, and the network will judge it.")
            }
            Self::Row | Self::Series { .. } => {
                format!("Take a {one}, and the network will judge it.")
            }
        }
    }

    /// The errors of `n_values` values between which all that matters happens, from a good to a hopeless reconstruction.
    pub(super) fn error_range(self, measure: &ErrorMeasure, n_values: f32) -> (f32, f32) {
        let of_one = match self {
            Self::Picture { .. } => Ranges {
                squared: (0.001, 0.5),
                absolute: (0.005, 1.0),
                largest: (0.02, 1.0),
            },
            Self::Series { .. } => Ranges {
                squared: (1e-5, 3.0),
                absolute: (0.002, 3.0),
                largest: (0.02, 5.0),
            },
            Self::Row => Ranges {
                squared: (1e-5, 10.0),
                absolute: (0.002, 5.0),
                largest: (0.005, 10.0),
            },
        };
        let summed = |(low, high): (f32, f32)| (low * n_values, high * n_values);
        match measure {
            ErrorMeasure::MeanSquared | ErrorMeasure::Weighted { .. } => of_one.squared,
            ErrorMeasure::SummedSquared => summed(of_one.squared),
            ErrorMeasure::MeanAbsolute => of_one.absolute,
            ErrorMeasure::SummedAbsolute => summed(of_one.absolute),
            ErrorMeasure::Maximum => of_one.largest,
        }
    }
}

/// "1 epoch", "2 epochs".
pub fn counted(n: usize, one: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{n} {one}{plural}")
}

/// A label with its article: "a 7", "an 8", "an 11".
pub fn with_article(label: u8) -> String {
    let begins_with_a_vowel = matches!(label, 8 | 11 | 18 | 80..=89);
    let article = if begins_with_a_vowel { "an" } else { "a" };
    format!("{article} {label}")
}

/// From a good to a hopeless reconstruction, for each way to measure it.
struct Ranges {
    squared: (f32, f32),
    absolute: (f32, f32),
    largest: (f32, f32),
}

impl Session {
    /// What the items are; while they are on their way, what those of the recipe at hand will be.
    pub fn kind(&self) -> ItemKind {
        self.dataset()
            .map_or_else(|| self.study().name.data().item_shape().kind, Dataset::kind)
    }

    /// Whether a panel fits the items at hand.
    pub fn has_panel(&self, panel: Panel) -> bool {
        self.kind().panels().contains(&panel)
    }

    /// What one item is called, and several: "digit" and "digits", "row" and "rows", or "beat" and "beats".
    pub fn nouns(&self) -> (&'static str, &'static str) {
        self.kind().nouns(self.own_file().is_some())
    }

    /// An item by its place in the data set and its class, by its name where it has one: "item 4121, a 7", "row 12",
    /// "beat 81, raised ST".
    pub fn item_in_words(&self, item: usize, label: Option<u8>) -> String {
        let place = match self.kind() {
            kind @ (ItemKind::Picture { .. } | ItemKind::Row) => kind.item_in_words(item),
            ItemKind::Series { .. } => format!("{} {item}", self.nouns().0),
        };
        match label {
            Some(label) => format!("{place}, {}", self.label_in_words(label)),
            None => place,
        }
    }

    /// What the items of a class are called: by a name where the data have one, else by the label.
    pub fn class_in_words(&self, label: u8) -> String {
        let named = self.dataset().and_then(|dataset| dataset.class_name(label));
        named.map_or_else(|| label.to_string(), str::to_owned)
    }

    /// A label as it stands in a sentence: by a name where the data have one, "class 7" of a curve, else "a 7".
    pub fn label_in_words(&self, label: u8) -> String {
        let named = self.dataset().and_then(|dataset| dataset.class_name(label));
        match (named, self.kind()) {
            (Some(name), _) => name.to_owned(),
            (None, ItemKind::Series { .. }) => format!("class {label}"),
            (None, ItemKind::Picture { .. } | ItemKind::Row) => with_article(label),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipe::RecipeName;
    use crate::session::{Message, RecipeMessage};

    #[test]
    fn the_kind_is_known_before_the_items_have_arrived() {
        let (mut session, _) = Session::open_for("recipe=well-trained");
        assert!(session.dataset().is_none());
        let digits = ItemKind::Picture {
            width: 8,
            height: 8,
        };
        assert_eq!(session.kind(), digits);
        session.update(Message::Recipe(RecipeMessage::Choose(
            RecipeName::EMPLOYEES,
        )));
        assert_eq!(session.kind(), ItemKind::Row);
        assert_eq!(session.nouns(), ("row", "rows"));
        assert!(!session.has_panel(Panel::Challenge));
    }

    #[test]
    fn a_label_is_spoken_with_the_article_that_it_needs() {
        assert_eq!(
            [7, 8, 11, 18, 81, 100].map(with_article),
            ["a 7", "an 8", "an 11", "an 18", "an 81", "a 100"]
        );
    }

    #[test]
    fn sums_have_the_axis_of_their_mean_times_the_number_of_values() {
        let ends = |measure| ItemKind::Row.error_range(&measure, 9.0);
        let (low, high) = ends(ErrorMeasure::SummedAbsolute);
        assert!((low - 0.018).abs() < 1e-6 && (high - 45.0).abs() < 1e-4);
        assert_eq!(ends(ErrorMeasure::MeanAbsolute), (0.002, 5.0));
    }
}
