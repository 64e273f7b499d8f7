//! A folder of files as a static web site: tower-http's `ServeDir`, below a path and with the headers of a host.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION};
use hyper::{Request, Response, StatusCode, Uri};
use tower_http::services::ServeDir;

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

/// Files are read in pieces of so many bytes; the binaries are megabytes.
const BYTES_AT_ONCE: usize = 1 << 20;
/// What a host compresses on its way: text and binaries, but not what is compressed already or unknown.
const COMPRESSIBLE: [&str; 9] = [
    "css",
    "html",
    "js",
    "json",
    "md",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
];

/// What is sent of a file or in place of one.
pub type Content = UnsyncBoxBody<Bytes, io::Error>;

/// A folder, served below a path.
#[derive(Clone)]
pub struct Site {
    files: ServeDir,
    is_kept_offline: bool,
    /// Starts and ends with a slash.
    prefix: String,
    cache_control: &'static str,
}

impl Site {
    /// `prefix` is a path such as `/some/repo/`; the slashes around it may be left out.
    pub fn new(folder: impl AsRef<Path>, prefix: &str) -> Self {
        let inner = prefix.trim_matches('/');
        let prefix = if inner.is_empty() {
            "/".to_owned()
        } else {
            format!("/{inner}/")
        };
        Self {
            files: ServeDir::new(folder)
                .redirect_path_prefix(prefix.trim_end_matches('/'))
                .with_buf_chunk_size(BYTES_AT_ONCE),
            prefix,
            is_kept_offline: true,
            cache_control: NO_CACHE,
        }
    }

    /// Serves as GitHub Pages does: what gets smaller by it is compressed, and kept for ten minutes.
    ///
    /// What is served is a copy, in the folder `packed`, with a compressed file beside each that gets smaller.
    pub fn published(folder: &Path, prefix: &str, packed: &Path) -> Result<Self> {
        if packed.exists() {
            fs::remove_dir_all(packed)
                .with_context(|| format!("{} cannot be removed", packed.display()))?;
        }
        for path in files::below(folder)? {
            let content = files::read(&path)?;
            let copy = packed.join(path.strip_prefix(folder)?);
            if let Some(beside) = name_of_packed(&copy) {
                files::write(&beside, gzip(&content)?)?;
            }
            files::write(&copy, content)?;
        }
        let site = Self::new(packed, prefix);
        Ok(Self {
            cache_control: TEN_MINUTES,
            files: site.files.precompressed_gzip(),
            ..site
        })
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

    /// Answers a request, whose address may have a query. With a file goes its length, as static hosts send it, so that
    /// the page can say how much has arrived.
    pub async fn answer<B: Send + 'static>(&self, mut request: Request<B>) -> Response<Content> {
        let path = request.uri().path();
        let Some(inner) = path.strip_prefix(&self.prefix) else {
            let is_slash_missing = format!("{path}/") == self.prefix;
            return if is_slash_missing {
                self.first_page()
            } else {
                plain(StatusCode::NOT_FOUND, "There is no such file.\n")
            };
        };
        let mut response = if !self.is_kept_offline && inner == offline::SCRIPT {
            let mut response = plain(StatusCode::OK, NOTHING_KEPT);
            let script = HeaderValue::from_static("text/javascript");
            response.headers_mut().insert(CONTENT_TYPE, script);
            response
        } else if let Ok(address) = Uri::try_from(format!("/{inner}")) {
            *request.uri_mut() = address;
            let found = self.files.clone().try_call(request).await;
            found.map_or_else(
                |error| unread(&error),
                |found| found.map(BodyExt::boxed_unsync),
            )
        } else {
            plain(StatusCode::NOT_FOUND, "There is no such file.\n")
        };
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(self.cache_control));
        say_encoding(headers);
        response
    }

    /// Where relative addresses work.
    fn first_page(&self) -> Response<Content> {
        let mut response = plain(StatusCode::PERMANENT_REDIRECT, "");
        if let Ok(path) = HeaderValue::from_str(&self.prefix) {
            response.headers_mut().insert(LOCATION, path);
        }
        response
    }
}

fn plain(status: StatusCode, content: &'static str) -> Response<Content> {
    let content = Full::from(content).map_err(|never| match never {});
    let mut response = Response::new(content.boxed_unsync());
    *response.status_mut() = status;
    let text = HeaderValue::from_static("text/plain");
    response.headers_mut().insert(CONTENT_TYPE, text);
    response
}

fn unread(error: &io::Error) -> Response<Content> {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            plain(StatusCode::NOT_FOUND, "There is no such file.\n")
        }
        _ => plain(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The file cannot be read.\n",
        ),
    }
}

/// Our texts are all in UTF-8; a browser would guess.
fn say_encoding(headers: &mut HeaderMap) {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let text = kind.filter(|kind| kind.starts_with("text/") && !kind.contains(';'));
    if let Some(Ok(kind)) = text.map(|kind| HeaderValue::try_from(format!("{kind}; charset=utf-8")))
    {
        headers.insert(CONTENT_TYPE, kind);
    }
}

