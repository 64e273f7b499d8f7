//! Lessons, driven as a learner drives them.

use super::*;
use crate::data::NamedFile;
use crate::session::view::LessonView;

const LEANING: &str = "\
# Leaning
minutes: 2
## Turn it
An error of {error}.
set: recipe=well-trained&item=3
point: Rotation
predict: How far?
- Far
- Not far
do: rotation > 40
do: verdict is anomaly
reveal: {error} at {rotation}.
## Then
Before: {error on page 1}.
set: recipe=well-trained&item=4&rotation=10
## Train
set: recipe=well-trained&code=3
do: trained
";

fn arrived(slug: &str, text: &str) -> Message {
    Message::Lesson(LessonMessage::Arrived {
        slug: slug.to_owned(),
        bytes: text.as_bytes().to_vec(),
    })
}

fn tell(session: &mut Session, message: LessonMessage) -> Vec<Effect> {
    session.update(Message::Lesson(message))
}

fn opened(session: &mut Session, text: &str) {
    let effects = tell(session, LessonMessage::Open("leaning".to_owned()));
    assert_eq!(effects, [Effect::FetchLesson("leaning".to_owned())]);
    session.update(arrived("leaning", text));
    settle(session);
}

/// The examiner takes the study in front, and judges what lies on the bench.
fn settle(session: &mut Session) {
    let run = session.studies.front.run.id;
    let prepared = ExamineEvent::Prepared { run };
    session.update(Message::Examiner(ExaminerMessage::Said(Event::Examine(
        prepared,
    ))));
    calibrate(session);
    answer(session, 0.02);
}

fn shown(session: &Session) -> LessonView {
    session.lesson_view().expect("a lesson is open")
}

fn turn(session: &mut Session, degrees: f32, error: f32) {
    session.update(Message::Bench(Change::Rotate(degrees)));
    answer(session, error);
}

#[test]
fn a_page_asks_waits_until_it_is_done_and_shows_what_happened() {
    let mut session = loaded();
    opened(&mut session, LEANING);
    let view = shown(&session);
    assert_eq!(view.text, ["An error of 0.020."]);
    assert_eq!((view.page, view.n_pages), (1, 3));
    assert_eq!(view.point, None, "first the prediction");
    assert!(!view.is_done && view.reveal.is_empty());
    tell(&mut session, LessonMessage::Predict(7));
    assert_eq!(shown(&session).predicted, None, "there are two choices");
    tell(&mut session, LessonMessage::Predict(1));
    assert_eq!(shown(&session).point.as_deref(), Some("Rotation"));

    turn(&mut session, -60.0, 0.3);
    assert_eq!(
        shown(&session)
            .tasks
            .iter()
            .map(|(_, is_done)| *is_done)
            .collect::<Vec<_>>(),
        [true, false]
    );
    turn(&mut session, 20.0, 0.9);
    let view = shown(&session);
    assert!(view.is_done, "what was done once stays done");
    assert_eq!(view.reveal, ["0.90 at 20°."]);
    assert_eq!(view.text, ["An error of 0.020."], "as the page began");
    assert_eq!(view.point, None);
    tell(&mut session, LessonMessage::Predict(0));
    assert_eq!(
        shown(&session).predicted,
        Some(1),
        "it stays beside what happened"
    );
}

#[test]
fn figures_of_an_earlier_page_stay_as_they_were() {
    let mut session = loaded();
    opened(&mut session, LEANING);
    tell(&mut session, LessonMessage::Predict(0));
    turn(&mut session, 50.0, 0.9);
    tell(&mut session, LessonMessage::Next);
    settle(&mut session);
    assert_eq!(shown(&session).text, ["Before: 0.90."]);
    assert!((session.treatment().rotation_degrees - 10.0).abs() < 1e-6);
    tell(&mut session, LessonMessage::Back);
    settle(&mut session);
    let view = shown(&session);
    assert_eq!(
        (view.predicted, view.reveal.as_slice()),
        (Some(0), &["0.90 at 50°.".to_owned()][..])
    );
    assert!(
        session.treatment().rotation_degrees.abs() < 1e-6,
        "the page is set up again"
    );
}

