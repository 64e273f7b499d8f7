//! Another file, judged by the network at hand: how many of its items are flagged, what does not fit, and the worst ones.

use leptos::prelude::*;

use super::list::PAGE_SIZE;
use super::turning::turning;
use crate::anomaly::{decimals_for, format_error};
use crate::page::charts::{SmallHistogram, small_histogram};
use crate::page::memo::Memo;
use crate::page::{
    download,
    store::Store,
    widgets::{Icon, icon},
};
use crate::session::{
    Message, NextFileMessage, Session,
    view::{NextFileView, NextItemView, NextItemsView},
};

type File = Memo<Option<NextFileView>>;

/// The section above the list of all items; nothing where there is no other file.
pub(super) fn next_file(store: Store) -> impl IntoView {
    let file = store.view(Session::next_file);
    let is_there = Memo::new(move |_| file.with(Option::is_some));
    store.rare(is_there, move |store| rare_file(store, file))
}

#[inline(never)]
fn rare_file(store: Store, file: File) -> AnyView {
    let of = move |part: fn(&NextFileView) -> String| {
        move || file.with(|file| file.as_ref().map(part).unwrap_or_default())
    };
    let expected = move || file.with(|file| file.as_ref()?.expected.clone());
    let known = move || file.with(|file| file.as_ref()?.known.clone());
    let is_old = move || file.with(|file| file.as_ref().is_some_and(|it| it.is_old));
    view! {
        <section class="panel is-next-file" aria-labelledby="next-file-title">
            <h3 id="next-file-title">{of(|file| file.name.clone())}</h3>
            <p class="hint">{of(|file| format!("{}, judged by the network at hand", file.description))}</p>
            <p class="next-file-verdict">{of(|file| file.standing.clone())}</p>
            <p hidden=move || expected().is_none()>{expected}</p>
            <p hidden=move || known().is_none()>{known}</p>
            <p class="hint" hidden=move || !is_old()>"By earlier weights; judged again when training rests."</p>
            {progress(file)} {remarks(file)} {histograms(store, file)} {worst(store)} {actions(store, file)}
        </section>
    }
    .into_any()
}

fn progress(file: File) -> impl IntoView {
    let share = move || file.with(|file| file.as_ref()?.progress);
    let percent = move || share().unwrap_or(0.0) * 100.0;
    view! {
        <div
            class="progress"
            role="progressbar"
            aria-label="Judging the other file"
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || format!("{:.0}", percent())
            hidden=move || share().is_none()
        >
            <span style:width=move || format!("{:.1}%", percent())></span>
        </div>
    }
}

/// What does not fit, a line each.
fn remarks(file: File) -> impl IntoView {
    let remarks = Memo::new(move |_| {
        file.with(|file| file.as_ref().map(|it| it.remarks.clone()))
            .unwrap_or_default()
    });
    let lines = move || {
        let lines = remarks.get().into_iter();
        lines.map(|it| view! { <li>{it}</li> }).collect_view()
    };
    view! {
        <div hidden=move || remarks.with(Vec::is_empty)>
            <h4>"What is not as it was"</h4>
            <ul class="next-file-remarks">{move || lines()}</ul>
        </div>
    }
}

/// The errors of the file above those of the calibration items, on one axis.
fn histograms(store: Store, file: File) -> impl IntoView {
    let several = store.view(|session| session.nouns().1);
    let of = move |is_next: bool| {
        Memo::new(move |_| {
            file.with(|file| {
                let histogram = file.as_ref().and_then(|it| it.histogram.as_ref());
                histogram.map_or_else(SmallHistogram::default, |it| SmallHistogram {
                    bins: if is_next {
                        it.next.clone()
                    } else {
                        it.calibration.clone()
                    },
                    threshold: it.threshold,
                    pin: None,
                })
            })
        })
    };
    let is_absent = move || file.with(|file| file.as_ref().is_none_or(|it| it.histogram.is_none()));
    view! {
        <div class="next-file-histograms" hidden=is_absent>
            <p>"Errors of this file"</p>
            {small_histogram(of(true))}
            <p>{move || format!("Errors of the calibration {}", several.get())}</p>
            {small_histogram(of(false))}
        </div>
    }
}

