//! Another file that the network at hand judges.

use super::own_data::{file, open};
use super::*;
use crate::data::NamedFile;
use crate::protocol::{NextOrder, NextScores};
use crate::session::view::NextFileView;

const FIRST: &str = "first.csv";

/// Rows of a temperature, a mode and what became of it.
fn rows(n_rows: usize, header: &str, hotter: usize) -> String {
    let row = |idx: usize| {
        let mode = ["low", "high"][idx % 2];
        let outcome = if idx % 10 == 9 { "fraud" } else { "normal" };
        format!("{},{mode},{outcome}\n", 40 + idx * 7 % 11 + hotter)
    };
    let rows: String = (0..n_rows).map(row).collect();
    format!("{header}\n{rows}")
}

fn first() -> String {
    rows(100, "temperature,mode,outcome", 0)
}

pub(super) fn second() -> String {
    rows(40, "Temperature ,mode,outcome", 30)
}

fn said(event: ExamineEvent) -> Message {
    Message::Examiner(ExaminerMessage::Said(Event::Examine(event)))
}

/// A page that has opened a table and trained on it to the end.
pub(super) fn trained() -> Session {
    let mut session = loaded();
    open(&mut session, file(FIRST, &first()));
    train(&mut session);
    session
}

fn train(session: &mut Session) {
    if session.phase() != Phase::Preparing {
        session.update(Message::Training(TrainingMessage::Train));
    }
    session.update(Message::Engine(EngineMessage::TrainerSaid(
        EngineKind::Cpu,
        hello(),
    )));
    session.update(prepared(session, EngineKind::Cpu, 0.2));
    session.update(progress(session, 100, 0.1));
    let done = TrainEvent::Stopped {
        run: session.studies.front.run.id,
        finished: true,
    };
    session.update(from_active(session, done));
}

/// The other file is chosen to be judged, and read; what follows from that.
pub(super) fn judge(session: &mut Session, name: &str, text: &str) -> Vec<Effect> {
    let files = vec![NamedFile {
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }];
    let effects = session.update(Message::NextFile(NextFileMessage::Judge(files)));
    read(session, effects)
}

/// The examiner reads what it is asked to read.
pub(super) fn read(session: &mut Session, effects: Vec<Effect>) -> Vec<Effect> {
    let asked = effects.into_iter().find_map(|effect| match effect {
        Effect::ToExaminer(ExamineCommand::Read {
            request,
            files,
            judge,
        }) => Some((request, files.unwrap_or_default(), judge)),
        _ => None,
    });
    let (request, files, judge) = asked.expect("the examiner is asked to read");
    let outcome = crate::model_file::open_for(&files, judge.as_deref(), &mut |_| {}).map(Box::new);
    let outcome = outcome.map_err(|error| format!("{error}."));
    session.update(said(ExamineEvent::FilesRead { request, outcome }))
}

fn order_in(effects: &[Effect]) -> Option<NextOrder> {
    effects.iter().find_map(|effect| match effect {
        Effect::ToExaminer(ExamineCommand::ScoreNext(order)) => Some(NextOrder::clone(order)),
        _ => None,
    })
}

/// The examiner measures the other file: every tenth row is bad.
fn score(session: &mut Session, request: u32, n_items: usize) {
    let errors: Vec<f32> = (0..n_items)
        .map(|item| if item % 10 == 9 { 2.0 } else { 0.1 })
        .collect();
    let worst: Vec<u32> = (0..n_items as u32).filter(|item| item % 10 == 9).collect();
    let n_features = session
        .dataset()
        .map_or(0, crate::data::Dataset::n_features);
    session.update(said(ExamineEvent::ScoredNext(NextScores {
        request,
        of: session.studies.front.moment(),
        reconstructions: vec![0.0; worst.len() * n_features],
        worst,
        errors,
    })));
}

fn view(session: &Session) -> NextFileView {
    session.next_file().expect("there is another file")
}

