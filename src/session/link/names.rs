//! Values by their names in links.

/// The name of a value; empty for one without.
pub(super) fn name_in<T: PartialEq>(names: &[(&str, T)], wanted: &T) -> String {
    let found = names.iter().find(|(_, known)| known == wanted);
    found.map_or_else(String::new, |(name, _)| (*name).to_owned())
}

/// The value of a name; `None` for an unknown one.
pub(super) fn find_in<T: Clone>(names: &[(&str, T)], wanted: &str) -> Option<T> {
    names
        .iter()
        .find(|(name, _)| *name == wanted)
        .map(|(_, value)| value.clone())
}