/// The items with the largest errors.
fn worst(store: Store) -> impl IntoView {
    let start = RwSignal::new(0);
    let items = store.view_with_signals(move |session| session.next_items(start.get(), PAGE_SIZE));
    let names = Memo::new(move |_| items.with(|items| items.names.clone()));
    let n_listed = Memo::new(move |_| items.with(|items| items.n_listed));
    let headers = move || {
        let names = names.get().into_iter();
        names
            .map(|name| view! { <th scope="col">{name}</th> })
            .collect_view()
    };
    let rows = move || {
        items.with(|items| {
            let decimals = decimals_for(items.rows.iter().map(|row| row.error));
            let rows = items.rows.iter();
            rows.map(|it| row(store, it, decimals)).collect_view()
        })
    };
    view! {
        <div hidden=move || n_listed.get() == 0>
            <div class="items-frame">
                <table class="items-table is-next-file">
                    <caption>{move || items.with(caption)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"where"</th>
                            <th scope="col">"error"</th>
                            <th scope="col">"p-value"</th>
                            <th scope="col">"verdict"</th>
                            <th scope="col">"mostly because of"</th>
                            {move || headers()}
                        </tr>
                    </thead>
                    <tbody>{move || rows()}</tbody>
                </table>
            </div>
            {turning("Pages of the other file", start, n_listed)}
        </div>
    }
}

fn caption(items: &NextItemsView) -> String {
    format!(
        "The {} largest errors of the file, the largest first",
        items.n_listed
    )
}

fn row(store: Store, item: &NextItemView, decimals: usize) -> impl IntoView + use<> {
    let index = item.item;
    let place = item.place.clone();
    let name = format!("Show {place} on the bench");
    let lay = move |_| store.send(Message::NextFile(NextFileMessage::Lay(index)));
    let verdict = if item.is_anomaly {
        view! { <span class="item-verdict is-anomaly">{icon(Icon::Anomaly)} <span>"anomaly"</span></span> }
    } else {
        view! { <span class="item-verdict is-normal">{icon(Icon::Normal)} <span>"normal"</span></span> }
    };
    let cells = item
        .cells
        .iter()
        .map(|cell| view! { <td>{cell.clone()}</td> })
        .collect_view();
    view! {
        <tr>
            <td>
                <button type="button" class="button item-index" aria-label=name on:click=lay>
                    {place}
                </button>
            </td>
            <td class="item-error">{format!("{:.decimals$}", item.error)}</td>
            <td>{item.p_value.map(format_error)}</td>
            <td>{verdict}</td>
            <td class="next-file-reasons">{item.reasons.join("; ")}</td>
            {cells}
        </tr>
    }
}

fn actions(store: Store, file: File) -> impl IntoView {
    let is_measured = Memo::new(move |_| {
        file.with(|file| file.as_ref().is_some_and(|it| it.histogram.is_some()))
    });
    let save = move |_| {
        if let Some(file) = store.peek(Session::next_scores_csv) {
            download::save_file(&file);
        }
    };
    let send =
        move |message: NextFileMessage| move |_| store.send(Message::NextFile(message.clone()));
    view! {
        <div class="next-file-actions">
            <button type="button" class="button" disabled=move || !is_measured.get() on:click=save>
                "Save scores as CSV"
            </button>
            <button type="button" class="button is-quiet" on:click=send(NextFileMessage::OpenAnew)>
                "Open it for itself: begin anew with it"
            </button>
            <button type="button" class="button is-quiet" on:click=send(NextFileMessage::TakeAway)>
                "Take it away"
            </button>
        </div>
    }
}
