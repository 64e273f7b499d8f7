//! One style sheet instead of many, so that a browser waits for one answer before it paints.

use std::path::Path;

use anyhow::{Context, Result};

use crate::files;

/// The folder of the style sheets; the bundle stays in it, so that addresses in it still lead where they led.
const FOLDER: &str = "style";

/// Joins the style sheets that the page names, in their order, and gives the page that names the joined one.
pub fn bundled(dist: &Path, html: &str) -> Result<String> {
    let links: Vec<_> = html.lines().filter(|line| is_ours(line)).collect();
    let Some(&first) = links.first() else {
        return Ok(html.to_owned());
    };
    let mut joined = String::new();
    for link in &links {
        let sheet = dist.join(address(link).context("a style sheet has no address; write <link rel=\"stylesheet\" href=\"./style/NAME.css\"> in index.html")?);
        joined.push_str(&files::read_text(&sheet)?);
        std::fs::remove_file(&sheet)
            .with_context(|| format!("{} cannot be removed", sheet.display()))?;
    }
    let joined = without_comments(&joined);
    let name = format!("bottleneck-{}.css", &files::sha256(&joined)[..16]);
    files::write(&dist.join(FOLDER).join(&name), joined)?;
    let joined_link = format!("  <link rel=\"stylesheet\" href=\"./{FOLDER}/{name}\">\n");
    let mut page = String::new();
    for line in html.lines() {
        if line == first {
            page.push_str(&joined_link);
        } else if !is_ours(line) {
            page.push_str(line);
            page.push('\n');
        }
    }
    Ok(page)
}

fn is_ours(line: &str) -> bool {
    line.trim_start()
        .starts_with(&format!("<link rel=\"stylesheet\" href=\"./{FOLDER}/"))
}

/// The address in `href`, relative to the page.
fn address(link: &str) -> Option<&str> {
    let (_, after) = link.split_once("href=\"./")?;
    after.split_once('"').map(|(address, _)| address)
}

/// A style sheet without its comments; what stands between quotation marks is left as it is.
fn without_comments(css: &str) -> String {
    let mut kept = String::new();
    let mut rest = css;
    while let Some(at) = rest.find(['"', '/']) {
        let (before, after) = rest.split_at(at);
        kept.push_str(before);
        let length = if after.starts_with("/*") {
            rest = after.find("*/").map_or("", |end| &after[end + 2..]);
            continue;
        } else if let Some(quoted) = after.strip_prefix('"') {
            quoted.find('"').map_or(after.len(), |end| end + 2)
        } else {
            1
        };
        kept.push_str(&after[..length]);
        rest = &after[length..];
    }
    kept.push_str(rest);
    let lines = kept.lines().map(str::trim_end);
    let lines: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_what_looks_like_one_stays() {
        let css =
            "/* all */\na { content: \"/* no */\"; }\n/* two\nlines */ b { font: 1px / 2 c; }\n";
        let expected = "a { content: \"/* no */\"; }\n b { font: 1px / 2 c; }\n";
        assert_eq!(without_comments(css), expected);
    }

    #[test]
    fn sheets_are_joined_in_the_order_of_the_page() {
        let dist = std::env::temp_dir().join(format!("bottleneck-style-{}", std::process::id()));
        files::write(&dist.join("style/one.css"), "a { b: c }\n").expect("written");
        files::write(&dist.join("style/two.css"), "/* d */\ne { f: g }\n").expect("written");
        let html = "<head>\n  <link rel=\"stylesheet\" href=\"./style/two.css\">\n  \
            <link rel=\"stylesheet\" href=\"./style/one.css\">\n</head>\n";
        let bundled = bundled(&dist, html).expect("readable sheets");
        let link = bundled.lines().nth(1).expect("a link");
        let sheet = address(link).expect("an address");
        assert_eq!(
            files::read_text(&dist.join(sheet)).expect("the bundle"),
            "e { f: g }\na { b: c }\n"
        );
        assert_eq!(bundled.lines().count(), 3);
        assert!(!dist.join("style/one.css").exists());
        let _ = std::fs::remove_dir_all(dist);
    }
}
