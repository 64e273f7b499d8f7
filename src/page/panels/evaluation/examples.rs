//! What is told apart, as pictures; the rows of a table have none.

use leptos::prelude::*;

use crate::page::memo::Memo;
use crate::page::{
    store::Store,
    widgets::{Shown, picture_view},
};
use crate::session::{EvaluationExamples, Session};

/// A normal picture and what each kind of anomaly makes of it.
#[derive(Clone, Copy)]
pub(super) struct Examples(Memo<Option<EvaluationExamples>>);

impl Examples {
    pub(super) fn new(store: Store) -> Self {
        Self(store.view(Session::evaluation_examples))
    }

    /// The picture as it was.
    pub(super) fn normal(self) -> impl IntoView {
        let picture = move || self.0.with(|it| Some(it.as_ref()?.normal.clone()));
        self.picture(picture, || "A normal picture".to_owned())
    }

    /// What one kind makes of it; `kind_idx` counts from 0.
    pub(super) fn of_kind(self, kind_idx: usize) -> impl IntoView {
        self.of(move || kind_idx, || "Example".to_owned())
    }

    /// What the kind at hand makes of it.
    pub(super) fn of(
        self,
        kind_idx: impl Fn() -> usize + Send + Sync + 'static,
        description: impl Fn() -> String + Copy + Send + 'static,
    ) -> impl IntoView {
        let picture = move || {
            let kind_idx = kind_idx();
            self.0
                .with(|it| it.as_ref()?.anomalies.get(kind_idx).cloned())
        };
        self.picture(picture, description)
    }

    fn picture(
        self,
        picture: impl Fn() -> Option<Vec<f32>> + Send + Sync + 'static,
        description: impl Fn() -> String + Copy + Send + 'static,
    ) -> impl IntoView {
        let examples = self.0;
        let width = Memo::new(move |_| examples.with(|it| it.as_ref().map_or(1, |it| it.width)));
        let shown = Memo::new(move |_| {
            let picture = picture().filter(|picture| !picture.is_empty());
            picture.map_or(Shown::Nothing, Shown::Ink)
        });
        let is_there = Memo::new(move |_| shown.with(|shown| *shown != Shown::Nothing));
        move || {
            is_there
                .get()
                .then(|| picture_view(width, shown, description))
        }
    }
}
