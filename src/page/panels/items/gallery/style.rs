//! The measures of a card, as the style sheet has them (`www/style/gallery.css`), in its pixels.

use crate::session::view::CardStyle;

/// From this width of the gallery on there is room.
const ROOMY: f64 = 560.0;

/// The narrowest card on a phone, and where there is room.
const NARROWEST: f64 = 150.0;
const COMFORTABLE: f64 = 168.0;

/// How cards are laid out in a gallery of some width.
pub(super) fn card_style(width: f64) -> CardStyle {
    CardStyle {
        gap: 10.0,
        narrowest: if width < ROOMY {
            NARROWEST
        } else {
            COMFORTABLE
        },
        // Two lines of words and the edges.
        height_of_words: 68.0,
        width_of_edges: 18.0,
    }
}
