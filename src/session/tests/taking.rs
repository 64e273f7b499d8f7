//! What is taken away opens again, here and elsewhere, as the same study.

use super::*;
use crate::anomaly::ThresholdRule;
use crate::autoencoder::Moments;
use crate::data::NamedFile;
use crate::model_file::{self, SavedStudy};
use crate::protocol::{Content, WriteOrder};
use crate::session::study::KeptEpoch;

fn from_examiner(event: ExamineEvent) -> Message {
    Message::Examiner(ExaminerMessage::Said(Event::Examine(event)))
}

pub(super) fn notice_of(session: &Session) -> String {
    let notice = session.notice();
    notice.map_or_else(String::new, |notice| notice.text.clone())
}

/// Adam's state beside the weights of `progress`.
pub(super) fn with_moments(session: &Session, epoch: usize) -> Message {
    let n_parameters = session.architecture().n_parameters();
    let values = (0..n_parameters).map(|it| (it as f32 * 0.37).sin() + epoch as f32);
    let weights = Weights::from_values(session.architecture(), values.collect()).expect("fits");
    let checkpoint = Checkpoint {
        moments: Some(Moments {
            n_steps: 7,
            first: vec![0.1; n_parameters],
            second: vec![1.0 / 3.0; n_parameters],
        }),
        ..Checkpoint::of_weights(Position { epoch, batch: 0 }, weights)
    };
    let run = session.studies.front.run.id;
    from_active(
        session,
        TrainEvent::Progress {
            run,
            checkpoint,
            step_ms: 0.2,
            workers: 1,
        },
    )
}

pub(super) fn epoch_done(session: &Session, epoch: usize) -> Message {
    let n_parameters = session.architecture().n_parameters();
    let values = vec![epoch as f32; n_parameters];
    let weights = Weights::from_values(session.architecture(), values).expect("fits");
    let report = EpochReport {
        epoch,
        batch_losses: vec![0.25; 6],
        calibration_loss: 1.0 / epoch as f64,
        divergence: None,
        reconstructed: vec![0.5; 9 * 64],
        kept: Some(Checkpoint::of_weights(
            Position { epoch, batch: 0 },
            weights,
        )),
    };
    let run = session.studies.front.run.id;
    from_active(
        session,
        TrainEvent::EpochsDone {
            run,
            epochs: vec![report],
        },
    )
}

/// A run of five epochs, paused, with a rule of its own.
pub(super) fn paused() -> Session {
    let mut session = training(1);
    for epoch in 1..=5 {
        session.update(epoch_done(&session, epoch));
    }
    session.update(with_moments(&session, 5));
    session.update(Message::Training(TrainingMessage::Pause));
    let stopped = TrainEvent::Stopped {
        run: session.studies.front.run.id,
        finished: false,
    };
    session.update(from_active(&session, stopped));
    // The first answer is still by the weights of before.
    calibrate(&mut session);
    calibrate(&mut session);
    let rule = ThresholdRule::Percentile { percent: 80.0 };
    session.update(Message::Threshold(ThresholdMessage::ChooseRule(rule)));
    assert_eq!(session.phase(), Phase::Paused);
    session
}

/// The file that the examiner would make, less its examples.
fn file_of(session: &mut Session, takeaway: Takeaway) -> NamedFile {
    let effects = session.update(Message::TakeAway(takeaway));
    let [Effect::ToExaminer(ExamineCommand::Write { request, order })] = &effects[..] else {
        panic!("the examiner is asked: {effects:?}");
    };
    let WriteOrder { file_name, content } = order.as_ref().clone();
    let Content::Study(study) = content else {
        panic!("a model: {content:?}");
    };
    let file = NamedFile {
        name: file_name,
        bytes: model_file::to_bytes(&study),
    };
    let written = ExamineEvent::Written {
        request: *request,
        outcome: Ok(file.clone()),
    };
    let effects = session.update(from_examiner(written));
    assert_eq!(effects, [Effect::Save(file.clone())]);
    file
}

/// Opens files, and has them read as the examiner does it.
pub(super) fn open(session: &mut Session, files: Vec<NamedFile>) -> Vec<Effect> {
    let effects = session.update(Message::Data(DataMessage::FilesOpened(files)));
    let read = effects.into_iter().find_map(|effect| match effect {
        Effect::ToExaminer(ExamineCommand::Read {
            request,
            files,
            judge,
        }) => Some((request, files.unwrap_or_default(), judge)),
        _ => None,
    });
    let (request, files, judge) = read.expect("the examiner is asked to read");
    let outcome = model_file::open_for(&files, judge.as_deref(), &mut |_| {}).map(Box::new);
    let outcome = outcome.map_err(|error| format!("{error}."));
    session.update(from_examiner(ExamineEvent::FilesRead { request, outcome }))
}

