//! What the page's Content-Security-Policy must say, since nothing else on a static host does.

use anyhow::{Result, bail, ensure};

/// Directives without which a page of this build is not published, in the words of the policy.
const NEEDED: [&str; 5] = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
];

/// Fails for a page without a strict policy, or with a script that the policy would have to excuse.
pub fn check(html: &str) -> Result<()> {
    let Some(policy) = policy(html) else {
        bail!("index.html has no Content-Security-Policy; restore its meta tag");
    };
    let directives: Vec<_> = policy.split(';').map(str::trim).collect();
    for needed in NEEDED {
        ensure!(
            directives.contains(&needed),
            "the policy of index.html does not say \"{needed}\"; restore it"
        );
    }
    if let Some(script) = inline_script(html) {
        bail!("index.html has an inline script, {script:?}; move it to a file of its own");
    }
    Ok(())
}

fn policy(html: &str) -> Option<&str> {
    let (_, after) = html.split_once("http-equiv=\"Content-Security-Policy\"")?;
    let (_, after) = after.split_once("content=\"")?;
    after.split('"').next()
}

/// The first script that has no file of its own.
fn inline_script(html: &str) -> Option<&str> {
    html.split("<script").skip(1).find_map(|after| {
        let (attributes, after) = after.split_once('>')?;
        let script = after.split("</script>").next()?;
        (!attributes.contains(" src=")).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("../../index.html");

    #[test]
    fn the_page_of_this_project_has_a_strict_policy() {
        check(PAGE).expect("strict");
    }

    #[test]
    fn a_policy_that_allows_more_is_refused() {
        let lax = PAGE.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");
        let error = check(&lax)
            .expect_err("inline styles are allowed")
            .to_string();
        assert!(error.contains("style-src"), "{error}");
        assert!(check("<html></html>").is_err());
    }

    #[test]
    fn an_inline_script_is_refused_and_a_file_is_not() {
        assert_eq!(inline_script("<script src=\"a.js\"></script>"), None);
        let both = "<script src=\"a.js\"></script><script type=\"module\">abc</script>";
        assert_eq!(inline_script(both), Some("abc"));
    }
}
