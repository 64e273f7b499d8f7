//! Recipes whose code is drawn.

use super::*;
use crate::protocol::{EpochReport, Wish};

/// The variational recipe on its digits, judged by its shipped model.
fn variational() -> Session {
    let mut session = loaded();
    session.update(Message::Recipe(RecipeMessage::Choose(RecipeName::VAE)));
    let values = vec![0.1; session.architecture().n_parameters()];
    let recipe = RecipeName::VAE;
    session.update(Message::Data(DataMessage::ModelLoaded { recipe, values }));
    calibrate(&mut session);
    session
}

#[test]
fn samples_are_those_of_the_newest_wish() {
    let mut session = variational();
    let (code_size, n_inputs) = (8, 64);
    let wish = |seed| Wish::Prior { seed, n_codes: 2 };
    session.update(Message::Codes(CodesMessage::Imagine(wish(1))));
    let effects = session.update(Message::Codes(CodesMessage::Imagine(wish(2))));
    let [
        Effect::ToExaminer(ExamineCommand::Imagine {
            request,
            wish: asked,
        }),
    ] = effects[..]
    else {
        panic!("the examiner is asked: {effects:?}");
    };
    assert_eq!(asked, wish(2));
    let of = session.studies.front.moment();
    let mut hear = |request| {
        let event = ExamineEvent::Imagined {
            request,
            of,
            codes: vec![0.0; 2 * code_size],
            reconstructed: vec![0.5; 2 * n_inputs],
        };
        session.update(Message::Examiner(ExaminerMessage::Said(Event::Examine(
            event,
        ))));
        session.sampled().len()
    };
    assert_eq!(hear(request - 1), 0, "an older answer");
    assert_eq!(hear(request), 2);
    assert!(session.interpolation().is_empty() && session.generated().is_none());
}

#[test]
fn an_epochs_loss_falls_into_what_is_reconstructed_and_what_the_code_costs() {
    let mut session = variational();
    begin_training(&mut session);
    assert_eq!(session.code_price(), None);
    let report = |epoch, divergence| {
        let epochs = vec![EpochReport {
            epoch,
            batch_losses: vec![0.03, 0.05],
            calibration_loss: 0.04,
            divergence,
            reconstructed: Vec::new(),
            kept: None,
        }];
        TrainEvent::EpochsDone {
            run: session.studies.front.run.id,
            epochs,
        }
    };
    let (with, without) = (report(1, Some(6.4)), report(2, None));
    session.update(from_active(&session, with));
    let parts = session.code_price().expect("the code has a price");
    assert!((parts.price - 0.1 * 6.4 / 64.0).abs() < 1e-6);
    assert!((parts.reconstruction + parts.price - 0.04).abs() < 1e-6);
    session.update(Message::Recipe(RecipeMessage::Tune(Knob::Beta(0.5))));
    assert_eq!(session.code_price(), Some(parts), "that epoch cost 0.1");
    session.update(from_active(&session, without));
    assert_eq!(session.code_price(), None);
}

#[test]
fn a_link_says_the_price_of_the_code() {
    let mut session = variational();
    assert!(!session.link_fragment().contains("beta"));
    session.update(Message::Recipe(RecipeMessage::Tune(Knob::Beta(0.25))));
    let fragment = session.link_fragment();
    assert!(fragment.contains("beta=0.25"), "{fragment}");
    let (mut other, _) = open_small();
    other.update(Message::OpenLink(fragment));
    assert_eq!(other.architecture().beta(), Some(0.25));
    other.update(Message::Recipe(RecipeMessage::Tune(Knob::Beta(-1.0))));
    assert_eq!(other.architecture().beta(), Some(0.25));
    assert!(other.notice().is_some());
}

#[test]
fn beta_is_turned_where_there_is_one() {
    let turned = Knob::Beta(2.0).applied_to(&RecipeName::VAE.recipe());
    assert_eq!(turned.architecture.beta(), Some(2.0));
    let plain = RecipeName::WELL_TRAINED.recipe();
    assert_eq!(Knob::Beta(2.0).applied_to(&plain), plain);
}
