//! What `index.html` asks for: binaries from trunk, and files from the host.

use crate::build_id::{BuildId, Quality};

/// A `<link data-trunk rel="rust">`.
#[derive(Debug, PartialEq, Eq)]
pub struct RustLink {
    /// The binary.
    pub bin: String,
    /// Its Cargo features.
    pub features: String,
    release_profile: String,
    quick_profile: String,
}

impl RustLink {
    /// The Cargo profile that trunk will use.
    pub fn profile(&self, quality: Quality) -> &str {
        match quality {
            Quality::Release => &self.release_profile,
            Quality::Quick => &self.quick_profile,
        }
    }

    fn parse(tag: &str) -> Option<Self> {
        if attribute(tag, "rel")? != "rust" {
            return None;
        }
        let text = |name| attribute(tag, name).map(str::to_owned);
        Some(Self {
            bin: text("data-bin")?,
            features: text("data-cargo-features")?,
            release_profile: text("data-cargo-profile-release")?,
            quick_profile: text("data-cargo-profile-dev")?,
        })
    }
}

/// In the order in which they stand in the page.
pub fn rust_links(html: &str) -> Vec<RustLink> {
    let tags = html.split("<link").skip(1);
    tags.filter_map(|tag| RustLink::parse(tag.split('>').next()?))
        .collect()
}

/// The page, asking for its own files by the name of the build, so that no cache on the way joins two builds.
pub fn with_build(html: &str, build_id: &BuildId) -> String {
    let mut parts = html.split("=\"./");
    let mut named = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('"').unwrap_or((part, ""));
        named.extend(["=\"./", &build_id.address_of(name), "\"", rest]);
    }
    named
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_binaries_are_found_among_others() {
        let html = "<link rel=\"icon\" href=\"icon.svg\">\n\
            <link data-trunk rel=\"rust\" data-bin=\"page\" data-cargo-features=\"page\"\n  \
            data-cargo-profile-release=\"small\" data-cargo-profile-dev=\"quick\">";
        let links = rust_links(html);
        assert_eq!(links.len(), 1);
        assert_eq!(
            (links[0].bin.as_str(), links[0].features.as_str()),
            ("page", "page")
        );
        assert_eq!(links[0].profile(Quality::Release), "small");
        assert_eq!(links[0].profile(Quality::Quick), "quick");
    }

    #[test]
    fn the_page_asks_for_the_files_of_its_build() {
        let build_id = BuildId {
            of_all: "all".to_owned(),
            of_workers: "workers".to_owned(),
        };
        let html = "<link href=\"./icon.svg\"><script src=\"./page_loader.js\"></script>";
        assert_eq!(
            with_build(html, &build_id),
            "<link href=\"./icon.svg\"><script src=\"./page_loader.js?v=all\"></script>"
        );
        let page = with_build(include_str!("../../index.html"), &build_id);
        assert_eq!(page.matches(".css\"").count(), 0);
        assert!(page.contains("\"./page_bg.wasm?v=all\""));
    }

    #[test]
    fn the_page_of_this_project_asks_for_three_binaries() {
        let bins: Vec<_> = rust_links(include_str!("../../index.html"))
            .into_iter()
            .map(|link| link.bin)
            .collect();
        assert_eq!(bins, ["page", "cpu_worker", "gpu_worker"]);
    }
}