#[test]
fn another_file_is_judged_and_the_first_run_stays() {
    let mut session = trained();
    calibrate(&mut session);
    let before = (
        session.data_view(),
        session.progress(),
        session.studies.front.moment(),
    );
    let effects = judge(&mut session, "second.csv", &second());
    assert!(effects.contains(&Effect::ShowPlace(Some(Place::Items))));
    let order = order_in(&effects).expect("it is measured at once");
    assert_eq!(order.dataset.map(|it| it.n_items()), Some(40));
    assert!(view(&session).standing.starts_with("Judging 40 rows"));
    score(&mut session, order.request, 40);

    let shown = view(&session);
    assert!(
        shown
            .standing
            .starts_with("4 of 40 rows are above the threshold (10 %)."),
        "{}",
        shown.standing
    );
    let expected = shown.expected.expect("it is promised");
    assert!(expected.contains("at most 2 would be (5 %)"), "{expected}");
    assert!(
        shown.remarks[0].starts_with("temperature: 40 of 40 far outside"),
        "{:?}",
        shown.remarks
    );
    assert!(shown.known.expect("the file knows it").contains("is 1.000"));
    assert_eq!(
        (
            session.data_view(),
            session.progress(),
            session.studies.front.moment()
        ),
        before
    );
}

#[test]
fn the_worst_rows_say_what_is_odd_and_can_be_laid_on_the_bench() {
    let mut session = trained();
    calibrate(&mut session);
    let order = order_in(&judge(&mut session, "second.csv", &second())).expect("measured");
    score(&mut session, order.request, 40);
    let listed = session.next_items(0, 20);
    assert_eq!(listed.n_listed, 4);
    assert_eq!(listed.names, ["outcome", "temperature", "mode"]);
    let first = &listed.rows[0];
    assert_eq!((first.place.as_str(), first.item), ("line 11", 9));
    assert_eq!(first.cells, ["fraud", "78", "high"]);
    assert!(first.is_anomaly && first.reasons[0].starts_with("temperature 78, expected"));
    answer(&mut session, 0.1);
    let effects = session.update(Message::NextFile(NextFileMessage::Lay(9)));
    assert!(asks_to_judge(&effects));
    let row = session.row_view().expect("a row");
    assert_eq!(row.origin, "From line 11 of second.csv");
    assert_eq!(session.item_shown(), None);
    let csv = session.next_scores_csv().expect("it is measured");
    assert_eq!(csv.name, "second-scores.csv");
    let text = String::from_utf8(csv.bytes).expect("text");
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some("file,row,line,outcome,error,p_value,flagged")
    );
    assert_eq!(
        lines.nth(9),
        Some("second.csv,10,11,fraud,2,0.024390243,true")
    );
    assert_eq!(text.lines().count(), 41);
}

#[test]
fn another_threshold_needs_no_measuring_and_other_weights_do() {
    let mut session = trained();
    calibrate(&mut session);
    let order = order_in(&judge(&mut session, "second.csv", &second())).expect("measured");
    score(&mut session, order.request, 40);
    let set = ThresholdMessage::Set(0.05);
    assert_eq!(order_in(&session.update(Message::Threshold(set))), None);
    assert!(
        view(&session)
            .standing
            .starts_with("40 of 40 rows are above")
    );

    session.update(Message::Training(TrainingMessage::Reset));
    assert!(
        view(&session)
            .standing
            .contains("once the network is trained")
    );
    session.update(Message::Training(TrainingMessage::Train));
    train(&mut session);
    let order = order_in(&calibrate(&mut session)).expect("measured by the new weights");
    assert!(order.dataset.is_some(), "the examiner was prepared anew");
    assert!(view(&session).is_old);
    score(&mut session, order.request, 40);
    assert!(!view(&session).is_old);
}

#[test]
fn a_table_with_the_same_columns_is_judged_and_can_be_opened_instead() {
    let mut session = trained();
    calibrate(&mut session);
    let effects = session.update(file("second.csv", &second()));
    read(&mut session, effects);
    assert_eq!(view(&session).name, "second.csv");
    assert_eq!(
        session.data_view().map(|it| it.title),
        Some(FIRST.to_owned())
    );
    let notice = session.notice().expect("it is said").clone();
    let offer = notice.offer.expect("it can be opened");
    assert_eq!(offer.label, "Open it for itself instead");
    for message in offer.messages {
        session.update(message);
    }
    assert_eq!(
        session.data_view().map(|it| it.title),
        Some("second.csv".to_owned())
    );
    assert_eq!(session.next_file(), None);
}

