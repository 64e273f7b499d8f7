//! Times as the reader reads them.

use js_sys::{Date, Object, Reflect};

/// "29 November 2026 at 19:35", for milliseconds since 1970.
pub(super) fn in_words(milliseconds: f64) -> String {
    let styles = Object::new();
    for (part, style) in [("dateStyle", "long"), ("timeStyle", "short")] {
        // An object of one's own takes whatever it is given.
        drop(Reflect::set(&styles, &part.into(), &style.into()));
    }
    let date = Date::new(&milliseconds.into());
    date.to_locale_string("en-GB", &styles).into()
}
