//! Which modules a source names: a reading of its paths, as far as the project's style needs one.

/// A path to something of this crate.
#[derive(Debug, PartialEq, Eq)]
pub struct Used {
    /// Counted from 1.
    pub line: usize,
    /// From the crate's root.
    pub path: Vec<String>,
}

/// All paths in the source of a module, whether in a `use` or in the code. Comments are not read, an inline module is
/// taken to be the last thing in its file, and a path without `crate`, `self` or `super` for one into a child.
pub fn used_in(text: &str, module: &[String]) -> Vec<Used> {
    let code: Vec<&str> = text.lines().map(without_comment).collect();
    let n_before_inline = code.iter().position(|line| is_inline_module(line));
    let n_before_inline = n_before_inline.unwrap_or(code.len());
    let joined = code.join("\n");
    let mut used = Vec::new();
    let mut at = 0;
    while let Some(start) = next_word(&joined, at) {
        let mut reader = Reader {
            text: &joined,
            at: start,
        };
        let mut paths = Vec::new();
        reader.tree(&[], &mut paths);
        let line = joined[..start].matches('\n').count() + 1;
        let is_inline = line > n_before_inline;
        let paths = paths.into_iter().filter(|path| path.len() > 1);
        let paths = paths.filter_map(|path| from_root(path, module, is_inline));
        used.extend(paths.map(|path| Used { line, path }));
        at = reader.at.max(start + 1);
    }
    used
}

fn without_comment(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

fn is_inline_module(line: &str) -> bool {
    line.starts_with("mod ") && line.ends_with('{')
}

/// Where the next word begins that no path leads to.
fn next_word(text: &str, from: usize) -> Option<usize> {
    let mut before = text[..from].chars().next_back().unwrap_or(' ');
    for (offset, character) in text[from..].char_indices() {
        if is_of_word(character) && !is_of_word(before) && before != ':' {
            return Some(from + offset);
        }
        before = character;
    }
    None
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The path from the crate's root; `None` where it leaves the crate.
fn from_root(path: Vec<String>, module: &[String], is_inline: bool) -> Option<Vec<String>> {
    let mut own = module.to_vec();
    if is_inline {
        own.push("(inline)".to_owned());
    }
    let mut parts = path.into_iter().peekable();
    match parts.peek()?.as_str() {
        "crate" => {
            parts.next();
            return Some(parts.collect());
        }
        "self" => {
            parts.next();
        }
        _ => {
            while parts.next_if(|part| part == "super").is_some() {
                own.pop()?;
            }
        }
    }
    own.extend(parts);
    Some(own)
}

/// Reads `a::{b, c::d}` as `a::b` and `a::c::d`.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn tree(&mut self, before: &[String], paths: &mut Vec<Vec<String>>) {
        let mut path = before.to_vec();
        loop {
            let word = self.word();
            if word.is_empty() {
                break;
            }
            path.push(word);
            if !self.takes("::") {
                break;
            }
            if self.takes("{") {
                self.group(&path, paths);
                return;
            }
        }
        paths.push(path);
    }

    fn group(&mut self, before: &[String], paths: &mut Vec<Vec<String>>) {
        loop {
            self.skip_space();
            let start = self.at;
            self.tree(before, paths);
            // What follows a name, such as `as other`, is of no interest.
            let rest = &self.text[self.at..];
            let Some(end) = rest.find([',', '}']) else {
                return;
            };
            self.at += end;
            let is_last = self.takes("}");
            if is_last || (!self.takes(",") && self.at == start) {
                return;
            }
        }
    }

    fn word(&mut self) -> String {
        let rest = &self.text[self.at..];
        let end = rest.find(|character| !is_of_word(character));
        let word = &rest[..end.unwrap_or(rest.len())];
        self.at += word.len();
        word.to_owned()
    }

    fn takes(&mut self, mark: &str) -> bool {
        let is_next = self.text[self.at..].starts_with(mark);
        if is_next {
            self.at += mark.len();
        }
        is_next
    }

    fn skip_space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str, module: &str) -> Vec<String> {
        let module: Vec<String> = module.split("::").map(str::to_owned).collect();
        let used = used_in(text, &module).into_iter();
        used.map(|used| used.path.join("::")).collect()
    }

    #[test]
    fn groups_are_read_as_the_paths_in_them() {
        let text = "use crate::{\n    a::{self, b as c},\n    d::E, // not crate::f\n};\n";
        assert_eq!(paths(text, "x"), ["a::self", "a::b", "d::E"]);
    }

    #[test]
    fn paths_lead_from_where_they_stand() {
        assert_eq!(paths("use super::super::C;", "a::b"), ["C"]);
        assert_eq!(paths("fn f() { self::c::g() }", "a::b"), ["a::b::c::g"]);
        assert_eq!(paths("pub use c::D;", "a::b"), ["a::b::c::D"]);
        assert_eq!(paths("#[serde(with = \"crate::e::f\")]", "a"), ["e::f"]);
        assert_eq!(
            paths("mod tests {\n    use super::super::C;\n}", "a::b"),
            ["a::C"]
        );
    }

    #[test]
    fn a_line_is_that_of_the_paths_beginning() {
        let used = used_in("\n\nuse crate::{\n    a::B,\n};\n", &["x".to_owned()]);
        assert_eq!(used[0].line, 3);
    }

    #[test]
    fn words_without_a_path_and_broken_sources_are_no_harm() {
        assert!(paths("pub(crate) fn f(crate_idx: usize) {}", "a").is_empty());
        assert_eq!(paths("use crate::{a::B", "x"), ["a::B"]);
    }
}
