//! What the page says a run shows, and only where the run bears it out.

use super::*;
use crate::anomaly::ThresholdRule;
use crate::protocol::Scores;
use crate::session::view::InsightPlace;

/// Every item measured; the errors rise with the place of the item, all beside the same error of the mean item.
fn scored(session: &mut Session, of_mean_item: f32) {
    let event = ExamineEvent::Scored(Scores {
        of: session.studies.front.moment(),
        errors: (0..N_ITEMS).map(|idx| 0.1 + idx as f32 / 1_000.0).collect(),
        codes: vec![0.0; N_ITEMS * session.architecture().code_size()],
        mean_item_errors: vec![of_mean_item; N_ITEMS],
    });
    session.update(Message::Examiner(ExaminerMessage::Said(Event::Examine(
        event,
    ))));
}

#[test]
fn nothing_is_claimed_before_anything_was_measured() {
    let session = loaded();
    for place in [
        InsightPlace::MeanItem,
        InsightPlace::Threshold,
        InsightPlace::Denoising,
        InsightPlace::Evaluation,
    ] {
        assert_eq!(session.insights(place), []);
    }
}

#[test]
fn a_network_that_loses_to_the_mean_item_is_said_to_and_another_is_not() {
    let mut session = loaded();
    scored(&mut session, 0.5);
    assert_eq!(session.insights(InsightPlace::MeanItem), []);
    scored(&mut session, 0.01);
    let insights = session.insights(InsightPlace::MeanItem);
    assert_eq!(insights.len(), 1);
    assert_eq!(insights[0].show, [Message::Lay(ItemChoice::Example)]);
}

#[test]
fn the_line_of_the_batches_is_blamed_only_where_it_flags_many() {
    // Calibration errors from 0.01 to 0.40: batches of 16 have means far below the errors of the items.
    let mut session = loaded();
    scored(&mut session, 0.5);
    assert_eq!(session.insights(InsightPlace::Threshold), []);
    let low = (1..=40_u8).map(|n| f32::from(n) / 10_000.0).collect();
    calibrate_as(&mut session, low);
    scored(&mut session, 0.5);
    let insights = session.insights(InsightPlace::Threshold);
    assert_eq!(insights.len(), 1);
    assert!(insights[0].sentence.contains("flags 100 %"), "{insights:?}");
    for message in insights[0].show.clone() {
        session.update(message);
    }
    assert!(matches!(
        session.threshold_rule(),
        ThresholdRule::BatchLosses { .. }
    ));
}

#[test]
fn a_network_trained_on_clean_digits_is_said_not_to_denoise_where_it_does_not() {
    let mut session = loaded();
    session.update(Message::Lay(ItemChoice::Example));
    session.update(Message::Bench(Change::AddNoise(0.2)));
    answer(&mut session, 0.3);
    // The answer to the first request is of the picture without noise; the newest state follows it.
    answer(&mut session, 0.3);
    let insights = session.insights(InsightPlace::Denoising);
    assert_eq!(
        insights.len(),
        1,
        "a blank reconstruction is farther from the digit than the noisy one"
    );
    assert_eq!(
        insights[0].show,
        [Message::Recipe(RecipeMessage::Choose(RecipeName::DENOISER))]
    );
}
