//! A study that is kept is had back as it was, whatever comes between.

use super::remembering::{due, opened, said};
use super::taking::{epoch_done, notice_of, open, own_table, paused, with_moments};
use super::*;
use crate::model_file::{Part, from_parts};
use crate::protocol::{
    OpenedWork, RememberCommand, RememberOrder, RememberedEvent, RememberedWork, Written,
};

/// What the examiner keeps, in memory.
#[derive(Default)]
struct Shop {
    n_works: usize,
    works: Vec<(RememberedWork, Vec<Part>)>,
    drawings: Option<Vec<u8>>,
}

impl Shop {
    /// Carries out what the session asks for, and all that it asks for then.
    fn serve(&mut self, session: &mut Session, effects: Vec<Effect>) -> Vec<Effect> {
        let mut others = Vec::new();
        let mut effects = std::collections::VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            let Effect::ToExaminer(ExamineCommand::Remember(command)) = effect else {
                others.push(effect);
                continue;
            };
            if let Some(event) = self.obey(command) {
                let event = Event::Examine(ExamineEvent::Remembered(event));
                let message = Message::Examiner(ExaminerMessage::Said(event));
                effects.extend(session.update(message));
            }
        }
        others
    }

    fn obey(&mut self, command: RememberCommand) -> Option<RememberedEvent> {
        match command {
            RememberCommand::Look => Some(self.found()),
            RememberCommand::Study(order) => Some(self.write(*order)),
            RememberCommand::Open { request, id } => {
                let kept = self.works.iter().find(|(work, _)| work.id == id);
                let opened = kept.map(|(_, parts)| from_parts(parts));
                let outcome = opened.expect("it is there").map_err(|it| it.to_string());
                let outcome = outcome.map(|restored| {
                    Box::new(OpenedWork {
                        restored,
                        is_ours: true,
                    })
                });
                Some(RememberedEvent::Opened { request, outcome })
            }
            RememberCommand::Drawings(bytes) => {
                self.drawings = Some(bytes);
                None
            }
            RememberCommand::Lesson(_) => None,
            RememberCommand::ForgetEverything => {
                self.works.clear();
                Some(RememberedEvent::Forgotten)
            }
        }
    }

    fn found(&self) -> RememberedEvent {
        let mut works: Vec<_> = self.works.iter().map(|(work, _)| work.clone()).collect();
        works.sort_by(|one, other| other.written_ms.total_cmp(&one.written_ms));
        RememberedEvent::Found {
            works,
            lessons: Vec::new(),
            drawings: self.drawings.clone(),
            trouble: None,
        }
    }

    fn write(&mut self, order: RememberOrder) -> RememberedEvent {
        self.n_works += 1;
        let id = order.work.unwrap_or_else(|| self.n_works.to_string());
        let old = self.works.iter().position(|(work, _)| work.id == id);
        let old = old.map_or_else(Vec::new, |idx| self.works.remove(idx).1);
        let mut parts = order.renewal.parts();
        let is_new = |name: &str| parts.iter().any(|part| part.name == name);
        let old = old.into_iter().filter(|part| !is_new(&part.name));
        let old: Vec<_> = old.filter(|part| order.renewal.keeps(&part.name)).collect();
        parts.extend(old);
        let work = RememberedWork {
            id: id.clone(),
            title: order.title,
            fragment: order.fragment,
            written_ms: self.n_works as f64,
        };
        self.works.push((work, parts));
        RememberedEvent::Written {
            request: order.request,
            outcome: Written::As(id),
        }
    }

    /// The page has time to keep what is new.
    fn keep(&mut self, session: &mut Session) {
        let effects = session.update(Message::Remembering(RememberingMessage::Due));
        self.serve(session, effects);
    }

    /// A page that opens later, and finds what is kept.
    fn visit(&mut self) -> Session {
        let mut session = loaded();
        said(&mut session, self.found());
        session
    }

    fn go_on(&mut self, session: &mut Session) -> Vec<Effect> {
        let work = session.offered_work().expect("there is some").clone();
        let effects = session.update(Message::Remembering(RememberingMessage::GoOn(work.id)));
        self.serve(session, effects)
    }
}

