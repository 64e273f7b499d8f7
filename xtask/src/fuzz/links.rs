//! Links: whatever one says, the page is set up, and its own link says the same again.

use std::sync::LazyLock;

use bottleneck::data::encode;
use bottleneck::recipe::DataName;
use bottleneck::session::{DataMessage, Message, Session};

/// Fresh weights take longer than all else: one in so many links gets some.
const FRESH_EVERY: usize = 16;

/// Twenty digits of 8 × 8 and of 28 × 28 pixels.
static DIGITS: LazyLock<Vec<u8>> = LazyLock::new(|| digits(8, 16));
static MNIST: LazyLock<Vec<u8>> = LazyLock::new(|| digits(28, 255));

fn digits(side: u8, levels: u8) -> Vec<u8> {
    let n_pixels = usize::from(side) * usize::from(side);
    let pixels: Vec<u8> = (0..20 * n_pixels)
        .map(|place| (place * 7 % (usize::from(levels) + 1)) as u8)
        .collect();
    let labels: Vec<u8> = (0..20).map(|item| item % 10).collect();
    encode(side, side, levels, &pixels, &labels).unwrap_or_default()
}

pub fn samples() -> Vec<Vec<u8>> {
    let links = [
        "recipe=uci-digits&rate=0.5&batch=7&epochs=3&seed=2&item=4&rotation=30&noise=0.2&centred=true",
        "engine=cpu&optimiser=adam&decay=0.01&train-noise=0.3&code=4&activation=leaky-relu&label=yes&dropout=yes&parts=all",
        "normal=0,1,7&contamination=0.1&measure=weighted:1,2,0.5&threshold=0.031",
        "recipe=employees&row=0.5,1,0,0,1,0,0.25,0,1&item=3&percentile=95",
        "recipe=mnist-vae&beta=0.5&false-alarms=0.01&measure=maximum",
        "recipe=mnist-conv&batch-losses=16&item=7&rotation=-90",
        "recipe=deep-fit-predict&theta=0.5&measure=summed-absolute",
        "ink=a500p20b10a494&mad=2.5",
        "rule=best-f1&noise=1&iqr=1.5&deviations=2",
        "lesson=training:3&recipe=denoiser",
        "at=codes&hide=engine,challenge&embed=1",
        "recipe=mnist-conv&layers=16c3s2p1relu,64c14linear,20linear,64linear,16t14relu,1t3s2p1o1sigmoid",
        "recipe=uci-digits&layers=8a7s2p3relu,4a32linear,8b32relu,1b7s2p3o1sigmoid",
        "recipe=vae&layers=32d0.5leaky-relu,8drawn,20gelu,sigmoid&beta=0.5&label=yes",
        "recipe=handwritten&prepared=specks,slant,strokes,balance&centred=false&item=2",
    ];
    links.iter().map(|link| link.as_bytes().to_vec()).collect()
}

/// Hands the session the data that it waits for.
pub fn deliver_data(session: &mut Session) {
    let name = session.recipe_name().data();
    let bytes = match name {
        DataName::Digits => DIGITS.clone(),
        DataName::Mnist | DataName::Handwritten => MNIST.clone(),
        DataName::Employees | DataName::Heartbeats => return,
    };
    session.update(Message::Data(DataMessage::DatasetLoaded { name, bytes }));
}

/// A page that was opened by a link, with the data there.
fn opened(link: &str) -> Session {
    let (mut session, _) = Session::open_for(link);
    session.update(Message::OpenLink(link.to_owned()));
    deliver_data(&mut session);
    session
}

/// Without the shipped model the network has fresh weights, whatever its size.
fn do_without_model(session: &mut Session) {
    let recipe = session.recipe_name();
    let reason = "none in a test".to_owned();
    session.update(Message::Data(DataMessage::ModelFailed { recipe, reason }));
}

/// Opens a link, and the link that the page then has.
pub fn read(bytes: &[u8]) -> String {
    let link = String::from_utf8_lossy(bytes);
    let mut session = opened(&link);
    if bytes.len().is_multiple_of(FRESH_EVERY) {
        do_without_model(&mut session);
    }
    assert!(session.training().validate().is_ok());
    assert!(session.architecture().validate().is_ok());
    let fragment = session.link_fragment();
    assert_eq!(
        opened(&fragment).link_fragment(),
        fragment,
        "a link of our own says the same again"
    );
    let keys: Vec<&str> = fragment
        .split('&')
        .filter_map(|part| part.split('=').next())
        .collect();
    format!(
        "{:?} {} {}",
        session.recipe_name(),
        keys.join(" "),
        look_at(&session)
    )
}

/// What the panels ask of a session.
fn look_at(session: &Session) -> String {
    let progress = session.progress();
    assert!((0.0..=1.0).contains(&progress.fraction));
    let _ = (
        session.engine_badge(),
        session.data_view(),
        session.hex_rows(),
    );
    let _ = (
        session.finding(),
        session.error_axis(),
        session.log(),
        session.code_price(),
    );
    let _ = (
        session.items(0, 5),
        session.figures_against_mean(),
        session.threshold(),
    );
    format!("{:?}", session.phase())
}