fn study_in(file: &NamedFile) -> SavedStudy<'static> {
    match model_file::read(&file.bytes).expect("it was written here") {
        model_file::Found::Study(study) => *study,
        model_file::Found::Weights(_) => panic!("it says what it is"),
    }
}

pub(super) fn own_table() -> NamedFile {
    let row = |idx: usize| format!("{},{}\n", 20 + idx % 30, ["red", "green"][idx % 2]);
    let rows: String = (0..40).map(row).collect();
    NamedFile {
        name: "people.csv".to_owned(),
        bytes: format!("age,colour\n{rows}").into_bytes(),
    }
}

#[test]
fn a_model_opens_elsewhere_with_the_same_weights_and_rule() {
    let mut here = paused();
    let file = file_of(&mut here, Takeaway::Model);
    assert_eq!(file.name, "bottleneck-well-trained.safetensors");
    assert!(here.takeaway_word().contains(&file.name));
    let mut elsewhere = loaded();
    open(&mut elsewhere, vec![file]);
    let (ours, theirs) = (&here.studies.front, &elsewhere.studies.front);
    assert_eq!(theirs.recipe, ours.recipe);
    assert_eq!(theirs.rule, ours.rule);
    assert_eq!(theirs.run.shown, ours.run.shown);
    assert_eq!(theirs.run.resume, ours.run.resume);
    assert_eq!(elsewhere.phase(), Phase::Paused);
    assert!(
        theirs.run.losses.is_empty(),
        "a model knows nothing of the way"
    );
    assert!(notice_of(&elsewhere).contains("opened, as it was after epoch 5"));
}

#[test]
fn a_whole_study_can_be_looked_back_at_and_trained_on_as_if_it_had_never_left() {
    let mut here = paused();
    let file = file_of(&mut here, Takeaway::Study);
    let mut elsewhere = loaded();
    open(&mut elsewhere, vec![file.clone()]);
    let (ours, theirs) = (&here.studies.front.run, &elsewhere.studies.front.run);
    assert_eq!(theirs.losses, ours.losses);
    assert_eq!(theirs.batch_losses, ours.batch_losses);
    assert_eq!(
        (&theirs.film, &theirs.film_items),
        (&ours.film, &ours.film_items)
    );
    let moments = |run: &Run| -> Vec<_> {
        let kept = run.history.epochs().iter();
        kept.map(|it: &KeptEpoch| (it.checkpoint.clone(), it.calibration_loss))
            .collect()
    };
    assert!(moments(ours).len() >= 5);
    assert_eq!(moments(theirs), moments(ours));
    calibrate(&mut elsewhere);
    calibrate(&mut elsewhere);
    let again = elsewhere.saved_study().expect("data and weights are here");
    let kept = study_in(&file);
    assert_eq!(again.settings, kept.settings);
    assert_eq!(again.calibration, kept.calibration);
    assert!(
        model_file::to_bytes(&again) == file.bytes,
        "the same file again"
    );

    elsewhere.update(Message::Training(TrainingMessage::Train));
    assert_eq!(resumed(&mut elsewhere), here.studies.front.run.resume);
}

#[test]
fn what_was_there_before_can_be_taken_back() {
    let mut session = paused();
    let file = file_of(&mut session, Takeaway::Model);
    session.update(with_moments(&session, 9));
    let before = session.studies.front.run.resume.clone();
    open(&mut session, vec![file]);
    assert_eq!(session.progress().epoch, 5);
    let offer = session
        .notice()
        .and_then(|it| it.offer.clone())
        .expect("a way back");
    assert_eq!(offer.label, "Take it back");
    for message in offer.messages {
        session.update(message);
    }
    assert_eq!(session.studies.front.run.resume, before);
    assert!(session.notice().is_none());
}

#[test]
fn choosing_the_recipe_again_comes_back_to_what_was_opened() {
    let mut session = paused();
    let file = file_of(&mut session, Takeaway::Model);
    open(&mut session, vec![file]);
    let opened = session.studies.front.run.resume.clone();
    for name in [RecipeName::UCI_DIGITS, RecipeName::WELL_TRAINED] {
        session.update(Message::Recipe(RecipeMessage::Choose(name)));
    }
    assert_eq!(session.studies.front.run.resume, opened);
}

