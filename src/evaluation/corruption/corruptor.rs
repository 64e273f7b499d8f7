//! Making anomalies from normal items.

use std::ops::Range;

use super::Corruption;
use crate::curve::CurveTreatment;
use crate::data::{Dataset, Form};
use crate::picture::Picture;
use crate::random::Mt19937;

/// Makes anomalies of items of one data set; the same seed gives the same ones.
#[derive(Clone, Debug)]
pub struct Corruptor {
    form: ItemForm,
    /// A place for each pixel.
    pixel_order: Vec<usize>,
    seed: u64,
}

#[derive(Clone, Debug)]
enum ItemForm {
    Picture { width: usize, height: usize },
    Row { spans: Vec<Range<usize>> },
    Series { n_samples: usize },
}

impl Corruptor {
    /// For the items of a data set.
    pub fn new(dataset: &Dataset, seed: u64) -> Self {
        let form = match dataset.form() {
            Form::Pictures { width, height } => ItemForm::Picture {
                width: *width,
                height: *height,
            },
            Form::Table(schema) => ItemForm::Row {
                spans: schema.spans().map(|(_, span)| span).collect(),
            },
            Form::Series(form) => ItemForm::Series {
                n_samples: form.n_samples,
            },
        };
        let pixel_order = match form {
            ItemForm::Picture { width, height } => {
                Mt19937::new(mixed(seed, 0)).permutation(width * height)
            }
            ItemForm::Row { .. } | ItemForm::Series { .. } => Vec::new(),
        };
        Self {
            form,
            pixel_order,
            seed,
        }
    }

    /// The anomaly that an item becomes, with as many values; what follows its own values, a label, stays.
    ///
    /// `rows` (`n × values.len()`) are where foreign columns come from. `item_idx` decides what is random about it;
    /// noise of any strength is the same noise, scaled. A corruption that is not for items of this form, or an item of
    /// another size, is left as it is.
    pub fn corrupted(
        &self,
        corruption: Corruption,
        item_idx: usize,
        values: &[f32],
        rows: &[f32],
    ) -> Vec<f32> {
        let seed = mixed(self.seed, item_idx as u64 + 1);
        match &self.form {
            ItemForm::Picture { width, height } => {
                let n_pixels = width * height;
                let Some((pixels, label)) = values.split_at_checked(n_pixels) else {
                    return values.to_vec();
                };
                let picture = Picture::from_ink(*width, *height, pixels.to_vec());
                let Some(picture) = picture else {
                    return values.to_vec();
                };
                let mut corrupted = self.picture(corruption, &picture, seed);
                corrupted.extend_from_slice(label);
                corrupted
            }
            ItemForm::Row { spans } => row(corruption, spans, values, rows, seed),
            ItemForm::Series { n_samples } => {
                let Some((samples, label)) = values.split_at_checked(*n_samples) else {
                    return values.to_vec();
                };
                [&curve(corruption, samples, seed)[..], label].concat()
            }
        }
    }

    fn picture(&self, corruption: Corruption, picture: &Picture, seed: u64) -> Vec<f32> {
        let (width, height) = (picture.width(), picture.height());
        match corruption {
            Corruption::QuarterTurn => picture.rotated(90.0).into_ink(),
            Corruption::HalfTurn => picture.rotated(180.0).into_ink(),
            Corruption::Mirror => moved(picture, |x, y| Some((width - 1 - x, y))),
            Corruption::Shift => {
                let distance = ((width + 4) / 9).max(1);
                moved(picture, |x, y| x.checked_sub(distance).map(|x| (x, y)))
            }
            Corruption::Occlusion => {
                let (columns, lines) = block(width, height, seed);
                let is_seen = |x, y| !(columns.contains(&x) && lines.contains(&y));
                moved(picture, |x, y| is_seen(x, y).then_some((x, y)))
            }
            Corruption::Noise { percent } => {
                picture.noisy(f32::from(percent) / 100.0, seed).into_ink()
            }
            Corruption::Inversion => picture.ink().iter().map(|ink| 1.0 - ink).collect(),
            Corruption::ShuffledPixels => {
                let places = self.pixel_order.iter();
                places.map(|&place| picture.ink()[place]).collect()
            }
            Corruption::ForeignColumn | Corruption::ShuffledColumns => picture.ink().to_vec(),
        }
    }
}

