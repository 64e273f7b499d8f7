//! The places of the page below its first screen, each the answer to a question, each with an address.

use super::{Effect, Session};

/// A part of the page that one can jump to and link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The sweeps of the item on the bench.
    Turning,
    /// All items with their errors.
    Items,
    /// The rules that set the threshold.
    Threshold,
    /// The codes of the items.
    Codes,
    /// The evaluation, beside simpler methods.
    Evidence,
    /// The pictures that may fool the detector.
    Challenge,
    /// Settings, classes, and what training left behind.
    Network,
    /// Runs that were kept, side by side.
    Runs,
}

impl Place {
    /// From top to bottom.
    pub const ALL: [Self; 8] = [
        Self::Turning,
        Self::Items,
        Self::Threshold,
        Self::Codes,
        Self::Evidence,
        Self::Challenge,
        Self::Network,
        Self::Runs,
    ];

    /// What it is called in links (`at=…`), and the `id` of its element.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Turning => "turning",
            Self::Items => "items",
            Self::Threshold => "threshold",
            Self::Codes => "codes",
            Self::Evidence => "evidence",
            Self::Challenge => "challenge",
            Self::Network => "network",
            Self::Runs => "runs",
        }
    }

    /// The place that a link names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.slug() == slug)
    }

    /// A word or two, for the bar of contents.
    pub fn title(self) -> &'static str {
        match self {
            Self::Turning => "Turning",
            Self::Items => "Odd ones",
            Self::Threshold => "Threshold",
            Self::Codes => "Code",
            Self::Evidence => "Evidence",
            Self::Challenge => "Fooling it",
            Self::Network => "Network",
            Self::Runs => "Runs",
        }
    }
}

impl Session {
    /// The place that the reader went to last; `None` on the first screen.
    pub fn place(&self) -> Option<Place> {
        self.place
    }

    /// Goes to a place, or back to the first screen.
    pub(super) fn go_to(&mut self, place: Option<Place>) -> Vec<Effect> {
        self.place = place;
        vec![Effect::ShowPlace(place)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Message;

    #[test]
    fn a_link_leads_to_the_place_that_it_names() {
        let (mut session, _) = Session::open();
        let effects = session.update(Message::OpenLink("at=threshold".to_owned()));
        assert!(effects.contains(&Effect::ShowPlace(Some(Place::Threshold))));
        assert!(
            session
                .link_fragment()
                .split('&')
                .any(|part| part == "at=threshold")
        );
        session.update(Message::GoTo(None));
        assert!(!session.link_fragment().contains("at="));
        session.update(Message::OpenLink("at=nowhere".to_owned()));
        assert_eq!(session.place(), None);
        assert!(session.notice().is_some());
    }
}
