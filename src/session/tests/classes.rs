//! What counts as normal, and what contaminates it.

use super::*;
use crate::data::Normality;
use crate::protocol::Scores;

fn toggle(session: &mut Session, classes: &[u8]) -> Vec<Effect> {
    let classes = classes.iter().copied().collect();
    session.update(Message::Recipe(RecipeMessage::Tune(
        Knob::AnomalousClasses(classes),
    )))
}

fn contaminate(session: &mut Session, share: f32) -> Vec<Effect> {
    session.update(Message::Recipe(RecipeMessage::Tune(Knob::Contamination(
        share,
    ))))
}

fn fragment_opened(fragment: &str) -> Session {
    let (mut session, _) = open_small();
    session.update(Message::Examiner(ExaminerMessage::Said(hello())));
    session.update(Message::OpenLink(fragment.to_owned()));
    session.update(digits_loaded());
    let recipe = session.recipe_name();
    let values = vec![0.1; recipe.recipe().architecture.n_parameters()];
    session.update(Message::Data(DataMessage::ModelLoaded { recipe, values }));
    session
}

#[test]
fn the_workers_learn_which_classes_are_normal() {
    let mut session = loaded();
    let effects = toggle(&mut session, &[0, 3]);
    let recipe = effects.iter().find_map(|effect| match effect {
        Effect::ToExaminer(ExamineCommand::Prepare { recipe, .. }) => Some(recipe),
        _ => None,
    });
    let classes = &recipe.expect("the examiner is prepared anew").normality;
    assert!(classes.anomalous_classes.iter().eq(&[0, 3]));
    let split = session.split().expect("the data are here");
    assert_eq!(split.held_out.len(), 20);
}

#[test]
fn other_normal_classes_start_untrained_and_never_use_the_shipped_model() {
    let mut session = loaded();
    toggle(&mut session, &[0]);
    assert_eq!(session.phase(), Phase::Untrained);
    assert!(session.pretrained_snapshot(session.study()).is_none());
    session.update(Message::Training(TrainingMessage::UsePretrained));
    assert_eq!(session.phase(), Phase::Pretrained);
    assert_eq!(session.recipe().normality, Normality::default());
}

#[test]
fn one_class_stays_normal() {
    let mut session = loaded();
    toggle(&mut session, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(session.recipe().normality, Normality::default());
    let notice = session.notice().expect("a notice");
    assert!(notice.text.contains("at least one class"), "{notice:?}");
    contaminate(&mut session, 0.7);
    assert_eq!(session.recipe().normality, Normality::default());
}

#[test]
fn what_was_trained_on_other_items_can_be_taken_back() {
    let mut session = training(3);
    toggle(&mut session, &[0]);
    toggle(&mut session, &[0, 1]);
    contaminate(&mut session, 0.1);
    assert_eq!(session.progress().epoch, 0);
    let offer = session.notice().and_then(|notice| notice.offer.clone());
    for message in offer.expect("an offer").messages {
        session.update(message);
    }
    assert_eq!(session.progress().epoch, 3);
    assert_eq!(session.recipe().normality, Normality::default());
    assert_eq!(session.phase(), Phase::Paused);
}

#[test]
fn a_held_out_example_is_of_a_class_that_is_not_normal() {
    let mut session = loaded();
    toggle(&mut session, &[7]);
    assert!(session.has_held_out_items());
    let mut laid = std::collections::BTreeSet::new();
    for _ in 0..6 {
        session.update(Message::Lay(ItemChoice::HeldOutExample));
        assert_eq!(drawn(&session).label(), Some(7));
        laid.insert(session.item_shown());
        session.update(Message::Lay(ItemChoice::Example));
        assert_ne!(drawn(&session).label(), Some(7));
    }
    assert!(laid.len() > 1, "another one each time");
}

#[test]
fn without_held_out_items_nothing_is_laid_on_the_bench() {
    let mut session = loaded();
    let before = session.item_shown();
    assert!(!session.has_held_out_items());
    session.update(Message::Lay(ItemChoice::HeldOutExample));
    assert_eq!(session.item_shown(), before);
}

#[test]
fn a_link_says_what_is_normal_and_says_it_again() {
    let mut session = fragment_opened("contamination=0.25&normal=1,2,9");
    assert_eq!(session.phase(), Phase::Untrained);
    let normality = &session.recipe().normality;
    let anomalous = &normality.anomalous_classes;
    assert!(anomalous.iter().eq(&[0, 3, 4, 5, 6, 7, 8]));
    assert!((normality.contamination - 0.25).abs() < 1e-6);
    session.lay_linked();
    let fragment = session.link_fragment();
    assert!(fragment.contains("normal=1,2,9"), "{fragment}");
    assert!(fragment.contains("contamination=0.25"), "{fragment}");
    let again = fragment_opened(&fragment);
    assert_eq!(again.recipe(), session.recipe());
}

#[test]
fn a_link_that_leaves_no_class_normal_is_refused_before_and_after_the_data_are_here() {
    let early = fragment_opened("anomalous=0-9,200&rate=0.5");
    let mut late = loaded();
    late.update(Message::OpenLink("anomalous=0-9,200&rate=0.5".to_owned()));
    for session in [&early, &late] {
        assert_eq!(session.recipe().normality, Normality::default());
        assert!((session.training().learning_rate - 0.5).abs() < 1e-9);
        assert!(session.notice().is_some());
    }
}

#[test]
fn a_link_cannot_have_labels_read_that_are_not_there() {
    let session = fragment_opened("recipe=employees&label=yes");
    assert!(!session.recipe().label_input);
    assert!(session.notice().is_some());
}

#[test]
fn contamination_without_anomalies_leaves_the_shipped_model_at_work() {
    let session = fragment_opened("contamination=0.25");
    assert_eq!(session.phase(), Phase::Pretrained);
}

#[test]
fn a_table_has_no_classes() {
    let mut session = fragment_opened("recipe=employees");
    assert_eq!(session.normality_view(), None);
    session.update(Message::OpenLink("normal=1".to_owned()));
    assert!(session.notice().is_some());
    assert_eq!(session.recipe().normality, Normality::default());
}

#[test]
fn held_out_trained_and_normal_items_are_told_apart() {
    let mut session = training(3);
    toggle(&mut session, &[0, 1, 2, 3]);
    contaminate(&mut session, 0.2);
    session.update(Message::Training(TrainingMessage::Train));
    session.update(prepared(&session, EngineKind::Cpu, 0.2));
    session.update(progress(&session, 2, 0.5));
    calibrate(&mut session);
    let split = session.split().expect("the data are here");
    let errors = (0..N_ITEMS).map(|item| match item {
        _ if split.held_out.contains(&item) => 0.9,
        _ if item % 10 < 4 => 0.2,
        _ => 0.1,
    });
    let scores = Scores {
        of: session.studies.front.moment(),
        errors: errors.collect(),
        codes: Vec::new(),
        mean_item_errors: vec![0.5; N_ITEMS],
    };
    let news = Event::Examine(ExamineEvent::Scored(scores));
    session.update(Message::Examiner(ExaminerMessage::Said(news)));
    let found = session.found().expect("all items were measured");
    let figures: Vec<_> = found
        .groups()
        .map(|(_, it)| (it.n_items, it.flagged))
        .collect();
    assert_eq!(figures, [(12, 0.0), (31, 1.0), (9, 0.0)]);
    let honest = session
        .figures_against_mean()
        .expect("all items were measured");
    assert!((honest.network - 0.1).abs() < 1e-6, "normal items only");
}
