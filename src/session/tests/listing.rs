//! What is listed of the items, and how the pictures of those in sight are asked for.

use super::*;
use crate::protocol::{ReconstructedItems, Scores};
use crate::session::{ItemOrder, Part};

/// Item `n` has the error `n / 100`; the threshold of [`loaded`] is 0.39.
fn listed() -> Session {
    let mut session = loaded();
    let errors: Vec<f32> = (0..N_ITEMS).map(|idx| idx as f32 / 100.0).collect();
    let scores = Scores {
        of: session.studies.front.moment(),
        codes: vec![0.5; N_ITEMS * session.architecture().code_size()],
        mean_item_errors: vec![0.5; N_ITEMS],
        errors,
    };
    hear(&mut session, ExamineEvent::Scored(scores));
    session
}

fn hear(session: &mut Session, event: ExamineEvent) -> Vec<Effect> {
    session.update(Message::Examiner(ExaminerMessage::Said(Event::Examine(
        event,
    ))))
}

fn change(session: &mut Session, change: ListChange) -> Vec<Effect> {
    session.update(Message::List(change))
}

fn asked(effects: &[Effect]) -> Option<(u32, Vec<u32>)> {
    effects.iter().find_map(|effect| match effect {
        Effect::ToExaminer(ExamineCommand::Reconstruct { request, items }) => {
            Some((*request, items.clone()))
        }
        _ => None,
    })
}

fn reconstructed(session: &Session, request: u32, items: &[u32]) -> ExamineEvent {
    ExamineEvent::Reconstructed(ReconstructedItems {
        request,
        of: session.studies.front.moment(),
        items: items.to_vec(),
        values: vec![0.25; items.len() * 64],
    })
}

#[test]
fn the_sides_of_the_threshold_add_up_and_follow_the_line() {
    let mut session = listed();
    assert_eq!(session.list_view().n_anomalies, 60);
    change(&mut session, ListChange::ChooseSide(Some(Side::Above)));
    assert_eq!(session.n_listed(), 60);
    change(&mut session, ListChange::ChooseSide(Some(Side::Below)));
    assert_eq!(session.n_listed(), 40);
    session.update(Message::Threshold(ThresholdMessage::Set(0.895)));
    assert_eq!(session.n_listed(), 90);
    assert_eq!(session.list_view().n_anomalies, 10);
    change(&mut session, ListChange::ClearFilters);
    assert_eq!(
        session.list_view().count_in_words("digits"),
        "100 of 100 digits"
    );
}

#[test]
fn classes_and_parts_are_those_that_there_are() {
    let mut session = listed();
    let view = session.list_view();
    assert_eq!(view.classes, (0..10).collect::<Vec<u8>>());
    assert_eq!(view.parts, [Part::Training, Part::Calibration, Part::Test]);
    change(&mut session, ListChange::ToggleClass(7));
    assert!(
        session
            .items(0, 20)
            .rows
            .iter()
            .all(|row| row.label == Some(7))
    );
    assert_eq!(session.n_listed(), 10);
    change(&mut session, ListChange::ChoosePart(Some(Part::Test)));
    let rows = session.items(0, 20).rows;
    assert!(!rows.is_empty());
    assert!(
        rows.iter()
            .all(|row| row.part == Part::Test && row.label == Some(7))
    );
}

#[test]
fn a_filtered_item_keeps_its_rank_among_all() {
    let mut session = listed();
    change(&mut session, ListChange::ToggleClass(8));
    let rows = session.items(0, 2).rows;
    assert_eq!((rows[0].index, rows[0].rank), (98, 2));
    assert_eq!((rows[1].index, rows[1].rank), (88, 12));
}

#[test]
fn a_filter_ends_with_its_data_and_the_order_stays() {
    let mut session = listed();
    change(&mut session, ListChange::ToggleClass(3));
    change(
        &mut session,
        ListChange::ChooseOrder(ItemOrder::MostTypical),
    );
    session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::UCI_DIGITS,
    )));
    assert!(!session.list_view().filter.is_open(), "the same digits");
    session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::EMPLOYEES,
    )));
    let (filter, order) = session.filter_and_order();
    assert!(filter.is_open());
    assert_eq!(order, ItemOrder::MostTypical);
}

#[test]
fn the_pictures_in_sight_are_asked_for_and_no_others() {
    let mut session = listed();
    let (request, items) = asked(&change(&mut session, ListChange::Watch(0..3))).expect("asked");
    assert_eq!(items, [99, 98, 97]);
    let next = change(&mut session, ListChange::Watch(2..5));
    assert_eq!(asked(&next), None, "one request at a time");
    let answer = reconstructed(&session, request, &items);
    let (_, next) = asked(&hear(&mut session, answer)).expect("what is in sight now");
    assert_eq!(next, [96, 95]);
    assert_eq!(session.reconstruction_of(99), Some(&[0.25; 64][..]));
    let cards = session.gallery_cards(0..4);
    let are_reconstructed: Vec<bool> = cards
        .iter()
        .map(|card| card.reconstructed.is_some())
        .collect();
    assert_eq!(are_reconstructed, [true, true, true, false]);
}

/// The network has learned for another epoch.
fn learn(session: &mut Session) {
    let shown = session.studies.front.run.shown.as_mut();
    shown.expect("there are weights").position.epoch += 1;
}

#[test]
fn pictures_are_made_again_with_newer_weights_while_they_are_in_sight() {
    let mut session = listed();
    let (request, items) = asked(&change(&mut session, ListChange::Watch(0..2))).expect("asked");
    let answer = reconstructed(&session, request, &items);
    assert_eq!(asked(&hear(&mut session, answer)), None);
    assert_eq!(asked(&calibrate(&mut session)), None, "the same weights");
    learn(&mut session);
    let (request, items) = asked(&calibrate(&mut session)).expect("newer weights");
    assert_eq!(items, [99, 98]);
    let answer = reconstructed(&session, request, &items);
    hear(&mut session, answer);
    change(&mut session, ListChange::Watch(0..0));
    learn(&mut session);
    assert_eq!(asked(&calibrate(&mut session)), None, "nobody looks");
}

#[test]
fn an_examiner_that_starts_again_is_asked_again() {
    let mut session = listed();
    assert!(asked(&change(&mut session, ListChange::Watch(0..2))).is_some());
    session.update(Message::Examiner(ExaminerMessage::Lost(
        "it panicked".to_owned(),
    )));
    session.update(Message::Examiner(ExaminerMessage::Said(hello())));
    assert!(asked(&calibrate(&mut session)).is_some());
}

#[test]
fn pictures_of_an_older_run_are_dropped() {
    let mut session = listed();
    let (request, items) = asked(&change(&mut session, ListChange::Watch(0..2))).expect("asked");
    let stale = reconstructed(&session, request, &items);
    session.update(Message::Training(TrainingMessage::Reset));
    hear(&mut session, stale);
    assert_eq!(session.reconstruction_of(99), None);
}
