//! Curves: the heartbeats that belong to the page, and the reader's own.

use std::fmt::Write as _;

use super::own_data::{file, open};
use super::*;
use crate::curve::Tool;
use crate::data::{Dataset, ItemKind, WindowCut};
use crate::protocol::Scores;
use crate::session::SeriesChange;

pub fn with_heartbeats() -> Session {
    let mut session = loaded();
    session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::HEARTBEATS,
    )));
    let recipe = session.recipe_name();
    let values = vec![0.1; session.architecture().n_parameters()];
    session.update(Message::Data(DataMessage::ModelLoaded { recipe, values }));
    session
}

/// Forty curves of 32 samples in three classes, the second the most frequent.
fn curves() -> Message {
    let mut text = String::new();
    for row in 0..40 {
        let class = match row % 8 {
            0 => 1,
            1 => 3,
            _ => 2,
        };
        let _ = write!(text, "{class}");
        for idx in 0..32 {
            let value = (f64::from(idx) / 4.0 + f64::from(class)).sin() * f64::from(10 + row % 3);
            let _ = write!(text, ",{value:.3}");
        }
        text.push('\n');
    }
    file("curves.csv", &text)
}

fn stroke() -> Message {
    Message::Curve(SeriesChange::Draw {
        from: (10.0, 0.5),
        to: (20.0, 0.5),
        is_first: true,
    })
}

#[test]
fn heartbeats_are_made_and_only_normal_ones_learned_from() {
    let session = with_heartbeats();
    assert_eq!(session.kind(), ItemKind::Series { n_samples: 140 });
    assert_eq!(session.nouns(), ("beat", "beats"));
    assert_eq!(session.phase(), Phase::Pretrained);
    assert_eq!(session.architecture().layer_sizes(), [140, 32, 8, 32, 140]);
    let classes = session.normality_view().expect("labels").classes;
    assert!(classes.into_iter().eq((0..6).map(|it| (it, it == 0))));
    assert_eq!(session.class_in_words(4), "inverted T");
    let view = session.curve_view().expect("a beat lies on the bench");
    assert!(view.origin.ends_with(", normal"), "{}", view.origin);
    assert!(session.link_fragment().starts_with("recipe=heartbeats"));
    assert!(!session.link_fragment().contains("anomalous"));
}

#[test]
fn a_bent_beat_is_judged_and_travels_in_a_link() {
    let mut session = with_heartbeats();
    session.update(Message::Training(TrainingMessage::Train));
    session.update(progress(&session, 1, 0.01));
    calibrate(&mut session);
    answer(&mut session, 0.1);
    assert!(asks_to_judge(&session.update(stroke())));
    answer(&mut session, 0.1);
    let shift = SeriesChange::Treat(Tool::Shift, 6.0);
    assert!(asks_to_judge(&session.update(Message::Curve(shift))));
    let fragment = session.link_fragment();
    assert!(fragment.contains("curve=") && fragment.contains("shift=6"));
    let seen = session.curve().expect("a beat").seen().to_vec();

    let (mut other, _) = Session::open_for(&fragment);
    other.update(Message::OpenLink(fragment));
    let opened = other.curve().expect("a beat").seen();
    let furthest = opened.iter().zip(&seen).map(|(a, b)| (a - b).abs());
    assert!(furthest.fold(0.0, f32::max) < 1e-3);
    assert!(other.notice().is_none(), "{:?}", other.notice());
}

#[test]
fn a_file_of_curves_opens_with_the_recipe_for_curves() {
    let mut session = loaded();
    open(&mut session, curves());
    assert_eq!(session.kind(), ItemKind::Series { n_samples: 32 });
    assert_eq!(session.recipe_name(), RecipeName::HEARTBEATS);
    assert_eq!(session.nouns(), ("curve", "curves"));
    let anomalous = &session.recipe().normality.anomalous_classes;
    assert_eq!(anomalous, &[1, 3].into());
    assert_eq!(session.split().map(|it| it.held_out.len()), Some(10));
    let data = session.data_view().expect("data");
    assert_eq!(data.curves_by_themselves, Some(false));
    let view = session.curve_view().expect("a curve lies on the bench");
    assert!(view.origin.starts_with("Curve"), "{}", view.origin);
}

#[test]
fn a_column_along_time_can_be_cut_into_windows_and_back() {
    let mut session = loaded();
    let mut text = "time,load\n".to_owned();
    for row in 0..400 {
        let load = (f64::from(row) / 4.0).sin() * 10.0;
        let _ = writeln!(text, "{row},{load:.3}");
    }
    open(&mut session, file("stream.csv", &text));
    assert_eq!(session.kind(), ItemKind::Row);
    let data = session.data_view().expect("data");
    assert_eq!(data.streams, [(1, "load".to_owned())]);
    let cut = session.proposed_cut(1).expect("a table");
    assert_eq!(cut.length, 25, "about 8π rows");
    let windows = |cut| Message::Data(DataMessage::CutWindows(cut));
    session.update(windows(Some(cut)));
    assert_eq!(session.kind(), ItemKind::Series { n_samples: 25 });
    let data = session.data_view().expect("data");
    assert_eq!((data.cut, data.columns.len()), (Some(cut), 0));
    assert!(session.normality_view().is_none());
    session.update(windows(None));
    assert_eq!(session.kind(), ItemKind::Row);
}