fn moments(session: &Session) -> Vec<(Checkpoint, Option<f64>)> {
    let kept = session.studies.front.run.history.epochs().iter();
    kept.map(|it| (it.checkpoint.as_ref().clone(), it.calibration_loss))
        .collect()
}

/// Nothing of the study in front is lost.
fn assert_same_study(now: &Session, before: &Session) {
    let (now_front, front) = (&now.studies.front, &before.studies.front);
    assert_eq!(now_front.name, front.name);
    assert_eq!(now_front.recipe, front.recipe);
    assert_eq!(now_front.rule, front.rule);
    assert_eq!(now_front.run.resume, front.run.resume, "to the last bit");
    assert_eq!(now_front.run.losses, front.run.losses);
    assert_eq!(now_front.run.batch_losses, front.run.batch_losses);
    assert_eq!(now_front.run.film, front.run.film);
    assert_eq!(moments(now), moments(before));
}

#[test]
fn a_study_is_had_back_with_its_history_and_trains_on_as_if_it_had_never_stopped() {
    let mut before = paused();
    before.update(Message::Lay(ItemChoice::Item(17)));
    before.update(Message::Bench(Change::Rotate(40.0)));
    let mut shop = Shop::default();
    shop.keep(&mut before);
    before.update(epoch_done(&before, 6));
    before.update(with_moments(&before, 6));
    shop.keep(&mut before);
    assert_eq!(shop.works.len(), 1, "in the place of what was there");

    let mut now = shop.visit();
    let offered = now.offered_work().expect("it is offered");
    assert_eq!(offered.title, "“Small digits, 8 × 8” after 6 of 150 epochs");
    shop.go_on(&mut now);
    assert_same_study(&now, &before);
    assert_eq!(now.item_on_bench(), before.item_on_bench());
    assert_eq!(now.offered_work(), None);
    let effects = now.update(Message::Training(TrainingMessage::Train));
    assert!(effects.contains(&Effect::StartTrainer(EngineKind::Cpu)));
    assert_eq!(resumed(&mut now), before.studies.front.run.resume);
}

#[test]
fn a_hundred_visits_leave_one_work() {
    let mut shop = Shop::default();
    let mut before = paused();
    shop.keep(&mut before);
    let size = |shop: &Shop| -> usize {
        let parts = shop.works.iter().flat_map(|(_, parts)| parts);
        parts.map(|part| part.bytes.len()).sum()
    };
    let first = size(&shop);
    for _ in 0..100 {
        let mut now = shop.visit();
        shop.go_on(&mut now);
        shop.keep(&mut now);
        assert_same_study(&now, &before);
    }
    assert_eq!(shop.works.len(), 1);
    assert!(
        size(&shop) <= first,
        "what was measured goes, and nothing comes"
    );
}

#[test]
fn only_what_is_new_is_written_and_nothing_while_an_order_is_under_way() {
    let mut session = paused();
    let first = due(&mut session);
    let [RememberCommand::Study(order)] = &first[..] else {
        panic!("the study: {first:?}");
    };
    assert!(order.renewal.new_moments.len() >= 5 && order.renewal.study.run.is_some());
    assert_eq!(order.work, None);
    assert_eq!(due(&mut session), []);
    let mut shop = Shop::default();
    let event = shop.write(order.as_ref().clone());
    said(&mut session, event);
    assert_eq!(due(&mut session), [], "nothing has changed");
    session.update(Message::Bench(Change::Rotate(30.0)));
    let second = due(&mut session);
    let [RememberCommand::Study(order)] = &second[..] else {
        panic!("the bench: {second:?}");
    };
    assert_eq!(order.renewal.new_moments, []);
    assert_eq!(order.work.as_deref(), Some("1"));
    assert!(order.fragment.contains("rotation=30"));
}

