//! A network that was trained on one week's readings judges those of the next.

#[path = "common/trained.rs"]
mod trained;

use bottleneck::anomaly::Calibration;
use bottleneck::autoencoder::Network;
use bottleneck::data::{FirstItems, NamedFile, NextItems, ReadFiles, inputs_of, read};
use bottleneck::recipe::{Recipe, RecipeName};
use pollster::block_on;

use trained::trained_on;

fn week(n: usize) -> ReadFiles {
    let name = format!("38-week-{n}.csv");
    let path = format!("tests/fixtures/cases/{name}");
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    read(&[NamedFile { name, bytes }]).unwrap_or_else(|error| panic!("{error}"))
}

/// The second week, read as the first one was.
fn second_as_first(first: &ReadFiles) -> NextItems {
    let (table, choices) = first.table.as_ref().expect("a table");
    let first = FirstItems::of(&first.dataset, Some((table, choices)), None);
    let read = week(2).read_alike(&first);
    read.unwrap_or_else(|error| panic!("{error}"))
}

fn errors(network: &Network, recipe: &Recipe, rows: &[f32]) -> Vec<f32> {
    let made = block_on(network.reconstruct(rows)).expect("they fit");
    let width = recipe.architecture.input_size();
    recipe.measure.of_rows(rows, &made.reconstructions, width)
}

#[test]
fn what_runs_hot_in_the_second_week_is_flagged_and_the_rest_is_not() {
    let first = week(1);
    let next = second_as_first(&first);
    let said = next.remarks.join(" ");
    assert!(said.contains("mode: 5 of 200 never seen"), "{said}");
    assert!(said.contains("\"service\" on line 9"), "{said}");
    assert!(said.contains("temperature: "), "{said}");

    let recipe = RecipeName::DEEP_FIT_PREDICT_TUNED.recipe_on(&first.dataset);
    let recipe = recipe.expect("it takes any table");
    let network = trained_on(&recipe.split(&first.dataset).train, &first.dataset, &recipe);
    let calibration = inputs_of(
        &first.dataset,
        &recipe.split(&first.dataset).calibration,
        false,
    );
    let calibration = Calibration::new(errors(&network, &recipe, &calibration));
    let threshold = calibration
        .conformal_threshold(0.05)
        .expect("120 rows are enough");
    let everything: Vec<usize> = (0..200).collect();
    let errors = errors(
        &network,
        &recipe,
        &inputs_of(&next.dataset, &everything, false),
    );
    let n_flagged =
        |rows: &mut dyn Iterator<Item = usize>| rows.filter(|&row| errors[row] > threshold).count();

    let service = [7, 47, 87, 127];
    assert_eq!(
        n_flagged(&mut service.into_iter()),
        4,
        "a mode that was never seen"
    );
    // From row 150 on every pump runs some ten to twenty degrees hotter and shakes more.
    assert!(
        n_flagged(&mut (150..200)) >= 48,
        "{}",
        n_flagged(&mut (150..200))
    );
    let usual = n_flagged(&mut (0..150).filter(|row| !service.contains(row)));
    assert!(usual <= 18, "{usual} of 146 usual rows");
}

#[test]
fn every_table_read_by_its_own_columns_is_itself() {
    let mut n_tables = 0;
    for entry in std::fs::read_dir("tests/fixtures/cases").expect("the cases") {
        let path = entry.expect("a file").path();
        let Ok(bytes) = std::fs::read(&path) else {
            continue;
        };
        let name = path.display().to_string();
        let Ok(ReadFiles {
            dataset,
            table: Some((table, choices)),
            ..
        }) = read(&[NamedFile { name, bytes }])
        else {
            continue;
        };
        n_tables += 1;
        let again = ReadFiles {
            dataset: dataset.clone(),
            table: Some((table.clone(), choices.clone())),
            photos: None,
        };
        let first = FirstItems::of(&dataset, Some((&table, &choices)), None);
        let again = again.read_alike(&first);
        let again = again.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for item in 0..dataset.n_items() {
            assert_eq!(
                again.dataset.item(item),
                dataset.item(item),
                "{}, row {item}",
                path.display()
            );
            if dataset.has_labels() {
                assert_eq!(
                    again.labels[item],
                    dataset.label_of(item),
                    "{}",
                    path.display()
                );
            }
        }
    }
    assert!(n_tables > 20, "{n_tables}");
}
