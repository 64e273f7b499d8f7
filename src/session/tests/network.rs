//! Editing the network, as the page does it.

use super::*;
use crate::autoencoder::Activation;
use crate::autoencoder::edit::{Edit, NewLayer, Sides};

fn edit(session: &mut Session, edit: Edit) -> Vec<Effect> {
    session.update(Message::Network(NetworkMessage::Edit(edit)))
}

/// A page on which two epochs were trained.
fn trained() -> Session {
    let mut session = training(2);
    let run = session.studies.front.run.id;
    let finished = false;
    session.update(from_active(&session, TrainEvent::Stopped { run, finished }));
    session
}

#[test]
fn another_layer_begins_a_run_and_the_earlier_one_can_be_taken_back() {
    let mut session = trained();
    let before = session.studies.front.run.clone();
    let (after, kind) = (1, NewLayer::Dense);
    edit(&mut session, Edit::Add { after, kind });
    assert_eq!(
        session.architecture().layer_sizes(),
        [64, 32, 16, 8, 16, 32, 64]
    );
    assert_eq!(session.layer_at_hand(), 2, "the new one");
    assert_eq!(session.phase(), Phase::Untrained);
    edit(
        &mut session,
        Edit::SetWidth {
            layer: 2,
            width: 12,
        },
    );
    let offer = session.notice().and_then(|notice| notice.offer.clone());
    for message in offer.expect("a way back").messages {
        session.update(message);
    }
    assert_eq!(session.architecture().layer_sizes(), [64, 32, 8, 32, 64]);
    assert_eq!(session.studies.front.run.resume, before.resume);
    assert_eq!(session.phase(), Phase::Paused);
}

#[test]
fn what_is_refused_changes_nothing_and_says_why_until_something_else_is_done() {
    let mut session = trained();
    let (before, run) = (session.architecture().clone(), session.studies.front.run.id);
    let effects = edit(
        &mut session,
        Edit::SetWidth {
            layer: 2,
            width: 40,
        },
    );
    assert_eq!(effects, []);
    let refusal = session.network_view().refusal.expect("a sentence");
    assert!(refusal.ends_with("at most 32 would fit."), "{refusal}");
    assert_eq!(*session.architecture(), before);
    assert_eq!(
        (session.studies.front.run.id, session.phase()),
        (run, Phase::Paused)
    );
    session.update(Message::Recipe(RecipeMessage::Choose(RecipeName::VAE)));
    assert_eq!(
        session.network_view().refusal,
        None,
        "that was another network"
    );
    session.update(Message::Recipe(RecipeMessage::Choose(
        RecipeName::WELL_TRAINED,
    )));
    session.update(Message::Network(NetworkMessage::Select(1)));
    assert_eq!(session.network_view().refusal, None);
}

#[test]
fn a_link_has_the_network_layer_by_layer() {
    let mut session = loaded();
    session.update(Message::Network(NetworkMessage::SetSides(Sides::Free)));
    edit(
        &mut session,
        Edit::SetWidth {
            layer: 3,
            width: 20,
        },
    );
    let activation = Activation::Gelu;
    edit(
        &mut session,
        Edit::SetActivation {
            layer: 1,
            activation,
        },
    );
    let fragment = session.link_fragment();
    assert!(
        fragment.contains("layers=32gelu,8tanh,20tanh,sigmoid"),
        "{fragment}"
    );
    assert!(!fragment.contains("activation="), "{fragment}");
    let (mut other, _) = open_small();
    other.update(Message::OpenLink(fragment.clone()));
    assert_eq!(other.architecture(), session.architecture());
    assert!(other.notice().is_none());
    other.update(digits_loaded());
    assert_eq!(other.link_fragment(), fragment);
    assert!(!other.network_view().is_mirrored && other.network_view().is_edited);
    other.update(Message::Network(NetworkMessage::SetSides(Sides::Mirrored)));
    assert_eq!(other.architecture().layer_sizes(), [64, 32, 8, 32, 64]);
    other.update(Message::Network(NetworkMessage::Restore));
    assert_eq!(other.link_fragment(), "recipe=well-trained");
}

#[test]
fn settings_in_few_words_stay_so() {
    let mut session = loaded();
    let knobs = [
        Knob::CodeSize(4),
        Knob::Activation(Activation::Silu),
        Knob::Dropout(true),
        Knob::LabelInput(true),
    ];
    for knob in knobs {
        session.update(Message::Recipe(RecipeMessage::Tune(knob)));
    }
    let fragment = session.link_fragment();
    assert_eq!(
        fragment,
        "recipe=well-trained&code=4&activation=silu&label=yes&dropout=yes"
    );
    edit(
        &mut session,
        Edit::SetWidth {
            layer: 1,
            width: 48,
        },
    );
    let fragment = session.link_fragment();
    assert_eq!(
        fragment,
        "recipe=well-trained&layers=48d0.5silu,4silu,48d0.25silu,sigmoid&label=yes"
    );
}

#[test]
fn layers_that_cannot_be_are_left_out_of_a_link() {
    for layers in [
        "64relu,8drawn,64relu,sigmoid",
        "99999relu,sigmoid",
        "16c3s2p1relu,4c4relu,16t4relu,1t3s2p1sigmoid",
        "64relu,sigmoid,",
        "8c99relu,8t99relu,sigmoid",
    ] {
        let (mut session, _) = open_small();
        let before = session.architecture().clone();
        session.update(Message::OpenLink(format!("layers={layers}&noise=0.5")));
        session.update(digits_loaded());
        assert!(session.notice().is_some(), "{layers}");
        assert_eq!(*session.architecture(), before, "{layers}");
    }
    let (mut session, _) = Session::open_for("recipe=vae");
    session.update(Message::OpenLink(
        "recipe=vae&layers=8tanh,sigmoid".to_owned(),
    ));
    assert!(session.architecture().beta().is_some());
    session.update(Message::OpenLink(
        "layers=24tanh,3drawn,24tanh,sigmoid".to_owned(),
    ));
    assert_eq!(session.architecture().layer_sizes(), [64, 24, 3, 24, 64]);
    assert_eq!(session.architecture().beta(), Some(0.1));
}

#[test]
fn a_table_has_no_picture_to_slide_over() {
    let (mut session, _) = Session::open_for("recipe=employees");
    session.update(Message::Network(NetworkMessage::Select(0)));
    assert_eq!(session.layer_fields().additions, [NewLayer::Dense]);
    let windows = "recipe=employees&layers=2c3p1tanh,4tanh,identity";
    session.update(Message::OpenLink(windows.to_owned()));
    assert!(!session.architecture().is_convolutional());
    let (mut session, _) = open_small();
    session.update(Message::Network(NetworkMessage::Select(0)));
    let additions = [NewLayer::Dense, NewLayer::Convolution];
    assert_eq!(session.layer_fields().additions, additions);
}

#[test]
fn the_shipped_model_judges_with_no_other_layers_than_its_own() {
    let mut session = loaded();
    let activation = Activation::Relu;
    edit(
        &mut session,
        Edit::SetActivation {
            layer: 4,
            activation,
        },
    );
    assert_eq!(session.phase(), Phase::Untrained);
    let front = &session.studies.front;
    assert!(session.pretrained_snapshot(front).is_none());
    edit(
        &mut session,
        Edit::SetActivation {
            layer: 4,
            activation: Activation::Sigmoid,
        },
    );
    let front = &session.studies.front;
    assert!(session.pretrained_snapshot(front).is_some());
}