/// Where the compressed file stands; `None` for what is not compressed on its way.
fn name_of_packed(path: &Path) -> Option<PathBuf> {
    let extension = path.extension()?.to_str()?;
    let is_compressible = COMPRESSIBLE.contains(&extension);
    is_compressible.then(|| path.with_extension(format!("{extension}.gz")))
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;
    use hyper::header::{ACCEPT_ENCODING, CONTENT_ENCODING};
    use tokio::runtime;

    use super::*;

    /// This program's own sources, below a prefix.
    fn site() -> Site {
        Site::new(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            "some/repo",
        )
    }

    /// The head of an answer and its content.
    fn answer(site: &Site, path: &str, encoding: &'static str) -> (Response<()>, Vec<u8>) {
        let request = Request::get(path).header(ACCEPT_ENCODING, encoding);
        let request = request.body(String::new()).expect("a valid address");
        let runtime = runtime::Builder::new_current_thread().build();
        runtime.expect("a thread").block_on(async {
            let (head, content) = site.answer(request).await.into_parts();
            let content = content.collect().await.expect("readable files");
            (Response::from_parts(head, ()), content.to_bytes().to_vec())
        })
    }

    fn status(path: &str) -> StatusCode {
        answer(&site(), path, "gzip").0.status()
    }

    #[test]
    fn files_are_found_below_the_prefix_only() {
        assert_eq!(status("/some/repo/main.rs?v=1"), 200);
        assert_eq!(status("/some/repo/setup/mod%2ers"), 200);
        for path in [
            "/main.rs",
            "/some/repo/missing.rs",
            "/some/repo/main.rs/x",
            "/some/repo/setup/",
        ] {
            assert_eq!(status(path), 404, "{path}");
        }
    }

    #[test]
    fn a_path_without_its_slash_is_completed() {
        for (path, completed) in [
            ("/some/repo", "/some/repo/"),
            ("/some/repo/setup", "/some/repo/setup/"),
        ] {
            let (head, _) = answer(&site(), path, "");
            assert!(head.status().is_redirection(), "{path}");
            assert_eq!(head.headers()[LOCATION], completed);
        }
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
            assert_eq!(status(&format!("/some/repo/{path}")), 404, "{path}");
        }
    }

    #[test]
    fn broken_addresses_are_not_found() {
        for path in ["%", "%2", "%zz", "%ff"] {
            assert_eq!(status(&format!("/some/repo/{path}")), 404, "{path}");
        }
    }

    #[test]
    fn a_published_site_compresses_text_for_those_who_take_it() {
        let www = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www");
        let packed = std::env::temp_dir().join(format!("bottleneck-site-{}", std::process::id()));
        let site = Site::published(&www, "", &packed).expect("readable files");
        let (head, plain) = answer(&site, "/style/page.css", "br");
        assert!(!head.headers().contains_key(CONTENT_ENCODING));
        let (head, compressed) = answer(&site, "/style/page.css", "br, gzip");
        let headers = head.headers();
        assert_eq!(headers[CONTENT_ENCODING], "gzip");
        assert_eq!(headers["content-length"], compressed.len().to_string());
        assert_eq!(headers[CACHE_CONTROL], "max-age=600");
        assert_eq!(headers[CONTENT_TYPE], "text/css; charset=utf-8");
        assert!(compressed.len() < plain.len());
        let mut decoded = Vec::new();
        GzDecoder::new(compressed.as_slice())
            .read_to_end(&mut decoded)
            .expect("gzip");
        assert_eq!(decoded, plain);
        let (head, _) = answer(&site, "/data/digits.bin", "gzip");
        assert!(!head.headers().contains_key(CONTENT_ENCODING));
        let _ = fs::remove_dir_all(packed);
    }

    #[test]
    fn a_site_that_is_worked_on_is_kept_by_no_browser() {
        let (head, script) = answer(&site().never_kept(), "/some/repo/sw.js", "gzip");
        assert!(String::from_utf8_lossy(&script).contains("registration.unregister()"));
        assert_eq!(
            head.headers()[CONTENT_TYPE],
            "text/javascript; charset=utf-8"
        );
        assert_eq!(status("/some/repo/sw.js"), 404);
    }

    #[test]
    fn files_have_the_types_that_browsers_ask_for() {
        let folder = std::env::temp_dir().join(format!("bottleneck-types-{}", std::process::id()));
        let types = [
            ("page_bg.wasm", "application/wasm"),
            ("digits.bin", "application/octet-stream"),
            ("page.js", "text/javascript; charset=utf-8"),
            ("icon.svg", "image/svg+xml"),
            ("site.webmanifest", "application/manifest+json"),
            ("index.html", "text/html; charset=utf-8"),
            ("text.woff2", "font/woff2"),
        ];
        let site = Site::new(&folder, "");
        for (name, expected) in types {
            files::write(&folder.join(name), "content").expect("written");
            let (head, _) = answer(&site, &format!("/{name}"), "");
            assert_eq!(head.headers()[CONTENT_TYPE], expected);
        }
        let _ = fs::remove_dir_all(folder);
    }
}
