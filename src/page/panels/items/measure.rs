//! The choice of error measure, and the weights of the weighted one.

use leptos::prelude::*;

use crate::anomaly::ErrorMeasure;
use crate::data::Form;
use crate::page::{
    store::Store,
    widgets::{choice, number, written},
};
use crate::session::{Knob, Message, RecipeMessage, Session};

const NAMES: [&str; 6] = [
    "Mean of squares (sum over n)",
    "Sum of squares",
    "Mean absolute",
    "Sum of absolute",
    "Maximum",
    "Weighted",
];

/// The measure of every error on the page; a change measures everything anew.
pub(super) fn measure(store: Store) -> impl IntoView {
    let selected = store.view(|session| place_of(&session.recipe().measure));
    let choose = move |idx: usize| {
        if let Some(measure) = measure_at(idx) {
            store.send(Message::Recipe(RecipeMessage::Tune(Knob::Measure(measure))));
        }
    };
    let weights = store.view(|session| match session.recipe().measure {
        ErrorMeasure::Weighted { .. } => Group::all(session),
        _ => Vec::new(),
    });
    let fields = move || {
        let groups = weights.get();
        let fields = groups.iter().enumerate();
        fields
            .map(|(group_idx, group)| weight_field(store, &groups, group_idx, group))
            .collect_view()
    };
    view! {
        <div class="measure">
            {choice("error-measure", "Error measure", NAMES.to_vec(), selected, choose)}
            <div class="weights" role="group" aria-label="Weights" hidden=move || weights.with(Vec::is_empty)>
                {move || fields()}
            </div>
        </div>
    }
}

/// Values that share one weight.
#[derive(Clone, Debug, PartialEq)]
struct Group {
    name: String,
    n_values: usize,
}

impl Group {
    /// The columns of a table; or the pixels, and the label where it is an input.
    fn all(session: &Session) -> Vec<Self> {
        let Some(dataset) = session.dataset() else {
            return Vec::new();
        };
        match dataset.form() {
            Form::Pictures { .. } => {
                let pixels = Self {
                    name: "Weight of the pixels".to_owned(),
                    n_values: dataset.n_features(),
                };
                let label = session.recipe().label_input.then(|| Self {
                    name: "Weight of the label".to_owned(),
                    n_values: 1,
                });
                [pixels].into_iter().chain(label).collect()
            }
            Form::Series(_) => vec![Self {
                name: "Weight of the samples".to_owned(),
                n_values: dataset.n_features(),
            }],
            Form::Table(schema) => {
                let columns = schema.spans();
                let group = columns.map(|(column, span)| Self {
                    name: format!("Weight of {}", column.name),
                    n_values: span.len(),
                });
                group.collect()
            }
        }
    }
}

fn weight_field(
    store: Store,
    groups: &[Group],
    group_idx: usize,
    group: &Group,
) -> impl IntoView + use<> {
    let sizes: Vec<usize> = groups.iter().map(|group| group.n_values).collect();
    let place: usize = sizes[..group_idx].iter().sum();
    let weight = store.view(move |session| written(session.recipe().measure.weight_of(place)));
    let set = move |weight: f64| {
        if !weight.is_finite() || weight < 0.0 {
            return;
        }
        let measure = store.peek(|session| {
            let measure = &session.recipe().measure;
            measure.with_weight(&sizes, group_idx, weight as f32)
        });
        store.send(Message::Recipe(RecipeMessage::Tune(Knob::Measure(measure))));
    };
    number(
        format!("weight-{group_idx}"),
        group.name.clone(),
        weight,
        set,
    )
}

fn place_of(measure: &ErrorMeasure) -> usize {
    match measure {
        ErrorMeasure::MeanSquared => 0,
        ErrorMeasure::SummedSquared => 1,
        ErrorMeasure::MeanAbsolute => 2,
        ErrorMeasure::SummedAbsolute => 3,
        ErrorMeasure::Maximum => 4,
        ErrorMeasure::Weighted { .. } => 5,
    }
}

fn measure_at(place: usize) -> Option<ErrorMeasure> {
    Some(match place {
        0 => ErrorMeasure::MeanSquared,
        1 => ErrorMeasure::SummedSquared,
        2 => ErrorMeasure::MeanAbsolute,
        3 => ErrorMeasure::SummedAbsolute,
        4 => ErrorMeasure::Maximum,
        5 => ErrorMeasure::Weighted {
            weights: Vec::new(),
        },
        _ => return None,
    })
}