#[test]
fn the_readers_own_file_is_had_back_untrained_and_written_once() {
    let mut shop = Shop::default();
    let mut before = loaded();
    open(&mut before, vec![own_table()]);
    shop.keep(&mut before);
    let mut now = shop.visit();
    assert_eq!(
        now.offered_work().map(|it| it.title.as_str()),
        Some("“people.csv” before any training")
    );
    shop.go_on(&mut now);
    assert_eq!(now.dataset(), before.dataset());
    assert_eq!(now.phase(), Phase::Untrained);
    now.update(Message::Training(TrainingMessage::Train));
    now.update(with_moments(&now, 3));
    let orders = due(&mut now);
    let [RememberCommand::Study(order)] = &orders[..] else {
        panic!("the study: {orders:?}");
    };
    assert!(
        order
            .renewal
            .study
            .run
            .as_ref()
            .is_some_and(|run| run.own.is_none())
    );
    let event = shop.write(order.as_ref().clone());
    said(&mut now, event);
    let mut again = shop.visit();
    shop.go_on(&mut again);
    assert_eq!(again.dataset(), before.dataset());
    assert_eq!(again.progress().epoch, 3);
}

#[test]
fn a_study_of_other_data_of_the_page_waits_for_them() {
    let mut shop = Shop::default();
    let mut before = paused();
    before.update(Message::Bench(Change::Rotate(30.0)));
    shop.keep(&mut before);
    let (mut now, _) = Session::open();
    now.update(Message::Examiner(ExaminerMessage::Said(hello())));
    said(&mut now, shop.found());
    let effects = shop.go_on(&mut now);
    assert_eq!(effects, [Effect::FetchDataset(DataName::Digits)]);
    assert!(now.offered_work().is_some(), "until it is here");
    now.update(digits_loaded());
    assert_same_study(&now, &before);
    assert_eq!(now.item_on_bench(), before.item_on_bench());
    assert_eq!(now.remembering_view().works, []);
}

#[test]
fn a_link_wins_and_the_offer_stays_until_something_is_trained() {
    let mut shop = Shop::default();
    shop.keep(&mut paused());
    let mut now = loaded();
    now.update(Message::OpenLink("recipe=uci-digits".to_owned()));
    said(&mut now, shop.found());
    assert_eq!(now.recipe_name(), RecipeName::UCI_DIGITS);
    assert!(now.offered_work().is_some());
    now.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::WELL_TRAINED,
    )));
    begin_training(&mut now);
    now.update(progress(&now, 2, 0.5));
    shop.keep(&mut now);
    assert_eq!(now.offered_work(), None);
    assert_eq!(
        now.remembering_view().works.len(),
        1,
        "it stays where all are listed"
    );
    assert_eq!(shop.works.len(), 2, "each is a work of its own");
}

#[test]
fn what_is_damaged_gets_a_sentence_and_the_next_is_offered() {
    let mut shop = Shop::default();
    shop.keep(&mut paused());
    shop.keep(&mut paused());
    let newest = &mut shop.works[1].1;
    let study = newest.iter_mut().find(|part| part.name == "study");
    study.expect("it has one").bytes.truncate(100);
    let mut now = shop.visit();
    let before = now.studies.front.run.clone();
    shop.go_on(&mut now);
    assert!(notice_of(&now).contains("cut short"), "{}", notice_of(&now));
    assert!(notice_of(&now).ends_with("What was on the page is still there."));
    assert_eq!(now.studies.front.run, before);
    assert_eq!(now.offered_work().map(|work| work.id.as_str()), Some("1"));
    assert_eq!(shop.works.len(), 2, "nothing is thrown away");
    // An earlier moment that is damaged takes nothing else with it.
    let moment = shop.works[0]
        .1
        .iter_mut()
        .find(|part| part.name == "epoch 3");
    moment.expect("it has one").bytes.clear();
    shop.go_on(&mut now);
    assert_eq!(now.progress().epoch, 5);
    assert!(now.studies.front.run.history.at(3).is_none());
    assert!(now.studies.front.run.history.at(2).is_some());
}

