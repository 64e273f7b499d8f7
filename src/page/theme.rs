//! Colours, as the style sheet declares them, for what is painted on a canvas.

use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, prelude::Closure};
use web_sys::EventTarget;

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
    /// Those of the classes, by [`colour_of_class`].
    pub(super) classes: [Rgb; N_CLASS_COLOURS],
}

/// There are no more colours than these that can be told apart.
const N_CLASS_COLOURS: usize = 10;

/// Which of the colours a class has: those of ten digits differ; more classes than that share them in turn, and their
/// names tell them apart.
pub(super) fn colour_of_class(class: u8) -> usize {
    usize::from(class) % N_CLASS_COLOURS
}

/// Stands at the root while the page is being printed; the style sheet is light then, whatever the reader prefers.
const PRINTING: &str = "is-printing";

/// Reads the palette, and provides it as a signal that follows the reader's preference, and the printer.
pub(super) fn follow() {
    let palette = RwSignal::new(read());
    provide_context(palette);
    for (event, is_printing) in [("beforeprint", true), ("afterprint", false)] {
        listen(&window(), event, move || {
            if let Some(root) = document().document_element() {
                // What a canvas shows must be painted before the sheet is made, and the style counts at once.
                let _ = root.class_list().toggle_with_force(PRINTING, is_printing);
            }
            palette.set(read());
        });
    }
    if let Ok(Some(query)) = window().match_media("(prefers-color-scheme: dark)") {
        listen(&query, "change", move || palette.set(read()));
    }
}

fn listen(target: &EventTarget, event: &str, react: impl FnMut() + 'static) {
    let react = Closure::<dyn FnMut()>::new(react);
    let listened = target.add_event_listener_with_callback(event, react.as_ref().unchecked_ref());
    if listened.is_ok() {
        react.forget();
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
        classes: std::array::from_fn(|colour| variable(&format!("--class-{colour}-rgb"))),
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