#[test]
fn curves_can_have_a_scale_each_and_all_one_again() {
    let mut session = loaded();
    open(&mut session, curves());
    let all_alike = session.dataset().cloned();
    let normalise = |by_themselves| Message::Data(DataMessage::NormaliseCurves { by_themselves });
    session.update(normalise(true));
    let data = session.data_view().expect("data");
    assert_eq!(data.curves_by_themselves, Some(true));
    assert_ne!(session.dataset().cloned(), all_alike);
    open(&mut session, normalise(false));
    assert_eq!(session.dataset().cloned(), all_alike);
    session.update(Message::Data(DataMessage::CloseFile));
    assert_eq!(session.dataset().map(Dataset::n_items), Some(1800));
}

/// A wave of 600 rows; in those of `spikes` it is far off and called an anomaly.
fn known_stream(spikes: &[std::ops::Range<i32>]) -> Message {
    let mut text = "time,load,anomaly\n".to_owned();
    for row in 0..600 {
        let is_off = spikes.iter().any(|it| it.contains(&row));
        let load = (f64::from(row) / 4.0).sin() + if is_off { 5.0 } else { 0.0 };
        let _ = writeln!(text, "{row},{load:.3},{}", u8::from(is_off));
    }
    file("stream.csv", &text)
}

#[test]
fn known_stretches_of_a_recording_are_kept_out_and_found_or_missed() {
    let mut session = loaded();
    open(&mut session, known_stream(&[100..110, 400..404]));
    let cut = WindowCut {
        column_idx: 1,
        length: 20,
        stride: 10,
    };
    session.update(Message::Data(DataMessage::CutWindows(Some(cut))));
    assert_eq!(session.kind(), ItemKind::Series { n_samples: 20 });
    assert_eq!(session.recipe().normality.anomalous_classes, [1].into());
    let held_out = session.split().expect("a split").held_out.clone();
    assert!([9, 10, 39, 40].iter().all(|item| held_out.contains(item)));

    session.update(Message::Training(TrainingMessage::Train));
    session.update(progress(&session, 1, 0.01));
    let n_items = session.dataset().expect("windows").n_items();
    let mut errors = vec![0.01; n_items];
    // The first event is found by one window, the second is missed, and one stretch is a false alarm.
    errors[9] = 0.9;
    errors[20] = 0.8;
    calibrate(&mut session);
    score_with(&mut session, errors);
    session.update(Message::Threshold(ThresholdMessage::Set(0.5)));
    let view = session.along_time().expect("all is measured");
    assert_eq!((view.n_above, view.n_stretches), (2, 3));
    let known = view.known.expect("something is known");
    assert_eq!((known.n_events, known.n_found, known.n_false), (2, 1, 1));
    assert_eq!((known.n_known, known.n_flagged, known.n_both), (14, 40, 10));
    let csv = session.stretches_csv().expect("a recording").bytes;
    let csv = String::from_utf8(csv).expect("text");
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(
        lines,
        [
            "first_row,last_row,from,to,largest_error,flagged,known",
            "90,109,\"90\",\"109\",0.9,yes,yes",
            "200,219,\"200\",\"219\",0.8,yes,no",
            "400,403,\"400\",\"403\",0.01,no,yes",
        ]
    );
    let close = session.recording(&(95..115)).expect("a recording");
    assert_eq!((close.rows.clone(), close.known.len()), (95..115, 1));
    assert!((close.known[0].0 - 0.25).abs() < 1e-6 && close.errors[0] > 0.8);
    let all = session.recording(&(0..usize::MAX)).expect("a recording");
    assert_eq!(
        (all.rows.end, all.low.len(), all.known.len()),
        (600, 600, 2)
    );
    assert!(
        all.low
            .iter()
            .zip(&all.high)
            .all(|(low, high)| low <= high && low.is_finite())
    );
}

#[test]
fn a_recording_opens_and_is_cut_from_the_heartbeats_too() {
    let mut session = with_heartbeats();
    open(&mut session, known_stream(&[100..110, 400..404]));
    assert_eq!(session.kind(), ItemKind::Row);
    let cut = session.proposed_cut(1);
    session.update(Message::Data(DataMessage::CutWindows(cut)));
    assert_eq!(session.recipe_name(), RecipeName::HEARTBEATS);
    assert!(matches!(session.kind(), ItemKind::Series { .. }));
}

fn score_with(session: &mut Session, errors: Vec<f32>) {
    let scored = ExamineEvent::Scored(Scores {
        of: session.studies.front.moment(),
        codes: vec![0.0; errors.len() * session.architecture().code_size()],
        mean_item_errors: errors.clone(),
        errors,
    });
    session.update(Message::Examiner(ExaminerMessage::Said(Event::Examine(
        scored,
    ))));
}
