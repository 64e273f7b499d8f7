//! From a few drawings to as many items as a network can learn from.

use super::drawing::{CELLS_PER_PIXEL, Drawing, SIDE, levels_of};
use super::{ClassName, Collection, Others};
use crate::data::{Dataset, DatasetError, with_commas};
use crate::picture::{Picture, Warp};
use crate::random::Mt19937;

/// About so many items of each class are learned in seconds.
const ITEMS_PER_CLASS: usize = 600;

/// So many items are made of each drawing at least, and at most.
const FEWEST_EACH: usize = 12;
const MOST_EACH: usize = 60;

/// How far copies differ, drawn evenly within: about as much as one hand's drawings of the same thing.
const MOST_DEGREES: f32 = 12.0;
const MOST_WIDENED: f32 = 0.12;
const MOST_HEIGHTENED: f32 = 0.08;
const MOST_SLANTED: f32 = 0.15;
const MOST_SHIFTED: f32 = 1.0 * CELLS_PER_PIXEL as f32;

/// Decides the copies; the same drawings give the same items.
const SEED: u64 = 56;

/// So many other things stand beside the drawings.
const MOST_OTHERS: usize = 100;

impl Others {
    /// Some pictures of a data set, evenly spread over it; `None` where they are not of the drawings' size.
    pub fn of(dataset: &Dataset, name: &str) -> Option<Self> {
        if dataset.picture_size() != Some((SIDE, SIDE)) {
            return None;
        }
        let name = ClassName::new(name).ok()?;
        let n_items = dataset.n_items();
        let n = n_items.min(MOST_OTHERS);
        let items = (0..n).filter_map(|idx| dataset.item(idx * n_items / n));
        let pictures = items.filter_map(|ink| Picture::from_ink(SIDE, SIDE, ink));
        let levels: Vec<u8> = pictures.flat_map(|picture| levels_of(&picture)).collect();
        (!levels.is_empty()).then_some(Self { name, levels })
    }
}

impl Collection {
    /// How many items each drawing is made to, the drawing itself among them.
    pub fn n_each(&self) -> usize {
        let n_classes = self.classes.len().max(1);
        let n_drawings = self.n_drawings().max(1);
        (ITEMS_PER_CLASS * n_classes / n_drawings).clamp(FEWEST_EACH, MOST_EACH)
    }

    /// The items that a network learns from: each drawing and its copies side by side, class by class, then the others.
    ///
    /// # Errors
    /// When there is no drawing.
    pub fn dataset(&self) -> Result<Dataset, DatasetError> {
        let n_each = self.n_each();
        let mut hand = Mt19937::new(SEED);
        let (mut levels, mut labels) = (Vec::new(), Vec::new());
        for (label, class) in (0..).zip(&self.classes) {
            for drawing in &class.drawings {
                levels.extend(copies_of(drawing, n_each, &mut hand));
                labels.extend(vec![label; n_each]);
            }
        }
        let mut names: Vec<String> = self.classes.iter().map(|it| it.name.to_string()).collect();
        if let Some(others) = &self.others {
            let label = names.len() as u8;
            levels.extend(&others.levels);
            labels.extend(vec![label; others.n_pictures()]);
            names.push(others.name.to_string());
        }
        let dataset = Dataset::pictures(SIDE, SIDE, u8::MAX, levels, labels)?;
        let dataset = dataset.with_class_names(names);
        let dataset = dataset.with_copies(n_each, self.n_drawings());
        let dataset = dataset.with_remark(self.remark());
        Ok(match &self.others {
            Some(others) => dataset.with_remark(others.remark()),
            None => dataset,
        })
    }

    /// What was made of the drawings, and what that means for the threshold.
    fn remark(&self) -> String {
        let n_drawings = self.n_drawings();
        let n_each = self.n_each();
        let n_items = with_commas(n_drawings * n_each);
        format!(
            "{n_drawings} drawings became {n_items} pictures, {n_each} of each, by small shifts, turns, widths and slants; all \
             pictures of one drawing are on one side. The threshold rests on only {} drawings: draw more, and it can promise \
             more.",
            n_drawings / 5
        )
    }
}

impl Others {
    fn n_pictures(&self) -> usize {
        self.levels.len() / SIDE.pow(2)
    }

    fn remark(&self) -> String {
        format!(
            "Beside them stand {} pictures of another kind ({}), never learned from, to be found.",
            self.n_pictures(),
            self.name
        )
    }
}

