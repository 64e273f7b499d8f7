//! The fourth article's employees, drawn anew.
//!
//! The author drew them at random and did not keep them; these follow the ranges that he gives.

use crate::random::Mt19937;

use super::{Column, Dataset, Encoding, Schema};

/// 240 to train on, as in the article, and 160 to hold out.
const N_EMPLOYEES: usize = 400;
/// Men are −1 in the article, so women are +1.
const SEXES: [&str; 2] = ["male", "female"];
const CITIES: [&str; 3] = ["anaheim", "boulder", "concord"];
const JOBS: [&str; 3] = ["mgmt", "supp", "tech"];
/// In years.
const AGES: [u32; 2] = [18, 68];
/// In hundreds of dollars a year.
const INCOMES: [u32; 2] = [230, 890];
const AGE_SCALE: f32 = 100.0;
const INCOME_SCALE: f32 = 100_000.0;

/// 400 employees with nine values each: sex −1 or +1, age / 100, three cities, income / 100,000, three jobs.
///
/// Every value is drawn by itself, so no combination is rarer than another. The seed decides all of them.
///
/// # Panics
/// Never: the rows are made to fit.
pub fn employees(seed: u64) -> Dataset {
    let mut generator = Mt19937::new(seed);
    let rows: Vec<f32> = (0..N_EMPLOYEES)
        .flat_map(|_| employee(&mut generator))
        .collect();
    Dataset::table(schema(), rows).expect("every row has nine finite values")
}

fn employee(generator: &mut Mt19937) -> [f32; 9] {
    let sex = if between([0, 1], generator) == 0 {
        -1.0
    } else {
        1.0
    };
    let age = between(AGES, generator) as f32 / AGE_SCALE;
    let [anaheim, boulder, concord] = one_of_three(generator);
    let income = (between(INCOMES, generator) * 100) as f32 / INCOME_SCALE;
    let [mgmt, supp, tech] = one_of_three(generator);
    [
        sex, age, anaheim, boulder, concord, income, mgmt, supp, tech,
    ]
}

/// A whole number from `lowest` to `highest`, both of them included.
fn between([lowest, highest]: [u32; 2], generator: &mut Mt19937) -> u32 {
    lowest + generator.next_u32() % (highest - lowest + 1)
}

fn one_of_three(generator: &mut Mt19937) -> [f32; 3] {
    let chosen = between([0, 2], generator);
    [0, 1, 2].map(|level| f32::from(u8::from(level == chosen)))
}

fn schema() -> Schema {
    let number = |scale| Encoding::Number {
        offset: 0.0,
        scale,
        decimals: 0,
    };
    let one_hot = |levels: [&str; 3]| Encoding::OneHot {
        levels: levels.map(str::to_owned).into(),
    };
    let [negative, positive] = SEXES.map(str::to_owned);
    let columns = [
        ("sex", Encoding::Signed { negative, positive }),
        ("age", number(AGE_SCALE)),
        ("city", one_hot(CITIES)),
        ("income", number(INCOME_SCALE)),
        ("job", one_hot(JOBS)),
    ];
    let columns = columns.map(|(name, encoding)| Column::new(name, encoding));
    Schema {
        columns: columns.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(dataset: &Dataset) -> Vec<Vec<f32>> {
        (0..dataset.n_items())
            .filter_map(|item_idx| dataset.item(item_idx))
            .collect()
    }

    fn n_ones(values: &[f32]) -> usize {
        assert!(values.iter().all(|value| [0.0, 1.0].contains(value)));
        values.iter().filter(|&&value| value > 0.5).count()
    }

    fn words_of(row: &[f32]) -> Vec<String> {
        schema().decode_row(row)
    }

    #[test]
    fn there_are_400_of_nine_values() {
        let employees = employees(1);
        assert_eq!(employees.in_words(), "400 rows of 5 columns (9 values)");
        assert!(!employees.has_labels());
    }

    #[test]
    fn everyone_is_within_the_ranges_of_the_article() {
        for row in rows(&employees(1)) {
            assert!([-1.0, 1.0].contains(&row[0]), "sex {}", row[0]);
            assert!((0.18..=0.68).contains(&row[1]), "age {}", row[1]);
            assert_eq!(n_ones(&row[2..5]), 1);
            assert!((0.23..=0.89).contains(&row[5]), "income {}", row[5]);
            assert_eq!(n_ones(&row[6..9]), 1);
            let words = words_of(&row);
            assert!(words[3].ends_with("00"), "income {}", words[3]);
        }
    }

    #[test]
    fn every_level_has_about_its_share() {
        let rows = rows(&employees(1));
        let count = |feature_idx: usize| rows.iter().filter(|row| row[feature_idx] > 0.5).count();
        assert!((160..=240).contains(&count(0)), "{} women", count(0));
        for feature_idx in [2, 3, 4, 6, 7, 8] {
            let share = count(feature_idx);
            assert!((95..=175).contains(&share), "{feature_idx}: {share}");
        }
    }

    #[test]
    fn the_seed_decides_all_of_them() {
        assert_eq!(employees(1), employees(1));
        assert_ne!(employees(1), employees(2));
    }

    #[test]
    fn the_rows_of_the_article_read_as_it_says() {
        let first = [-1.0, 0.27, 0.0, 1.0, 0.0, 0.7610, 0.0, 0.0, 1.0];
        let words = words_of(&first);
        assert_eq!(words, ["male", "27", "boulder", "76100", "tech"]);
    }

    #[test]
    fn an_edited_row_may_say_the_impossible() {
        let edited = [1.0, 1.40, 1.0, 0.0, 1.0, 0.5, 0.2, 0.0, 0.0];
        let words = words_of(&edited);
        let expected = [
            "female",
            "140",
            "anaheim + concord",
            "50000",
            "none (mgmt 0.2)",
        ];
        assert_eq!(words, expected);
    }
}