#[test]
fn a_page_is_done_by_what_happens_on_it_and_not_before() {
    let mut session = training(3);
    opened(&mut session, LEANING);
    tell(&mut session, LessonMessage::Next);
    tell(&mut session, LessonMessage::Next);
    assert_eq!(session.architecture().code_size(), 3);
    assert_eq!(
        session.phase(),
        Phase::Untrained,
        "another network than the shipped one"
    );
    assert!(!shown(&session).is_done);
    session.update(Message::Training(TrainingMessage::Train));
    session.update(prepared(&session, EngineKind::Cpu, 0.2));
    session.update(progress(&session, 1, 0.5));
    assert!(!shown(&session).is_done, "one epoch of many");
    let run = session.studies.front.run.id;
    session.update(from_active(
        &session,
        TrainEvent::Stopped {
            run,
            finished: true,
        },
    ));
    assert!(shown(&session).is_done);
}

#[test]
fn what_was_there_before_comes_back() {
    let mut session = training(3);
    session.update(Message::Bench(Change::Clear));
    session.update(Message::Bench(Change::ToggleCell { column: 2, row: 2 }));
    session.update(Message::Threshold(ThresholdMessage::Set(0.2)));
    let bench = drawn(&session).clone();
    let run = session.studies.front.run.id;
    opened(&mut session, LEANING);
    assert_eq!(session.phase(), Phase::Pretrained);
    assert_ne!(drawn(&session).ink(), bench.ink());
    session.update(progress(&session, 40, 0.9));
    session.update(Message::Recipe(RecipeMessage::Choose(RecipeName::DENOISER)));

    tell(&mut session, LessonMessage::Leave);
    assert_eq!(session.lesson_view(), None);
    assert_eq!(drawn(&session), &bench);
    assert_eq!(
        (session.phase(), session.progress().epoch),
        (Phase::Paused, 3)
    );
    assert_eq!(
        session.threshold_rule(),
        crate::anomaly::ThresholdRule::Manual(0.2)
    );
    assert_ne!(
        session.studies.front.run.id, run,
        "late news of the lesson's run is none of this one"
    );
}

#[test]
fn an_empty_drawing_stays_empty_over_a_lesson() {
    let mut session = loaded();
    session.update(Message::Bench(Change::Clear));
    opened(&mut session, LEANING);
    tell(&mut session, LessonMessage::Leave);
    assert!(session.bench().is_empty());
}

#[test]
fn a_learner_who_wandered_off_is_offered_the_way_back() {
    let mut session = loaded();
    opened(&mut session, LEANING);
    turn(&mut session, 20.0, 0.1);
    assert!(!shown(&session).has_wandered, "the page asks for turning");
    session.update(Message::Recipe(RecipeMessage::Choose(RecipeName::DENOISER)));
    assert!(shown(&session).has_wandered);
    tell(&mut session, LessonMessage::SetUpAgain);
    settle(&mut session);
    assert!(!shown(&session).has_wandered);
    assert_eq!(session.recipe_name(), RecipeName::WELL_TRAINED);
    session.update(Message::Recipe(RecipeMessage::Tune(Knob::CodeSize(4))));
    assert!(shown(&session).has_wandered);
}

#[test]
fn a_lesson_is_taken_up_where_it_was_left() {
    let mut session = loaded();
    opened(&mut session, LEANING);
    tell(&mut session, LessonMessage::Predict(1));
    turn(&mut session, 50.0, 0.9);
    tell(&mut session, LessonMessage::Next);
    tell(&mut session, LessonMessage::Leave);
    let effects = tell(&mut session, LessonMessage::Open("leaning".to_owned()));
    assert!(!effects.contains(&Effect::FetchLesson("leaning".to_owned())));
    assert_eq!(shown(&session).page, 2);
    tell(&mut session, LessonMessage::Back);
    assert_eq!(shown(&session).predicted, Some(1));
}

#[test]
fn a_link_opens_a_lesson_at_its_page_and_says_so_again() {
    let mut session = loaded();
    let effects = session.update(Message::OpenLink("lesson=leaning:2".to_owned()));
    assert_eq!(effects, [Effect::FetchLesson("leaning".to_owned())]);
    session.update(arrived("leaning", LEANING));
    assert_eq!(shown(&session).page, 2);
    assert_eq!(session.link_fragment(), "lesson=leaning:2");
    tell(&mut session, LessonMessage::Back);
    assert_eq!(session.link_fragment(), "lesson=leaning");
    tell(&mut session, LessonMessage::Leave);
    assert_eq!(session.link_fragment(), "recipe=well-trained");
}

