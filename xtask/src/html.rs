//! What `index.html` asks for.

use crate::build_id::BuildId;

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