#[test]
fn a_study_takes_the_readers_data_along() {
    let mut here = loaded();
    open(&mut here, vec![own_table()]);
    here.update(Message::Training(TrainingMessage::Train));
    here.update(with_moments(&here, 3));
    let study = file_of(&mut here, Takeaway::Study);
    let model = file_of(&mut here, Takeaway::Model);

    let mut elsewhere = loaded();
    open(&mut elsewhere, vec![study]);
    assert_eq!(elsewhere.dataset(), here.dataset());
    assert_eq!(elsewhere.progress().epoch, 3);
    let own = elsewhere.own_file().expect("it came along");
    assert_eq!(
        (own.name.as_str(), own.table.is_some()),
        ("people.csv", true)
    );

    let mut with_neither = loaded();
    let before = with_neither.link_fragment();
    open(&mut with_neither, vec![model.clone()]);
    assert!(
        notice_of(&with_neither).contains("trained on people.csv, which is not the data at hand"),
        "{}",
        notice_of(&with_neither)
    );
    assert_eq!(with_neither.link_fragment(), before);
    assert!(with_neither.own_file().is_none());

    let mut with_both = loaded();
    open(&mut with_both, vec![model.clone(), own_table()]);
    assert_eq!(with_both.progress().epoch, 3);
    let mut after_data = loaded();
    open(&mut after_data, vec![own_table()]);
    open(&mut after_data, vec![model]);
    assert_eq!(after_data.progress().epoch, 3);
    assert_eq!(after_data.dataset(), here.dataset());
}

#[test]
fn a_study_waits_for_data_that_belong_to_the_page() {
    let mut here = paused();
    let file = file_of(&mut here, Takeaway::Study);
    let (mut elsewhere, _) = Session::open();
    elsewhere.update(Message::Examiner(ExaminerMessage::Said(hello())));
    assert_ne!(elsewhere.recipe_name().data(), DataName::Digits);
    let effects = open(&mut elsewhere, vec![file]);
    assert_eq!(effects, [Effect::FetchDataset(DataName::Digits)]);
    elsewhere.update(digits_loaded());
    assert_eq!(elsewhere.recipe_name(), here.recipe_name());
    assert_eq!(elsewhere.progress().epoch, 5);
}

#[test]
fn other_items_than_those_it_was_trained_on_are_noticed() {
    let mut here = paused();
    let mut saved = study_in(&file_of(&mut here, Takeaway::Study));
    let trained_on = saved
        .settings
        .trained_on
        .as_mut()
        .expect("the page says so");
    trained_on.fingerprint = crate::data::employees(1).fingerprint();
    let file = NamedFile {
        name: "old.safetensors".to_owned(),
        bytes: model_file::to_bytes(&saved),
    };
    open(&mut here, vec![file]);
    let notice = notice_of(&here);
    assert!(notice.starts_with("old.safetensors: it was trained on other UCI digits"));
    assert!(notice.ends_with("What was on the page is still there."));
}

#[test]
fn a_network_of_another_size_than_the_items_is_refused() {
    let mut here = paused();
    let mut saved = study_in(&file_of(&mut here, Takeaway::Model));
    saved.settings.trained_on = None;
    saved.settings.recipe = RecipeName::EMPLOYEES.recipe();
    let fresh = models::fresh_snapshot(&saved.settings.recipe);
    saved.checkpoint =
        std::borrow::Cow::Owned(Checkpoint::of_weights(Position::default(), fresh.weights));
    let file = NamedFile {
        name: "x.safetensors".to_owned(),
        bytes: model_file::to_bytes(&saved),
    };
    open(&mut here, vec![file]);
    assert!(notice_of(&here).contains("takes 9 values, but the items at hand have 64"));
}

#[test]
fn a_file_that_lies_changes_nothing_and_gets_a_sentence() {
    let mut session = paused();
    let mut file = file_of(&mut session, Takeaway::Model);
    let before = session.studies.front.run.clone();
    file.bytes.truncate(file.bytes.len() / 2);
    open(&mut session, vec![file]);
    assert_eq!(
        notice_of(&session),
        "bottleneck-well-trained.safetensors: the model file is cut short; it was cut off on the way, so save or \
         download it again. What was on the page is still there."
    );
    assert_eq!(session.studies.front.run, before);
}

#[test]
fn what_is_not_there_yet_cannot_be_taken_away_and_says_why() {
    let mut session = loaded();
    assert_eq!(session.takeaway_obstacle(Takeaway::Model), None);
    let log = session.takeaway_obstacle(Takeaway::Log);
    assert!(log.is_some_and(|why| why.contains("No epoch")));
    let scores = session.takeaway_obstacle(Takeaway::Scores);
    assert!(scores.is_some_and(|why| why.contains("measured")));
    session.update(Message::Training(TrainingMessage::Reset));
    for takeaway in Takeaway::ALL {
        assert!(
            session
                .takeaway_obstacle(takeaway)
                .is_some_and(|why| why.contains("Train"))
        );
        assert!(session.update(Message::TakeAway(takeaway)).is_empty());
    }
}

#[test]
fn an_examiner_that_dies_over_a_file_says_so() {
    let mut session = paused();
    session.update(Message::TakeAway(Takeaway::Log));
    assert!(session.takeaway_obstacle(Takeaway::Model).is_some());
    session.update(Message::Examiner(ExaminerMessage::Lost(
        "it ran out".to_owned(),
    )));
    assert!(session.takeaway_word().contains("could not be made"));
    session.update(Message::Examiner(ExaminerMessage::Said(hello())));
    assert_eq!(session.takeaway_obstacle(Takeaway::Model), None);
}
