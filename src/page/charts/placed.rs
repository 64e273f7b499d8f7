//! Marks along a track: the style sheet shifts a mark to where it stands, which costs less than to lay it out anew.

/// The property of a mark's style that says where on its track it stands.
pub(crate) const AT: &str = "--at";

/// A place on the track, 0…1, as the value of [`AT`].
pub(crate) fn place(share: f32) -> String {
    format!("{share:.4}")
}
