//! A folder of files as a static web site.

use std::path::{Component, Path, PathBuf};

/// A folder, served below a path.
pub struct Site {
    folder: PathBuf,
    /// Starts and ends with a slash.
    prefix: String,
}

/// What a browser gets for a path.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    /// The content of a file.
    File {
        /// Its bytes.
        content: Vec<u8>,
        /// Its MIME type.
        mime_type: &'static str,
    },
    /// The path lacks the slash that makes relative addresses work.
    MovedTo(String),
    /// There is no such file here.
    NotFound,
}

impl Site {
    /// `prefix` is a path such as `/some/repo/`; the slashes around it may be left out.
    pub fn new(folder: PathBuf, prefix: &str) -> Self {
        let inner = prefix.trim_matches('/');
        let prefix = if inner.is_empty() {
            "/".to_owned()
        } else {
            format!("/{inner}/")
        };
        Self { folder, prefix }
    }

    /// The path of the first page.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Answers a request for a URL, which may have a query.
    pub fn answer(&self, url: &str) -> Answer {
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let Some(inner) = path.strip_prefix(&self.prefix) else {
            let slash_missing = format!("{path}/") == self.prefix;
            return if slash_missing {
                Answer::MovedTo(self.prefix.clone())
            } else {
                Answer::NotFound
            };
        };
        let relative = decode_percent(inner).map(PathBuf::from);
        let Some(relative) = relative.filter(|path| stays_inside(path)) else {
            return Answer::NotFound;
        };
        let mut file = self.folder.join(relative);
        if inner.is_empty() || inner.ends_with('/') {
            file.push("index.html");
        }
        match std::fs::read(&file) {
            Ok(content) => Answer::File {
                content,
                mime_type: mime_type(&file),
            },
            Err(_) => Answer::NotFound,
        }
    }
}

fn stays_inside(path: &Path) -> bool {
    path.components()
        .all(|component| matches!(component, Component::Normal(_)))
}

/// `None` if the text is broken.
fn decode_percent(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

fn mime_type(path: &Path) -> &'static str {
    let extension = path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default();
    match extension {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "md" | "txt" => "text/plain; charset=utf-8",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// This program's own sources, below a prefix.
    fn site() -> Site {
        Site::new(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            "some/repo",
        )
    }

    #[test]
    fn files_are_found_below_the_prefix_only() {
        assert!(matches!(
            site().answer("/some/repo/main.rs?v=1"),
            Answer::File { .. }
        ));
        assert!(matches!(
            site().answer("/some/repo/setup/mod%2ers"),
            Answer::File { .. }
        ));
        assert_eq!(site().answer("/main.rs"), Answer::NotFound);
        assert_eq!(site().answer("/some/repo/missing.rs"), Answer::NotFound);
        assert_eq!(site().answer("/some/repo/setup"), Answer::NotFound);
    }

    #[test]
    fn a_prefix_without_its_slash_is_completed() {
        assert_eq!(
            site().answer("/some/repo"),
            Answer::MovedTo("/some/repo/".to_owned())
        );
    }

    #[test]
    fn nothing_outside_of_the_folder_is_given_away() {
        for path in [
            "../Cargo.toml",
            "setup/../../Cargo.toml",
            "%2e%2e/Cargo.toml",
            "..%2fCargo.toml",
            "/etc/hostname",
            "%2fetc%2fhostname",
        ] {
            assert_eq!(
                site().answer(&format!("/some/repo/{path}")),
                Answer::NotFound,
                "{path}"
            );
        }
    }

    #[test]
    fn broken_addresses_are_not_found() {
        for path in ["%", "%2", "%zz", "%ff", "%é"] {
            assert_eq!(
                site().answer(&format!("/some/repo/{path}")),
                Answer::NotFound,
                "{path}"
            );
        }
    }

    #[test]
    fn binaries_have_the_type_that_browsers_compile_while_loading() {
        assert_eq!(mime_type(Path::new("page_bg.wasm")), "application/wasm");
        assert_eq!(
            mime_type(Path::new("digits.bin")),
            "application/octet-stream"
        );
    }
}