#[test]
fn what_cannot_be_kept_is_said_once_and_tried_again() {
    let mut session = paused();
    let reason = "There is no room.".to_owned();
    said(&mut session, RememberedEvent::Failed { reason });
    let fail = |session: &mut Session| {
        let orders = due(session);
        let [RememberCommand::Study(order)] = &orders[..] else {
            panic!("the study: {orders:?}");
        };
        let outcome = Written::Failed("There is no room.".to_owned());
        let request = order.request;
        said(session, RememberedEvent::Written { request, outcome });
    };
    fail(&mut session);
    assert_eq!(notice_of(&session), "There is no room.");
    session.update(Message::DismissNotice);
    fail(&mut session);
    assert_eq!(session.notice(), None);
    assert_eq!(session.remembering_view().sentence, "There is no room.");
    let mut shop = Shop::default();
    shop.keep(&mut session);
    assert_eq!(shop.works.len(), 1);
    assert_ne!(session.remembering_view().sentence, "There is no room.");
}

#[test]
fn what_another_tab_has_taken_is_kept_anew_as_a_whole_and_what_it_has_forgotten_is_not() {
    let mut session = paused();
    let mut shop = Shop::default();
    shop.keep(&mut session);
    for (outcome, is_kept) in [(Written::Taken, true), (Written::Forgotten, false)] {
        session.update(Message::Bench(Change::Rotate(if is_kept {
            10.0
        } else {
            20.0
        })));
        let orders = due(&mut session);
        let [RememberCommand::Study(order)] = &orders[..] else {
            panic!("the study: {orders:?}");
        };
        let request = order.request;
        let event = RememberedEvent::Written { request, outcome };
        let message = Message::Examiner(ExaminerMessage::Said(Event::Examine(
            ExamineEvent::Remembered(event),
        )));
        let effects = session.update(message);
        shop.serve(&mut session, effects);
        assert_eq!(session.remembering_view().can_forget, is_kept);
    }
    assert_eq!(shop.works.len(), 2);
    let mut now = shop.visit();
    shop.go_on(&mut now);
    assert_eq!(moments(&now), moments(&session));
    session.update(Message::Bench(Change::Rotate(50.0)));
    assert_eq!(due(&mut session), []);
}

#[test]
fn the_examiner_that_starts_again_writes_to_the_same_work() {
    let mut session = paused();
    let mut shop = Shop::default();
    shop.keep(&mut session);
    session.update(Message::Bench(Change::Rotate(50.0)));
    assert_eq!(due(&mut session).len(), 1);
    session.update(Message::Examiner(ExaminerMessage::Lost(
        "it ran out".to_owned(),
    )));
    assert_eq!(due(&mut session), []);
    session.update(Message::Examiner(ExaminerMessage::Said(hello())));
    shop.keep(&mut session);
    assert_eq!(shop.works.len(), 1);
    assert!(shop.works[0].0.fragment.contains("rotation=50"));
}

#[test]
fn a_lesson_keeps_the_readers_own_work_as_it_was() {
    let mut session = paused();
    let mut shop = Shop::default();
    shop.keep(&mut session);
    let before = shop.works.clone();
    opened(&mut session);
    session.update(Message::Training(TrainingMessage::Reset));
    session.update(with_moments(&session, 2));
    shop.keep(&mut session);
    assert_eq!(shop.works, before);
    said(&mut session, shop.found());
    assert_eq!(session.offered_work(), None);
    let id = shop.works[0].0.id.clone();
    assert_eq!(
        session.update(Message::Remembering(RememberingMessage::GoOn(id))),
        []
    );
}

#[test]
fn kept_runs_come_back_beside_the_study_and_go_with_it() {
    let mut shop = Shop::default();
    let mut before = paused();
    before.update(Message::Compare(CompareMessage::Keep));
    shop.keep(&mut before);
    before.update(epoch_done(&before, 6));
    before.update(with_moments(&before, 6));
    before.update(Message::Compare(CompareMessage::Keep));
    let name = "with / and spaces".to_owned();
    before.update(Message::Compare(CompareMessage::Rename { number: 2, name }));
    shop.keep(&mut before);
    let names = |session: &Session| -> Vec<_> {
        let runs = session.shelf.runs().iter();
        runs.map(|kept| {
            (
                kept.number,
                kept.name.clone(),
                kept.study.run.resume.clone(),
            )
        })
        .collect()
    };
    assert_eq!(names(&before).len(), 2);
    let mut now = shop.visit();
    shop.go_on(&mut now);
    assert_eq!(names(&now), names(&before));
    shop.keep(&mut now);
    assert_eq!(due(&mut now), [], "nothing is written twice");
    now.update(Message::Compare(CompareMessage::Remove(1)));
    shop.keep(&mut now);
    let mut again = shop.visit();
    shop.go_on(&mut again);
    assert_eq!(names(&again), names(&before)[1..]);
}