#[test]
fn a_table_with_other_columns_is_opened_as_before() {
    let mut session = trained();
    let effects = session.update(file("houses.csv", "rooms,area\n3,70\n4,90\n5,80\n"));
    read(&mut session, effects);
    assert_eq!(
        session.data_view().map(|it| it.title),
        Some("houses.csv".to_owned())
    );
    assert_eq!(session.next_file(), None);
}

#[test]
fn what_does_not_fit_is_refused_and_everything_stays() {
    let mut session = trained();
    judge(&mut session, "houses.csv", "rooms,area\n3,70\n4,90\n5,80\n");
    assert_eq!(session.next_file(), None);
    let text = &session.notice().expect("it is said").text;
    assert!(
        text.starts_with("houses.csv cannot be judged by this network: the network learned from"),
        "{text}"
    );
    assert!(
        text.ends_with("What was on the page is still there."),
        "{text}"
    );
}

#[test]
fn a_file_that_was_taken_away_can_be_put_back() {
    let mut session = trained();
    calibrate(&mut session);
    let order = order_in(&judge(&mut session, "second.csv", &second())).expect("measured");
    score(&mut session, order.request, 40);
    let effects = session.update(Message::NextFile(NextFileMessage::TakeAway));
    assert!(effects.contains(&Effect::ToExaminer(ExamineCommand::ForgetNext)));
    assert_eq!(session.next_file(), None);
    let effects = session.update(Message::NextFile(NextFileMessage::PutBack));
    let order = order_in(&effects).expect("it is measured again");
    assert!(order.dataset.is_some());
    assert!(view(&session).name == "second.csv");
}

#[test]
fn of_two_tables_the_normal_one_is_learned_from_and_the_other_judged() {
    let mut session = loaded();
    let both = [("a.csv", first()), ("b.csv", second())].map(|(name, text)| NamedFile {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    });
    let effects = session.update(Message::Data(DataMessage::FilesOpened(both.to_vec())));
    assert!(effects.is_empty());
    assert_eq!(
        session.two_tables(),
        Some(["a.csv", "b.csv"].map(str::to_owned))
    );

    let effects = session.update(Message::NextFile(NextFileMessage::LearnFrom(0)));
    let effects = read(&mut session, effects);
    assert_eq!(
        session.data_view().map(|it| it.title),
        Some("a.csv".to_owned())
    );
    assert_eq!(session.phase(), Phase::Preparing);
    read(&mut session, effects);
    assert!(
        view(&session)
            .standing
            .contains("once the network is trained")
    );
    train(&mut session);
    let order = order_in(&calibrate(&mut session)).expect("it is measured now");
    score(&mut session, order.request, 40);
    assert!(view(&session).standing.starts_with("4 of 40 rows"));
    assert_eq!(session.two_tables(), None);
}

#[test]
fn what_the_examiner_refuses_is_not_asked_again_and_again() {
    let mut session = trained();
    calibrate(&mut session);
    judge(&mut session, "second.csv", &second());
    let refused = ExamineEvent::Refused {
        reason: "the items of the other file do not fit the network.".to_owned(),
    };
    assert_eq!(order_in(&session.update(said(refused))), None);
}

#[test]
fn curves_of_another_file_lie_on_the_bench_and_say_where_they_are_from() {
    let curve = |idx: usize| {
        let samples = (0..16).map(|at| format!("{:.3}", ((idx + at) as f32 * 0.7).sin()));
        format!(
            "{},{}\n",
            1 + idx % 2,
            samples.collect::<Vec<_>>().join(",")
        )
    };
    let curves = |n: usize| (0..n).map(curve).collect::<String>();
    let mut session = loaded();
    open(&mut session, file(FIRST, &curves(80)));
    train(&mut session);
    judge(&mut session, "more.csv", &curves(30));
    session.update(Message::NextFile(NextFileMessage::Lay(3)));
    let view = session.curve_view().expect("a curve");
    assert_eq!(view.origin, "From item 3 of more.csv");
    let next = session.studies.front.next.as_ref().expect("it is judged");
    assert_eq!(Some(view.drawn), next.items.dataset.item(3));
    assert!(session.link_fragment().contains("curve="));
    session.update(Message::Curve(SeriesChange::Undo));
    assert_ne!(
        session.curve_view().expect("a curve").origin,
        "From item 3 of more.csv"
    );
}