/// A drawing as a network sees it, and its copies.
fn copies_of(drawing: &Drawing, n_each: usize, hand: &mut Mt19937) -> Vec<u8> {
    let picture = drawing.picture();
    let warps = (0..n_each).map(|copy| {
        if copy == 0 {
            return Warp::NONE;
        }
        let mut within = |most: f32| hand.uniform(-most, most);
        Warp {
            degrees: within(MOST_DEGREES),
            width: 1.0 + within(MOST_WIDENED),
            height: 1.0 + within(MOST_HEIGHTENED),
            slant: within(MOST_SLANTED),
            shift: (within(MOST_SHIFTED), within(MOST_SHIFTED)),
        }
    });
    let seen = warps.map(|warp| picture.warped(warp).downscale(CELLS_PER_PIXEL));
    seen.flat_map(|seen| levels_of(&seen)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::tests::{class, collection};
    use super::*;
    use crate::data::{Normality, Parts, Split};

    #[test]
    fn twenty_drawings_become_six_hundred_items() {
        let drawn = collection(vec![class("cross", 0..20)]);
        let dataset = drawn.dataset().expect("twenty drawings");
        assert_eq!((dataset.n_items(), drawn.n_each()), (600, 30));
        assert_eq!(dataset.class_name(0), Some("cross"));
        let first = drawn.classes[0].drawings[1].seen();
        let item = dataset.item(30).expect("the second drawing");
        let pairs = item.iter().zip(&first);
        assert!(
            pairs
                .clone()
                .all(|(one, other)| (one - other).abs() < 0.003)
        );
        assert!(dataset.remarks()[0].contains("rests on only 4 drawings"));
    }

    #[test]
    fn every_copy_differs_and_the_same_drawings_give_the_same_items() {
        let drawn = collection(vec![class("cross", 0..10), class("heart", 10..25)]);
        let dataset = drawn.dataset().expect("drawings");
        assert_eq!(drawn.dataset().as_ref(), Ok(&dataset));
        for item in 1..dataset.n_items() {
            assert_ne!(dataset.item(item), dataset.item(item - 1), "{item}");
        }
        let labels: Vec<_> = (0..dataset.n_items())
            .map(|it| dataset.label_of(it))
            .collect();
        let count = |label: u8| labels.iter().filter(|&&it| it == Some(label)).count();
        assert_eq!(count(0) * 15, count(1) * 10);
    }

    #[test]
    fn no_drawing_stands_on_two_sides() {
        let drawn = collection(vec![class("cross", 0..13), class("heart", 20..31)]);
        let dataset = drawn.dataset().expect("drawings");
        for seed in 0..20 {
            let split = Split::of(&dataset, seed, Parts::ThreeOneOne, &Normality::default());
            let originals = |items: &[usize]| -> BTreeSet<usize> {
                items
                    .iter()
                    .map(|&item| dataset.original_of(item))
                    .collect()
            };
            let sides = [&split.train, &split.calibration, &split.test].map(|it| originals(it));
            assert_eq!(sides.each_ref().map(BTreeSet::len), [15, 4, 5]);
            assert!(sides[0].is_disjoint(&sides[1]));
            assert!(sides[0].is_disjoint(&sides[2]) && sides[1].is_disjoint(&sides[2]));
        }
    }

    #[test]
    fn other_things_are_there_to_be_found_and_never_learned_from() {
        let digits = Dataset::pictures(28, 28, 16, vec![9; 784 * 300], vec![4; 300]);
        let others = Others::of(&digits.expect("pictures"), "digit");
        let mut drawn = collection(vec![class("cross", 0..10)]);
        drawn.others = others;
        let dataset = drawn.dataset().expect("drawings");
        assert_eq!(dataset.n_items(), 700);
        assert_eq!(dataset.usual_anomalies(), [1].into());
        let normality = Normality {
            anomalous_classes: dataset.usual_anomalies(),
            contamination: 0.0,
        };
        let split = Split::of(&dataset, 1, Parts::ThreeOneOne, &normality);
        assert_eq!(split.held_out.len(), 100);
        assert!(split.held_out.iter().all(|&item| item >= 600));
        let small = Dataset::pictures(8, 8, 16, vec![9; 64], Vec::new());
        assert_eq!(Others::of(&small.expect("a picture"), "digit"), None);
    }
}