/// The ink that comes to each place from another, or paper.
fn moved(picture: &Picture, source: impl Fn(usize, usize) -> Option<(usize, usize)>) -> Vec<f32> {
    let places = (0..picture.height()).flat_map(|y| (0..picture.width()).map(move |x| (x, y)));
    let ink = places.map(|(x, y)| source(x, y).map_or(0.0, |(x, y)| picture.get(x, y)));
    ink.collect()
}

/// Columns and lines of a block of three eighths of each side, wholly inside.
fn block(width: usize, height: usize, seed: u64) -> (Range<usize>, Range<usize>) {
    let mut generator = Mt19937::new(seed);
    let mut along = |side: usize| {
        let length = (side * 3 / 8).max(1);
        let start = generator.next_u32() as usize % (side.saturating_sub(length) + 1);
        start..start + length
    };
    (along(width), along(height))
}

fn curve(corruption: Corruption, samples: &[f32], seed: u64) -> Vec<f32> {
    let n_samples = samples.len();
    let treatment = CurveTreatment::default();
    match corruption {
        Corruption::Mirror => samples.iter().rev().copied().collect(),
        Corruption::Shift => {
            let distance = ((n_samples + 4) / 9).max(1);
            let shift = distance as f32;
            CurveTreatment { shift, ..treatment }.apply(samples)
        }
        Corruption::Occlusion => {
            let (stretch, _) = block(n_samples, 1, seed);
            let held = CurveTreatment {
                gap_start: stretch.start,
                gap_length: stretch.len(),
                ..treatment
            };
            held.apply(samples)
        }
        Corruption::Noise { percent } => {
            let mut generator = Mt19937::new(seed);
            let deviation = f32::from(percent) / 100.0;
            let noisy = samples.iter().map(|it| it + deviation * generator.normal());
            noisy.collect()
        }
        Corruption::Inversion => {
            let mean = samples.iter().sum::<f32>() / n_samples.max(1) as f32;
            samples.iter().map(|it| 2.0 * mean - it).collect()
        }
        Corruption::QuarterTurn
        | Corruption::HalfTurn
        | Corruption::ShuffledPixels
        | Corruption::ForeignColumn
        | Corruption::ShuffledColumns => samples.to_vec(),
    }
}

fn row(
    corruption: Corruption,
    spans: &[Range<usize>],
    values: &[f32],
    rows: &[f32],
    seed: u64,
) -> Vec<f32> {
    let mut generator = Mt19937::new(seed);
    let mut corrupted = values.to_vec();
    let mut take_over = |span: &Range<usize>, generator: &mut Mt19937| {
        let n_rows = (rows.len() / values.len().max(1)).max(1);
        let start = generator.next_u32() as usize % n_rows * values.len();
        let foreign = rows.get(start + span.start..start + span.end);
        if let (Some(foreign), Some(own)) = (foreign, corrupted.get_mut(span.clone())) {
            own.copy_from_slice(foreign);
        }
    };
    match corruption {
        Corruption::ForeignColumn if !spans.is_empty() => {
            let column = generator.next_u32() as usize % spans.len();
            take_over(&spans[column], &mut generator);
        }
        Corruption::ShuffledColumns => {
            for span in spans {
                take_over(span, &mut generator);
            }
        }
        Corruption::Noise { percent } => {
            let deviation = f32::from(percent) / 100.0;
            for value in spans.iter().flat_map(Clone::clone) {
                if let Some(value) = corrupted.get_mut(value) {
                    *value += deviation * generator.normal();
                }
            }
        }
        Corruption::ForeignColumn
        | Corruption::QuarterTurn
        | Corruption::HalfTurn
        | Corruption::Mirror
        | Corruption::Shift
        | Corruption::Occlusion
        | Corruption::Inversion
        | Corruption::ShuffledPixels => {}
    }
    corrupted
}

