//! Colours, as the style sheet declares them, for what is painted on a canvas.

use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, prelude::Closure};

/// Red, green, blue.
pub(super) type Rgb = [u8; 3];

/// The colours that a canvas needs; they change with light and dark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Palette {
    pub(super) paper: Rgb,
    pub(super) ink: Rgb,
    pub(super) unexpected: Rgb,
    pub(super) missing: Rgb,
    /// The background of a panel.
    pub(super) surface: Rgb,
    /// What is written, and what has no label.
    pub(super) text: Rgb,
    /// One per digit.
    pub(super) digits: [Rgb; 10],
}

/// Reads the palette, and provides it as a signal that follows the visitor's preference.
pub(super) fn follow() {
    let palette = RwSignal::new(read());
    provide_context(palette);
    let Ok(Some(query)) = window().match_media("(prefers-color-scheme: dark)") else {
        return;
    };
    let on_change = Closure::<dyn FnMut()>::new(move || palette.set(read()));
    let listened =
        query.add_event_listener_with_callback("change", on_change.as_ref().unchecked_ref());
    if listened.is_ok() {
        on_change.forget();
    }
}

/// The palette of now.
pub(super) fn palette() -> RwSignal<Palette> {
    use_context().unwrap_or_else(|| RwSignal::new(read()))
}

fn read() -> Palette {
    Palette {
        paper: variable("--paper-rgb"),
        ink: variable("--ink-rgb"),
        unexpected: variable("--unexpected-rgb"),
        missing: variable("--missing-rgb"),
        surface: variable("--surface"),
        text: variable("--text"),
        digits: std::array::from_fn(|digit| variable(&format!("--digit-{digit}-rgb"))),
    }
}

/// A variable of three numbers, "12 34 56", or six hexadecimal digits, "#0c2238".
fn variable(name: &str) -> Rgb {
    let Some(root) = document().document_element() else {
        return [0; 3];
    };
    let Ok(Some(style)) = window().get_computed_style(&root) else {
        return [0; 3];
    };
    let text = style.get_property_value(name).unwrap_or_default();
    if let Some(digits) = text.trim().strip_prefix('#') {
        let channel = |idx: usize| digits.get(2 * idx..2 * idx + 2);
        return std::array::from_fn(|idx| {
            channel(idx)
                .and_then(|pair| u8::from_str_radix(pair, 16).ok())
                .unwrap_or(0)
        });
    }
    let mut parts = text
        .split_whitespace()
        .map(|part| part.parse().unwrap_or(0));
    std::array::from_fn(|_| parts.next().unwrap_or(0))
}

/// A colour as a canvas takes it.
pub(super) fn css([red, green, blue]: Rgb) -> String {
    format!("rgb({red} {green} {blue})")
}
