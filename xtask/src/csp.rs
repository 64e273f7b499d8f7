//! The hashes by which the page's Content-Security-Policy knows its inline scripts.
//!
//! The script that starts the page names files by their hashes, so it changes with every build.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Stands in the policy of `index.html` where the hashes belong.
const PLACEHOLDER: &str = "'sha256-of-inline-scripts'";

/// The page with its hashes filled in.
pub fn with_script_hashes(html: &str) -> String {
    let hashes: Vec<_> = inline_scripts(html)
        .map(|script| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script))))
        .collect();
    html.replace(PLACEHOLDER, &hashes.join(" "))
}

/// What stands between the tags of every script that has no file of its own.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|after| {
        let (attributes, after) = after.split_once('>')?;
        let (script, _) = after.split_once("</script>")?;
        (!attributes.contains(" src=")).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_inline_scripts_are_hashed() {
        let html = "<meta content=\"script-src 'sha256-of-inline-scripts'\">\
            <script src=\"a.js\"></script><script type=\"module\">abc</script>";
        let filled = with_script_hashes(html);
        let published = "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='";
        assert!(filled.starts_with(&format!("<meta content=\"script-src {published}\">")));
    }
}