#[test]
fn a_page_in_another_page_keeps_and_offers_nothing() {
    let mut shop = Shop::default();
    shop.keep(&mut paused());
    let mut session = paused();
    said(&mut session, shop.found());
    session.update(Message::OpenLink("embed=1".to_owned()));
    assert_eq!(session.offered_work(), None);
    assert_eq!(due(&mut session), []);
}

#[test]
fn an_order_arrives_as_it_was_sent() {
    let orders = due(&mut paused());
    let [RememberCommand::Study(order)] = &orders[..] else {
        panic!("the study: {orders:?}");
    };
    let text = serde_json::to_string(order).expect("writes");
    let arrived: RememberOrder = serde_json::from_str(&text).expect("reads");
    assert_eq!(arrived, **order);
    let losses = order.renewal.study.run.as_ref().map(|run| run.losses.len());
    assert_eq!(losses, Some(5));
}

/// Draws ten lines and calls them stars.
fn with_ten_stars() -> Session {
    let mut session = loaded();
    let mut tell = |message| session.update(Message::OwnClass(message));
    tell(OwnClassMessage::Name("star".to_owned()));
    for number in 0..10_u8 {
        tell(OwnClassMessage::Draw(Change::Stroke {
            from: (0.2, 0.2),
            to: (0.8, 0.3 + f32::from(number) / 20.0),
            brush: Brush::Ink,
            is_first: true,
        }));
        tell(OwnClassMessage::Add);
    }
    session
}

#[test]
fn drawings_are_kept_before_anything_is_trained() {
    let mut shop = Shop::default();
    let mut before = with_ten_stars();
    shop.keep(&mut before);
    let now = shop.visit();
    assert_eq!(
        now.own_class_view().drawings,
        before.own_class_view().drawings
    );
    assert_eq!(now.own_class_view().name, "star");
    shop.drawings = None;
    shop.keep(&mut before);
    assert_eq!(shop.drawings, None, "nothing is new");
}

#[test]
fn a_network_of_ones_own_class_is_had_back_with_the_drawings() {
    let mut shop = Shop::default();
    let mut before = with_ten_stars();
    before.update(Message::OwnClass(OwnClassMessage::Train { normal: None }));
    calibrate(&mut before);
    shop.keep(&mut before);
    shop.drawings = None;
    let mut now = shop.visit();
    shop.go_on(&mut now);
    assert_eq!(now.dataset(), before.dataset());
    assert_eq!(now.split(), before.split());
    assert_eq!(now.own_class_view().drawings.len(), 10);
}

#[test]
fn another_file_that_is_judged_is_kept_and_judged_again() {
    let mut shop = Shop::default();
    let mut before = next_file::trained();
    shop.keep(&mut before);
    next_file::judge(&mut before, "second.csv", &next_file::second());
    shop.keep(&mut before);
    let mut now = shop.visit();
    let effects = shop.go_on(&mut now);
    next_file::read(&mut now, effects);
    assert_eq!(
        now.next_file().map(|it| it.name).as_deref(),
        Some("second.csv")
    );
    let notice = now.notice().expect("a sentence");
    assert!(notice.text.ends_with("as you left it."), "{}", notice.text);

    now.update(Message::NextFile(NextFileMessage::TakeAway));
    shop.keep(&mut now);
    let mut later = shop.visit();
    let effects = shop.go_on(&mut later);
    let is_read =
        |effect: &Effect| matches!(effect, Effect::ToExaminer(ExamineCommand::Read { .. }));
    assert!(!effects.iter().any(is_read));
}
