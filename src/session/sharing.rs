//! What a shared link shows of the page: all of it, some of it, or the loop alone in a frame.

use super::place::Place;

/// A part of the page that a shared link may leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hideable {
    /// The choice of recipe.
    Recipe,
    /// The data, and the way to open others.
    Data,
    /// The choice of engine.
    Engine,
    /// Train, Pause, Step and Reset, and what they have come to.
    Training,
    /// Rotation, noise, and how a drawing is prepared.
    Treatment,
    /// A place below the first screen.
    Place(Place),
}

impl Hideable {
    /// In the order of the page.
    pub const ALL: [Self; 5 + Place::ALL.len()] = [
        Self::Recipe,
        Self::Data,
        Self::Engine,
        Self::Training,
        Self::Treatment,
        Self::Place(Place::Turning),
        Self::Place(Place::Items),
        Self::Place(Place::Threshold),
        Self::Place(Place::Codes),
        Self::Place(Place::Evidence),
        Self::Place(Place::Challenge),
        Self::Place(Place::Network),
        Self::Place(Place::Runs),
    ];

    /// What it is called in links (`hide=…`).
    pub fn slug(self) -> &'static str {
        match self {
            Self::Recipe => "recipe",
            Self::Data => "data",
            Self::Engine => "engine",
            Self::Training => "training",
            Self::Treatment => "treatment",
            Self::Place(place) => place.slug(),
        }
    }

    /// What it is called where one ticks it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Recipe => "Choice of recipe",
            Self::Data => "Data and opening files",
            Self::Engine => "Choice of engine",
            Self::Training => "Train, Pause, Step, Reset",
            Self::Treatment => "Rotation, noise, preparation",
            Self::Place(place) => place.title(),
        }
    }
}

/// What a link shows of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// What is left out, in the order of [`Hideable::ALL`].
    pub hidden: Vec<Hideable>,
    /// Whether the loop stands alone, in a frame of another page.
    pub is_embedded: bool,
}

impl Shown {
    /// What `hide=…` names; `None` unless it knows every name.
    pub(super) fn hidden_of(value: &str) -> Option<Vec<Hideable>> {
        let names: Vec<&str> = value.split(',').collect();
        let known = |name: &&str| Hideable::ALL.iter().any(|part| part.slug() == *name);
        let hidden = Hideable::ALL.into_iter();
        let hidden = hidden.filter(|part| names.contains(&part.slug()));
        names.iter().all(known).then(|| hidden.collect())
    }

    /// The parts of a link that make another page show the same.
    pub(super) fn link_parts(&self) -> Vec<String> {
        let mut parts = Vec::new();
        if !self.hidden.is_empty() {
            let names: Vec<&str> = self.hidden.iter().map(|part| part.slug()).collect();
            parts.push(format!("hide={}", names.join(",")));
        }
        if self.is_embedded {
            parts.push("embed=1".to_owned());
        }
        parts
    }
}

/// Where those who open a shared link start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// What the page shows now.
    AsItIs,
    /// The page as it opens by itself.
    Fresh,
    /// The first page of a lesson, by its name in links.
    Lesson(String),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Message, Session};

    #[test]
    fn a_link_leaves_out_what_it_names() {
        let (mut session, _) = Session::open();
        session.update(Message::OpenLink(
            "hide=challenge,engine&embed=1".to_owned(),
        ));
        let expected = [Hideable::Engine, Hideable::Place(Place::Challenge)];
        assert_eq!(session.shown().hidden, expected);
        assert!(session.is_hidden(Hideable::Engine) && !session.is_hidden(Hideable::Training));
        assert!(
            session.is_hidden(Hideable::Recipe),
            "a frame has the loop alone"
        );
        assert!(
            !session.has_place(Place::Challenge),
            "it is nowhere to be jumped to"
        );
        assert!(session.shown().is_embedded);
        let fragment = session.link_fragment();
        assert!(
            fragment.ends_with("hide=engine,challenge&embed=1"),
            "{fragment}"
        );
    }

    #[test]
    fn an_unknown_part_is_left_out_of_the_link_with_a_notice() {
        let (mut session, _) = Session::open();
        session.update(Message::OpenLink("hide=engine,walls".to_owned()));
        assert!(session.shown().hidden.is_empty());
        assert!(session.notice().is_some());
    }

    #[test]
    fn a_shared_link_starts_where_it_is_told_to() {
        let (mut session, _) = Session::open();
        session.update(Message::OpenLink("rate=0.5".to_owned()));
        let shown = Shown {
            hidden: vec![Hideable::Data],
            is_embedded: false,
        };
        assert_eq!(session.shared_fragment(&Start::Fresh, &shown), "hide=data");
        let lesson = Start::Lesson("error".to_owned());
        assert_eq!(
            session.shared_fragment(&lesson, &shown),
            "lesson=error&hide=data"
        );
        let here = session.shared_fragment(&Start::AsItIs, &shown);
        assert!(
            here.contains("rate=0.5") && here.ends_with("&hide=data"),
            "{here}"
        );
    }

    #[test]
    fn every_part_has_a_name_of_its_own() {
        let mut names = Hideable::ALL.map(Hideable::slug).to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Hideable::ALL.len());
    }
}
