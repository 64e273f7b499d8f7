//! Two runs on the same item: what each makes of it, and what sets them apart.

use leptos::prelude::*;

use crate::page::charts::{N_BINS, SmallHistogram, small_histogram};
use crate::page::memo::Memo;
use crate::page::{
    store::Store,
    widgets::{Icon, Shown, icon, picture_view},
};
use crate::session::{
    Session,
    view::{BenchKind, ComparisonView, SideView},
};

/// The comparison; there is none before a run was kept.
pub(super) fn beside(store: Store) -> impl IntoView {
    let comparison = store.view(|session| session.comparison(N_BINS));
    let is_there = Memo::new(move |_| comparison.with(Option::is_some));
    store.rare(is_there, move |store| rare_sides(store, comparison))
}

#[inline(never)]
fn rare_sides(store: Store, comparison: Memo<Option<ComparisonView>>) -> AnyView {
    let obstacle = move || comparison.with(|it| it.as_ref().and_then(|it| it.obstacle.clone()));
    let rows = move || {
        comparison.with(|comparison| {
            let rows = comparison.iter().flat_map(|it| &it.rows).map(|row| {
                view! {
                    <tr>
                        <th scope="row">{row.title.clone()}</th>
                        <td>{row.sides[0].clone()}</td>
                        <td>{row.sides[1].clone()}</td>
                    </tr>
                }
            });
            rows.collect_view()
        })
    };
    let name =
        move |side: usize| comparison.with(|it| it.as_ref().map(|it| it.sides[side].name.clone()));
    view! {
        <section class="panel is-beside" aria-labelledby="beside-title">
            <h3 id="beside-title">"Side by side"</h3>
            <p class="hint" hidden=move || obstacle().is_none()>{obstacle}</p>
            <div class="sides">{side(store, comparison, 0)} {side(store, comparison, 1)}</div>
            <div class="table-frame">
                <table class="beside-table">
                    <caption class="visually-hidden">"Figures and settings of both runs"</caption>
                    <thead>
                        <tr>
                            <td></td>
                            <th scope="col">{move || name(0)}</th>
                            <th scope="col">{move || name(1)}</th>
                        </tr>
                    </thead>
                    <tbody>{move || rows()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// What one of the runs makes of the item.
fn side(store: Store, comparison: Memo<Option<ComparisonView>>, idx: usize) -> impl IntoView {
    let side =
        Memo::new(move |_| comparison.with(|it| it.as_ref().map(|it| it.sides[idx].clone())));
    let of = move |read: fn(&SideView) -> String| {
        side.with(|side| side.as_ref().map(read).unwrap_or_default())
    };
    let is_drawing = store.view(|session| session.kind().bench() == BenchKind::Drawing);
    let width = store.view(|session: &Session| session.picture_size().0);
    let picture = move |read: fn(&SideView) -> Shown| {
        Memo::new(move |_| side.with(|side| side.as_ref().map_or(Shown::Nothing, read)))
    };
    let reconstruction = picture(|side| {
        if side.reconstruction.is_empty() {
            Shown::Nothing
        } else {
            Shown::Ink(side.reconstruction.clone())
        }
    });
    let signed = picture(|side| {
        if side.signed_error.is_empty() {
            Shown::Nothing
        } else {
            Shown::Signed(side.signed_error.clone())
        }
    });
    let tone = move || match side.with(|side| side.as_ref().and_then(|side| side.is_anomaly)) {
        Some(true) => ("is-anomaly", Icon::Anomaly),
        Some(false) => ("is-normal", Icon::Normal),
        None => ("is-waiting", Icon::Waiting),
    };
    view! {
        <article class=move || format!("side {}", tone().0) aria-label=move || of(|side| side.name.clone())>
            <h4>{move || of(|side| side.name.clone())}</h4>
            <div class="side-pictures" hidden=move || !is_drawing.get()>
                {picture_view(width, reconstruction, move || {
                    format!("Reconstruction by {}", of(|side| side.name.clone()))
                })}
                {picture_view(width, signed, move || {
                    format!("Error map by {}", of(|side| side.name.clone()))
                })}
            </div>
            <p class="side-verdict">
                {move || icon(tone().1)} <strong>{move || of(|side| side.verdict.to_owned())}</strong>
                <span>{move || of(|side| side.sentence.clone())}</span>
            </p>
            {small_histogram(histogram_of(comparison, idx))}
        </article>
    }
}

fn histogram_of(comparison: Memo<Option<ComparisonView>>, idx: usize) -> Memo<SmallHistogram> {
    Memo::new(move |_| {
        comparison.with(|comparison| {
            let side = comparison.as_ref().map(|it| (&it.sides[idx], it.axis));
            side.map_or_else(Default::default, |(side, axis)| {
                let at = |value: f32| axis.position(value);
                SmallHistogram {
                    bins: side.bins.clone(),
                    threshold: side.threshold.map(at),
                    pin: side.error.map(at),
                }
            })
        })
    })
}
