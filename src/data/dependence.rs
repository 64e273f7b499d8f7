//! Whether the columns of a table have anything to do with each other.

use std::ops::Range;

use super::Dataset;

/// One table in so many would show a larger correlation by chance.
const CHANCE: f64 = 0.05;

/// The strongest correlation between values of different columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Dependence {
    /// The names of the two columns.
    pub columns: (String, String),
    /// Pearson's correlation, −1 to 1.
    pub correlation: f64,
    /// Where the columns were independent, no pair of them would be correlated more than this in at least 95 of 100
    /// tables of as many rows, 0 to 1.
    pub by_chance: f64,
}

impl Dependence {
    /// Looks at every pair of encoded values that belong to different columns; `None` for pictures, for fewer than
    /// two columns, or where no value varies.
    ///
    /// The bound is Fisher's normal approximation, P(|r| > x) ≈ 2 exp(−n x² / 2), shared out over all pairs
    /// (Bonferroni).
    pub fn strongest(dataset: &Dataset) -> Option<Self> {
        let schema = dataset.schema()?;
        let n_rows = dataset.n_items();
        let values = standardised(dataset);
        let columns: Vec<(&str, Range<usize>)> = schema
            .spans()
            .map(|(column, span)| (column.name.as_str(), span))
            .collect();
        let mut strongest: Option<(f64, &str, &str)> = None;
        let mut n_pairs = 0_usize;
        for (column_idx, (name, span)) in columns.iter().enumerate() {
            for (other_name, other_span) in &columns[column_idx + 1..] {
                for (one, other) in pairs(span, other_span) {
                    let (Some(one), Some(other)) = (&values[one], &values[other]) else {
                        continue;
                    };
                    n_pairs += 1;
                    let products = one.iter().zip(other).map(|(x, y)| x * y);
                    let correlation = products.sum::<f64>() / n_rows as f64;
                    if strongest.is_none_or(|(most, ..)| correlation.abs() > most.abs()) {
                        strongest = Some((correlation, name, other_name));
                    }
                }
            }
        }
        let (correlation, one, other) = strongest?;
        let by_chance = (2.0 * (2.0 * n_pairs as f64 / CHANCE).ln() / n_rows as f64).sqrt();
        Some(Self {
            columns: (one.to_owned(), other.to_owned()),
            correlation,
            by_chance: by_chance.min(1.0),
        })
    }

    /// Whether even the strongest correlation is no larger than chance makes them.
    pub fn is_chance(&self) -> bool {
        self.correlation.abs() <= self.by_chance
    }
}

fn pairs(one: &Range<usize>, other: &Range<usize>) -> impl Iterator<Item = (usize, usize)> {
    let other = other.clone();
    one.clone()
        .flat_map(move |one| other.clone().map(move |other| (one, other)))
}

/// Every encoded value over all rows, with mean 0 and deviation 1; `None` for one that does not vary.
fn standardised(dataset: &Dataset) -> Vec<Option<Vec<f64>>> {
    let n_rows = dataset.n_items();
    let rows: Vec<Vec<f32>> = (0..n_rows).filter_map(|idx| dataset.item(idx)).collect();
    let standardise = |value_idx: usize| {
        let values: Vec<f64> = rows.iter().map(|row| f64::from(row[value_idx])).collect();
        let mean = values.iter().sum::<f64>() / n_rows as f64;
        let squares = values.iter().map(|value| (value - mean).powi(2));
        let deviation = (squares.sum::<f64>() / n_rows as f64).sqrt();
        let centred = values.iter().map(|value| (value - mean) / deviation);
        (deviation > 1e-9).then(|| centred.collect())
    };
    (0..dataset.n_features()).map(standardise).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Column, Encoding, Schema, employees};
    use crate::random::Mt19937;

    fn table(columns: usize, rows: &[f32]) -> Dataset {
        let number = Encoding::Number {
            offset: 0.0,
            scale: 1.0,
            decimals: 2,
        };
        let column = |idx: usize| Column::new(format!("c{idx}"), number.clone());
        let columns = (0..columns).map(column).collect();
        Dataset::table(Schema { columns }, rows.to_vec()).expect("a table")
    }

    #[test]
    fn a_column_that_follows_another_is_found() {
        let mut generator = Mt19937::new(3);
        let rows: Vec<f32> = (0..200)
            .flat_map(|_| {
                let (a, b) = (generator.normal(), generator.normal());
                [a, b, 0.5 * a + 0.1 * generator.normal()]
            })
            .collect();
        let found = Dependence::strongest(&table(3, &rows)).expect("three columns");
        assert_eq!(found.columns, ("c0".to_owned(), "c2".to_owned()));
        assert!(found.correlation > 0.95 && !found.is_chance());
    }

    #[test]
    fn the_correlation_is_pearsons() {
        // numpy.corrcoef([1, 2, 3, 4], [1, 3, 2, 5])[0, 1]
        let rows = [1.0, 1.0, 2.0, 3.0, 3.0, 2.0, 4.0, 5.0];
        let found = Dependence::strongest(&table(2, &rows)).expect("two columns");
        assert!((found.correlation - 0.831_521_840_6).abs() < 1e-6);
    }

    #[test]
    fn independent_columns_are_taken_for_independent_about_as_often_as_promised() {
        let is_chance = |seed: u64| {
            let mut generator = Mt19937::new(seed);
            let rows: Vec<f32> = (0..150 * 4).map(|_| generator.normal()).collect();
            Dependence::strongest(&table(4, &rows))
                .expect("four columns")
                .is_chance()
        };
        let n_chance = (0..200).filter(|&seed| is_chance(seed)).count();
        assert!(n_chance >= 190, "{n_chance} of 200");
    }

    #[test]
    fn the_employees_columns_are_independent() {
        let found = Dependence::strongest(&employees(1)).expect("a table");
        assert!(found.is_chance(), "{found:?}");
    }

    #[test]
    fn what_does_not_vary_depends_on_nothing() {
        assert_eq!(
            Dependence::strongest(&table(2, &[1.0, 2.0, 1.0, 3.0])),
            None
        );
        assert_eq!(Dependence::strongest(&table(1, &[1.0, 2.0])), None);
        let picture = Dataset::pictures(2, 1, 4, vec![0, 4], Vec::new()).expect("a picture");
        assert_eq!(Dependence::strongest(&picture), None);
    }
}
