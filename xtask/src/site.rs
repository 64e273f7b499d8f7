//! A folder of files as a static web site.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::{files, offline};

/// For how long a browser may keep a file, where that is not said for each site: it has to ask every time.
const NO_CACHE: &str = "no-cache";
/// What GitHub Pages says of every file.
const TEN_MINUTES: &str = "max-age=600";

/// What takes the place of the service worker while the page is worked on: it removes whatever an earlier one keeps,
/// so that every build is seen at once.
const NOTHING_KEPT: &str = "\
self.addEventListener(\"install\", () => self.skipWaiting());
self.addEventListener(\"activate\", (event) => event.waitUntil(removeAll()));

async function removeAll() {
  const own = (await caches.keys()).filter((name) => name.startsWith(`${self.registration.scope} `));
  await Promise.all(own.map((name) => caches.delete(name)));
  await self.registration.unregister();
  for (const page of await self.clients.matchAll()) page.navigate(page.url);
}
";

/// A folder, served below a path.
pub struct Site {
    folder: PathBuf,
    is_kept_offline: bool,
    /// Starts and ends with a slash.
    prefix: String,
    cache_control: &'static str,
    /// The files that are sent compressed to a browser that understands it.
    gzipped: HashMap<PathBuf, Vec<u8>>,
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
        /// Whether the content is compressed by gzip.
        is_gzipped: bool,
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
        Self {
            folder,
            prefix,
            is_kept_offline: true,
            cache_control: NO_CACHE,
            gzipped: HashMap::new(),
        }
    }

    /// Serves as GitHub Pages does: what gets smaller by it is compressed, and kept for ten minutes.
    pub fn published(folder: PathBuf, prefix: &str) -> Result<Self> {
        let compressed_of = |path: PathBuf| -> Result<_> {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(&files::read(&path)?)?;
            Ok((path, encoder.finish()?))
        };
        let paths = files::below(&folder)?.into_iter();
        let gzipped = paths
            .filter(|path| is_compressible(path))
            .map(compressed_of)
            .collect::<Result<_>>()?;
        Ok(Self {
            cache_control: TEN_MINUTES,
            gzipped,
            ..Self::new(folder, prefix)
        })
    }

    /// For how long a browser may keep a file.
    pub fn cache_control(&self) -> &'static str {
        self.cache_control
    }

    /// The same site, of which no browser keeps anything.
    #[must_use]
    pub fn never_kept(mut self) -> Self {
        self.is_kept_offline = false;
        self
    }

    /// The path of the first page.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Answers a request for a URL, which may have a query.
    pub fn answer(&self, url: &str, takes_gzip: bool) -> Answer {
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
        if !self.is_kept_offline && inner == offline::SCRIPT {
            return Answer::File {
                content: NOTHING_KEPT.into(),
                mime_type: mime_type(Path::new(offline::SCRIPT)),
                is_gzipped: false,
            };
        }
        let mut file = self.folder.join(relative);
        if inner.is_empty() || inner.ends_with('/') {
            file.push("index.html");
        }
        if let Some(content) = self.gzipped.get(&file).filter(|_| takes_gzip) {
            return Answer::File {
                content: content.clone(),
                mime_type: mime_type(&file),
                is_gzipped: true,
            };
        }
        match std::fs::read(&file) {
            Ok(content) => Answer::File {
                content,
                mime_type: mime_type(&file),
                is_gzipped: false,
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

/// Whether a host compresses the file on its way: text and binaries, but not what is compressed already or unknown.
fn is_compressible(path: &Path) -> bool {
    !matches!(
        mime_type(path),
        "application/octet-stream" | "font/woff2" | "image/png"
    )
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
    use std::io::Read as _;

    use flate2::read::GzDecoder;

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
            site().answer("/some/repo/main.rs?v=1", true),
            Answer::File { .. }
        ));
        assert!(matches!(
            site().answer("/some/repo/setup/mod%2ers", true),
            Answer::File { .. }
        ));
        assert_eq!(site().answer("/main.rs", true), Answer::NotFound);
        assert_eq!(
            site().answer("/some/repo/missing.rs", true),
            Answer::NotFound
        );
        assert_eq!(site().answer("/some/repo/setup", true), Answer::NotFound);
    }

    #[test]
    fn a_prefix_without_its_slash_is_completed() {
        assert_eq!(
            site().answer("/some/repo", true),
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
                site().answer(&format!("/some/repo/{path}"), true),
                Answer::NotFound,
                "{path}"
            );
        }
    }

    #[test]
    fn broken_addresses_are_not_found() {
        for path in ["%", "%2", "%zz", "%ff", "%é"] {
            assert_eq!(
                site().answer(&format!("/some/repo/{path}"), true),
                Answer::NotFound,
                "{path}"
            );
        }
    }

    #[test]
    fn a_published_site_compresses_text_for_those_who_take_it() {
        let www = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www");
        let site = Site::published(www, "").expect("readable files");
        let sent = |path: &str, takes_gzip| match site.answer(path, takes_gzip) {
            Answer::File {
                content,
                is_gzipped,
                ..
            } => (content, is_gzipped),
            _ => panic!("{path} is there"),
        };
        let (plain, is_gzipped) = sent("/style/page.css", false);
        assert!(!is_gzipped);
        let (compressed, is_gzipped) = sent("/style/page.css", true);
        assert!(is_gzipped && compressed.len() < plain.len());
        let mut decoded = Vec::new();
        GzDecoder::new(compressed.as_slice())
            .read_to_end(&mut decoded)
            .expect("gzip");
        assert_eq!(decoded, plain);
        assert!(!sent("/data/digits.bin", true).1);
        assert_eq!(site.cache_control(), "max-age=600");
    }

    #[test]
    fn a_site_that_is_worked_on_is_kept_by_no_browser() {
        let answer = site().never_kept().answer("/some/repo/sw.js", true);
        let Answer::File {
            content, mime_type, ..
        } = answer
        else {
            panic!("{answer:?}");
        };
        assert!(String::from_utf8_lossy(&content).contains("registration.unregister()"));
        assert_eq!(mime_type, "text/javascript; charset=utf-8");
        assert_eq!(site().answer("/some/repo/sw.js", false), Answer::NotFound);
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
