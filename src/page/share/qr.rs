//! A link as a QR code, drawn by the page itself.

use std::fmt::Write as _;

use crate::page::memo::Memo;
use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

/// Modules of white around a code, as the standard asks for.
const QUIET_ZONE: i32 = 4;

/// The code; nothing where a link is too long for one (2,953 bytes).
pub(super) fn qr_code(link: Memo<String>) -> impl IntoView {
    let code = Memo::new(move |_| link.with(|link| outline(link)));
    move || {
        code.get().map(|(side, path)| {
            view! {
                <svg
                    class="qr-code"
                    viewBox=format!("0 0 {side} {side}")
                    role="img"
                    aria-label="The link as a QR code"
                    shape-rendering="crispEdges"
                >
                    <rect class="qr-ground" width=side height=side />
                    <path class="qr-modules" d=path />
                </svg>
            }
        })
    }
}

/// The side in modules, the quiet zone included, and the dark modules as the `d` of a path.
fn outline(link: &str) -> Option<(i32, String)> {
    let code = QrCode::encode_text(link, QrCodeEcc::Low).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|&x| code.get_module(x, y)) {
            // A string takes everything that is written to it.
            let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET_ZONE, y + QUIET_ZONE);
        }
    }
    Some((code.size() + 2 * QUIET_ZONE, path))
}
