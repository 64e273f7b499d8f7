//! The binaries that `index.html` asks trunk for.

use crate::build_id::Quality;

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
    fn the_page_of_this_project_asks_for_three_binaries() {
        let bins: Vec<_> = rust_links(include_str!("../../index.html"))
            .into_iter()
            .map(|link| link.bin)
            .collect();
        assert_eq!(bins, ["page", "cpu_worker", "gpu_worker"]);
    }
}
