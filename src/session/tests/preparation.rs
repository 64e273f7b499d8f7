//! How drawings are prepared, and that a step stays as it was set.

use super::*;
use crate::picture::{Brush, Picture, PreparationStep, Steps};
use crate::recipe::DataName;

/// Upright lines of 28 × 28 pixels: data that say how a hand writes.
fn lines_loaded() -> Message {
    let pixels = (0..20 * 784).map(|place| {
        let (x, y) = (place % 28, place / 28 % 28);
        if (12..15).contains(&x) && (4..24).contains(&y) {
            255
        } else {
            0
        }
    });
    let pixels: Vec<u8> = pixels.collect();
    let labels: Vec<u8> = (0..20).map(|item| item % 10).collect();
    Message::Data(DataMessage::DatasetLoaded {
        name: DataName::Mnist,
        bytes: encode(28, 28, 255, &pixels, &labels).expect("well formed"),
    })
}

/// A page for pictures of 28 × 28 pixels, whose data have arrived.
fn opened(link: &str) -> Session {
    let link = format!("recipe=mnist-conv-tuned&{link}");
    let (mut session, _) = Session::open_for(&link);
    session.update(Message::OpenLink(link));
    session.update(lines_loaded());
    assert!(session.notice().is_none(), "{:?}", session.notice());
    session
}

fn draw(session: &mut Session) {
    session.update(Message::Bench(Change::Stroke {
        from: (0.3, 0.8),
        to: (0.6, 0.3),
        brush: Brush::Ink,
        is_first: true,
    }));
}

fn switch(session: &mut Session, step: PreparationStep, is_taken: bool) {
    session.update(Message::Bench(Change::Prepare { step, is_taken }));
}

#[test]
fn items_of_the_data_are_prepared_already_and_drawings_are_not() {
    let mut session = opened("");
    assert_eq!(drawn(&session).steps(), Steps::NONE);
    draw(&mut session);
    assert_eq!(drawn(&session).steps(), Steps::all());
    session.update(Message::Lay(ItemChoice::Item(3)));
    assert_eq!(drawn(&session).steps(), Steps::NONE);
    draw(&mut session);
    assert_eq!(drawn(&session).source(), Source::Hand);
    assert_eq!(
        drawn(&session).steps(),
        Steps::NONE,
        "a stroke on an item does not move it"
    );
}

#[test]
fn clearing_leaves_every_step_as_it_was_set() {
    for step in PreparationStep::ALL {
        let mut session = opened("");
        draw(&mut session);
        switch(&mut session, step, false);
        let set = Steps::all().with(step, false);
        session.update(Message::Bench(Change::Clear));
        assert_eq!(drawn(&session).steps(), set);
        draw(&mut session);
        assert_eq!(drawn(&session).steps(), set);
        session.update(Message::Lay(ItemChoice::Example));
        session.update(Message::Bench(Change::Clear));
        assert_eq!(drawn(&session).steps(), set, "also after an example");
    }
}

#[test]
fn a_switched_step_is_taken_back_and_clearing_with_it() {
    let mut session = opened("");
    draw(&mut session);
    switch(&mut session, PreparationStep::Slant, false);
    session.update(Message::Bench(Change::Clear));
    session.update(Message::Bench(Change::Undo));
    assert!(!drawn(&session).ink().is_blank());
    assert!(!drawn(&session).steps().has(PreparationStep::Slant));
    session.update(Message::Bench(Change::Undo));
    assert_eq!(drawn(&session).steps(), Steps::all());
}

#[test]
fn what_is_seen_leans_as_the_data_do_until_the_step_is_switched_off() {
    let mut session = opened("");
    session.update(Message::Bench(Change::Clear));
    draw(&mut session);
    let slant = |session: &Session| drawn(session).seen().and_then(Picture::slant);
    assert!(slant(&session).expect("a line").abs() < 0.1);
    switch(&mut session, PreparationStep::Slant, false);
    assert!(slant(&session).expect("a line") > 0.4);
    let stage = session
        .stage(PreparationStep::Slant)
        .expect("it is offered");
    assert!(!stage.is_taken);
    assert_eq!(stage.outcome, "left as it is");
}

#[test]
fn the_steps_are_in_the_link_and_a_drawing_of_an_older_link_is_only_centred() {
    let mut session = opened("");
    draw(&mut session);
    switch(&mut session, PreparationStep::Strokes, false);
    let link = session.link_fragment();
    assert!(link.contains("prepared=specks,slant,balance"), "{link}");
    let again = opened(link.trim_start_matches("recipe=mnist-conv-tuned&"));
    assert_eq!(drawn(&again).steps(), drawn(&session).steps());
    assert_eq!(again.link_fragment(), link);
    let parts: Vec<_> = link
        .split('&')
        .filter(|part| !part.starts_with("recipe=") && !part.starts_with("prepared="))
        .collect();
    let older = opened(&parts.join("&"));
    let fit = Steps::NONE.with(PreparationStep::Fit, true);
    assert_eq!(drawn(&older).steps(), fit);
}

#[test]
fn small_pictures_are_centred_as_ever_and_offer_no_step_that_needs_a_hand() {
    let mut session = loaded();
    session.update(Message::Bench(Change::Clear));
    draw(&mut session);
    let fit = Steps::NONE.with(PreparationStep::Fit, true);
    assert_eq!(drawn(&session).steps(), fit);
    let is_offered = |step| session.stage(step).is_some();
    assert!(!is_offered(PreparationStep::Slant) && !is_offered(PreparationStep::Strokes));
    assert!(is_offered(PreparationStep::Fit));
}