#[test]
fn no_name_of_a_lesson_leads_elsewhere() {
    for name in [
        "",
        "../x",
        "a/b",
        "A",
        "a.b",
        "x:0",
        "x:",
        "https://x",
        "%2e",
        "é",
    ] {
        let mut session = loaded();
        let effects = session.update(Message::OpenLink(format!("lesson={name}")));
        assert_eq!(effects, [], "{name}");
        assert!(session.notice().is_some(), "{name}");
    }
}

#[test]
fn a_lesson_can_begin_before_the_digits_are_here() {
    let (mut session, _) = Session::open_for("recipe=well-trained");
    session.update(Message::OpenLink("lesson=leaning".to_owned()));
    session.update(arrived("leaning", LEANING));
    session.update(Message::Examiner(ExaminerMessage::Said(hello())));
    session.update(digits_loaded());
    let recipe = session.recipe_name();
    let values = vec![0.1; session.architecture().n_parameters()];
    session.update(Message::Data(DataMessage::ModelLoaded { recipe, values }));
    assert_eq!(session.phase(), Phase::Pretrained);
    assert_eq!(session.bench().item(), Some(3));
    tell(&mut session, LessonMessage::Leave);
    assert_eq!(session.phase(), Phase::Pretrained);
    assert!(drawn(&session).is_provisional(), "as the page opens");
}

#[test]
fn a_mistake_in_a_lesson_is_a_sentence_with_its_line_and_changes_nothing() {
    let broken = LEANING.replace("point:", "pont:");
    let unknown_state = LEANING.replace("item=3", "itm=3");
    for (text, words) in [
        (
            broken,
            "Line 6: no line begins with \"pont:\"; did you mean point:?",
        ),
        (
            unknown_state,
            "Line 5: the page does not understand \"itm=3\"",
        ),
    ] {
        let mut session = training(3);
        let file = NamedFile {
            name: "mine.lesson.txt".to_owned(),
            bytes: text.into_bytes(),
        };
        session.update(Message::Data(DataMessage::FilesOpened(vec![file])));
        let notice = &session.notice().expect("a sentence").text;
        assert!(
            notice.contains(words) && notice.contains("mine.lesson.txt"),
            "{notice}"
        );
        assert_eq!((session.lesson_view(), session.progress().epoch), (None, 3));
    }
}

#[test]
fn a_lesson_file_is_opened_like_any_other_file() {
    let mut session = loaded();
    let file = NamedFile {
        name: "mine.txt".to_owned(),
        bytes: LEANING.as_bytes().to_vec(),
    };
    session.update(Message::Data(DataMessage::FilesOpened(vec![file])));
    assert_eq!(shown(&session).title, "Leaning");
    settle(&mut session);
    assert!(
        session.link_fragment().contains("item=3"),
        "others do not have the file"
    );
}

#[test]
fn a_lesson_that_does_not_arrive_ends_in_a_sentence_and_can_be_asked_for_again() {
    let mut session = loaded();
    tell(&mut session, LessonMessage::Open("noise".to_owned()));
    let reason = "the host answered with status 404".to_owned();
    tell(
        &mut session,
        LessonMessage::Failed {
            slug: "noise".to_owned(),
            reason,
        },
    );
    let notice = session.notice().expect("a sentence").clone();
    assert!(notice.text.contains("Noise, and who takes it away") && notice.text.contains("404"));
    let offer = notice.offer.expect("a button");
    let effects = session.update(offer.messages[0].clone());
    assert_eq!(effects, [Effect::FetchLesson("noise".to_owned())]);
}

#[test]
fn every_state_of_every_shipped_lesson_is_understood() {
    for lesson in session_lessons() {
        let mut session = loaded();
        let (slug, text) = lesson;
        session.update(Message::OpenLink(format!("lesson={slug}")));
        session.update(arrived(slug, &text));
        assert!(
            session.lesson_view().is_some(),
            "{slug}: {:?}",
            session.notice()
        );
    }
}

fn session_lessons() -> impl Iterator<Item = (&'static str, String)> {
    crate::lesson::SHIPPED.into_iter().map(|lesson| {
        let path = format!("www/lessons/{}.txt", lesson.slug);
        (
            lesson.slug,
            std::fs::read_to_string(path).expect("it is shipped"),
        )
    })
}