/// A seed that shares nothing with its neighbours (`SplitMix64`, Steele, Lea and Flood 2014); the generator uses the
/// low half.
fn mixed(seed: u64, stream: u64) -> u64 {
    let mut bits = seed ^ stream.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::super::{OF_CURVES, OF_PICTURES};
    use super::*;
    use crate::data::{employees, heartbeats};

    fn pictures(width: usize, height: usize) -> Dataset {
        let bytes = (0..width * height)
            .map(|idx| (idx % 16 + 1) as u8)
            .collect();
        Dataset::pictures(width, height, 16, bytes, Vec::new()).expect("a picture")
    }

    fn corrupted(corruption: Corruption, width: usize, height: usize) -> (Vec<f32>, Vec<f32>) {
        let dataset = pictures(width, height);
        let item = dataset.item(0).expect("a picture");
        let made = Corruptor::new(&dataset, 7).corrupted(corruption, 0, &item, &item);
        (item, made)
    }

    #[test]
    fn every_corruption_of_any_picture_gives_another_picture() {
        for (width, height) in [(8, 8), (28, 28), (5, 9), (3, 2)] {
            for &corruption in &OF_PICTURES {
                let (item, made) = corrupted(corruption, width, height);
                assert_eq!(made.len(), item.len());
                assert_ne!(made, item, "{corruption:?} of {width} × {height}");
                assert!(made.iter().all(|ink| (0.0..=1.0).contains(ink)));
            }
        }
        for &corruption in &OF_PICTURES {
            assert_eq!(corrupted(corruption, 1, 1).1.len(), 1);
        }
    }

    #[test]
    fn mirror_shift_and_inversion_are_what_their_names_say() {
        let row = |corruption| {
            let dataset = Dataset::pictures(4, 1, 4, vec![0, 1, 2, 4], vec![3]).expect("a picture");
            let item = [dataset.item(0).expect("a picture"), vec![0.9]].concat();
            Corruptor::new(&dataset, 1).corrupted(corruption, 0, &item, &item)
        };
        assert_eq!(row(Corruption::Mirror), [1.0, 0.5, 0.25, 0.0, 0.9]);
        assert_eq!(row(Corruption::Shift), [0.0, 0.0, 0.25, 0.5, 0.9]);
        assert_eq!(row(Corruption::Inversion), [1.0, 0.75, 0.5, 0.0, 0.9]);
        assert_eq!(row(Corruption::HalfTurn), [1.0, 0.5, 0.25, 0.0, 0.9]);
    }

    #[test]
    fn a_shift_is_1_pixel_of_8_and_3_of_28() {
        for (side, distance) in [(8, 1), (28, 3)] {
            let (item, made) = corrupted(Corruption::Shift, side, side);
            let line = |pixels: &[f32]| pixels[..side].to_vec();
            assert_eq!(line(&made)[distance..], line(&item)[..side - distance]);
            assert!(line(&made)[..distance].iter().all(|&ink| ink == 0.0));
        }
    }

    #[test]
    fn a_block_is_erased_and_nothing_else() {
        let dataset = Dataset::pictures(8, 8, 1, vec![1; 64], Vec::new()).expect("a picture");
        let item = dataset.item(0).expect("a picture");
        let corruptor = Corruptor::new(&dataset, 3);
        let of = |item_idx| corruptor.corrupted(Corruption::Occlusion, item_idx, &item, &item);
        for item_idx in 0..50 {
            assert_eq!(of(item_idx).iter().filter(|&&ink| ink == 0.0).count(), 9);
        }
        assert!((1..50).any(|item_idx| of(item_idx) != of(0)));
    }

    #[test]
    fn pixels_are_shuffled_alike_in_all_items() {
        let dataset = pictures(8, 8);
        let item = dataset.item(0).expect("a picture");
        let corruptor = Corruptor::new(&dataset, 3);
        let of = |item_idx| corruptor.corrupted(Corruption::ShuffledPixels, item_idx, &item, &item);
        assert_eq!(of(0), of(1));
        let sorted = |mut pixels: Vec<f32>| {
            pixels.sort_by(f32::total_cmp);
            pixels
        };
        assert_eq!(sorted(of(0)), sorted(item));
    }

    #[test]
    fn the_seed_and_the_item_decide_what_is_random() {
        let dataset = pictures(8, 8);
        let item = dataset.item(0).expect("a picture");
        let noise = Corruption::Noise { percent: 10 };
        let of = |seed, item_idx| {
            Corruptor::new(&dataset, seed).corrupted(noise, item_idx, &item, &item)
        };
        assert_eq!(of(1, 0), of(1, 0));
        assert_ne!(of(1, 0), of(2, 0));
        assert_ne!(of(1, 0), of(1, 1));
    }

    #[test]
    fn columns_come_whole_from_other_rows() {
        let dataset = employees(1);
        let width = dataset.n_features();
        let rows: Vec<f32> = (0..50)
            .flat_map(|idx| dataset.item(idx).expect("a row"))
            .collect();
        let schema = dataset.schema().expect("a table");
        let corruptor = Corruptor::new(&dataset, 3);
        for item_idx in 0..50 {
            let item = &rows[item_idx * width..][..width];
            for (corruption, most_changed) in [
                (Corruption::ForeignColumn, 1),
                (Corruption::ShuffledColumns, 5),
            ] {
                let made = corruptor.corrupted(corruption, item_idx, item, &rows);
                let mut n_changed = 0;
                for (_, span) in schema.spans() {
                    n_changed += usize::from(made[span.clone()] != item[span.clone()]);
                    let is_known = rows
                        .chunks_exact(width)
                        .any(|row| row[span.clone()] == made[span.clone()]);
                    assert!(is_known, "{made:?}");
                }
                assert!(n_changed <= most_changed);
            }
        }
    }

    #[test]
    fn every_corruption_of_a_curve_gives_another_curve_and_leaves_the_label() {
        let beats = heartbeats(1);
        let item = [beats.item(0).expect("a beat"), vec![0.5]].concat();
        let corruptor = Corruptor::new(&beats, 7);
        for &corruption in &OF_CURVES {
            let made = corruptor.corrupted(corruption, 0, &item, &item);
            assert_eq!(made.len(), item.len(), "{corruption:?}");
            assert_ne!(made, item, "{corruption:?}");
            assert_eq!(made.last(), item.last(), "{corruption:?}");
        }
        let turn = corruptor.corrupted(Corruption::QuarterTurn, 0, &item, &item);
        assert_eq!(turn, item);
    }

    #[test]
    fn noise_on_a_row_has_its_deviation() {
        let dataset = employees(1);
        let item = dataset.item(0).expect("a row");
        let corruptor = Corruptor::new(&dataset, 3);
        let noise = Corruption::Noise { percent: 20 };
        let squares = (0..500).flat_map(|item_idx| {
            let made = corruptor.corrupted(noise, item_idx, &item, &item);
            let pairs: Vec<f32> = made
                .iter()
                .zip(&item)
                .map(|(a, b)| (a - b).powi(2))
                .collect();
            pairs
        });
        let variance = squares.sum::<f32>() / (500 * item.len()) as f32;
        assert!((variance.sqrt() - 0.2).abs() < 0.01, "{variance}");
    }

    #[test]
    fn what_does_not_fit_is_left_as_it_is() {
        let dataset = pictures(8, 8);
        let corruptor = Corruptor::new(&dataset, 3);
        assert_eq!(
            corruptor.corrupted(Corruption::Mirror, 0, &[0.5; 3], &[]),
            [0.5; 3]
        );
        let item = dataset.item(0).expect("a picture");
        assert_eq!(
            corruptor.corrupted(Corruption::ForeignColumn, 0, &item, &item),
            item
        );
        let table = Corruptor::new(&employees(1), 3);
        assert_eq!(
            table.corrupted(Corruption::Mirror, 0, &[0.5; 9], &[]),
            [0.5; 9]
        );
        assert_eq!(
            table.corrupted(Corruption::ForeignColumn, 0, &[0.5; 9], &[]),
            [0.5; 9]
        );
    }
}
