//! Drawings of two people together.

use super::{Collection, DrawnClass, MOST_CLASSES, MOST_DRAWINGS};

/// What became of drawings that joined others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Drawings that are new.
    pub n_added: usize,
    /// Classes that are new.
    pub n_new_classes: usize,
    /// Drawings that were there already.
    pub n_known: usize,
    /// Drawings for which there was no room.
    pub n_left_out: usize,
}

impl Collection {
    /// Takes in the drawings of another one: those under the same name join, other names become classes, and a drawing
    /// that is there already is not taken twice. What stands beside the drawings stays as it is here.
    pub fn merge(&mut self, other: Self) -> Merged {
        let mut merged = Merged::default();
        for class in other.classes {
            let known = self
                .classes
                .iter()
                .position(|it| it.name.is_like(&class.name));
            let place = match known {
                Some(place) => place,
                None if self.classes.len() == MOST_CLASSES => {
                    merged.n_left_out += class.drawings.len();
                    continue;
                }
                None => {
                    merged.n_new_classes += 1;
                    self.classes.push(DrawnClass {
                        name: class.name.clone(),
                        drawings: Vec::new(),
                    });
                    self.classes.len() - 1
                }
            };
            let taken = self.classes[place].take_in(class);
            merged.n_added += taken.n_added;
            merged.n_known += taken.n_known;
            merged.n_left_out += taken.n_left_out;
        }
        merged
    }
}

impl DrawnClass {
    /// Takes in the drawings of another class, whatever its name; a drawing that is there already is not taken twice.
    pub fn take_in(&mut self, other: Self) -> Merged {
        let mut merged = Merged::default();
        for drawing in other.drawings {
            if self.drawings.contains(&drawing) {
                merged.n_known += 1;
            } else if self.drawings.len() == MOST_DRAWINGS {
                merged.n_left_out += 1;
            } else {
                merged.n_added += 1;
                self.drawings.push(drawing);
            }
        }
        merged
    }
}

impl Merged {
    /// What happened, as a sentence: "5 drawings joined; 2 were here already."
    pub fn in_words(self) -> String {
        let drawings = |n: usize| format!("{n} drawing{}", if n == 1 { "" } else { "s" });
        let were = |n: usize| if n == 1 { "was" } else { "were" };
        let joined = drawings(self.n_added);
        let first = match self.n_new_classes {
            0 => format!("{joined} joined"),
            1 => format!("{joined} joined, with a new class"),
            n => format!("{joined} joined, with {n} new classes"),
        };
        let mut parts = vec![first];
        if self.n_known > 0 {
            parts.push(format!(
                "{} {} here already",
                self.n_known,
                were(self.n_known)
            ));
        }
        if self.n_left_out > 0 {
            parts.push(format!(
                "for {} there was no room ({MOST_DRAWINGS} a class and {MOST_CLASSES} classes are the most)",
                self.n_left_out
            ));
        }
        parts.join("; ") + "."
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{class, collection};
    use super::*;

    #[test]
    fn same_names_join_and_other_names_become_classes() {
        let mut mine = collection(vec![class("star", 0..12)]);
        let merged = mine.merge(collection(vec![
            class("STAR", 9..15),
            class("heart", 20..30),
        ]));
        let sizes: Vec<_> = mine.classes.iter().map(|it| it.drawings.len()).collect();
        assert_eq!(sizes, [15, 10]);
        assert_eq!(mine.classes[0].name.as_str(), "star");
        assert_eq!(
            merged.in_words(),
            "13 drawings joined, with a new class; 3 were here already."
        );
        let before = mine.clone();
        let merged = mine.merge(before.clone());
        assert_eq!((merged.n_added, merged.n_known), (0, 25));
        assert_eq!(mine, before);
    }

    #[test]
    fn what_has_no_room_is_counted() {
        let mut mine = collection(vec![class("star", 0..48)]);
        let merged = mine.merge(collection(vec![class("star", 100..105)]));
        assert_eq!((merged.n_added, merged.n_left_out), (2, 3));
        let names: Vec<String> = (0..12).map(|it| format!("class {it}")).collect();
        let many = names.iter().map(|name| class(name, 0..1)).collect();
        let merged = mine.merge(collection(many));
        assert_eq!(mine.classes.len(), MOST_CLASSES);
        assert_eq!((merged.n_new_classes, merged.n_left_out), (9, 3));
    }
}
