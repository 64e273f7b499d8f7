//! The scripts that the binaries start with. Trunk's own is inline for the page, which the policy would have to excuse,
//! and has no build in its addresses for a worker, so that a browser could join it with a binary of an older build.

use bottleneck::recipe::RecipeName;
use bottleneck::session::KEYS_OF_NO_STATE;

use crate::build_id::BuildId;

/// Starts a worker.
pub fn of_worker(bin: &str, build_id: &BuildId) -> String {
    format!("{}{}", import_of(bin, build_id), start_of(bin, build_id))
}

/// Starts the page. What a page that opens as usual will ask for comes in behind its program, so that the line is never
/// idle while the program starts.
pub fn of_page(bin: &str, build_id: &BuildId) -> String {
    let opening = RecipeName::OPENING;
    let data = opening
        .data()
        .file_name()
        .map(|name| format!("data/{name}"));
    let model = opening
        .is_shipped()
        .then(|| format!("models/{}", opening.model_file()));
    let files: Vec<_> = data
        .into_iter()
        .chain(model)
        .map(|name| format!("\"./{}\"", build_id.address_of(&name)))
        .collect();
    format!(
        "{import}\
        const opensAsUsual = !/[#&](?!(?:{keys})=)[^&]*=/.test(location.hash);\n\
        for (const href of opensAsUsual ? [{files}] : []) {{\n  \
          const wish = {{ rel: \"preload\", as: \"fetch\", crossOrigin: \"\", fetchPriority: \"low\", href }};\n  \
          document.head.append(Object.assign(document.createElement(\"link\"), wish));\n\
        }}\n\
        {start}",
        import = import_of(bin, build_id),
        keys = KEYS_OF_NO_STATE.join("|"),
        files = files.join(", "),
        start = start_of(bin, build_id),
    )
}

fn import_of(bin: &str, build_id: &BuildId) -> String {
    let script = build_id.address_of(&format!("{bin}.js"));
    format!("import init from \"./{script}\";\n")
}

fn start_of(bin: &str, build_id: &BuildId) -> String {
    let binary = build_id.address_of(&format!("{bin}_bg.wasm"));
    format!("await init({{ module_or_path: new URL(\"./{binary}\", import.meta.url) }});\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build_id() -> BuildId {
        BuildId {
            of_all: "0123456789ab".to_owned(),
            of_workers: "ba9876543210".to_owned(),
        }
    }

    #[test]
    fn a_loader_names_the_build_in_every_address() {
        let worker = of_worker("cpu_worker", &build_id());
        assert!(worker.contains("\"./cpu_worker.js?v=ba9876543210\""));
        assert!(worker.contains("\"./cpu_worker_bg.wasm?v=ba9876543210\""));
        assert!(of_page("page", &build_id()).contains("\"./page_bg.wasm?v=0123456789ab\""));
    }

    #[test]
    fn the_page_asks_ahead_for_what_it_opens_with() {
        let page = of_page("page", &build_id());
        let (data, model) = (
            RecipeName::OPENING.data().file_name(),
            RecipeName::OPENING.model_file(),
        );
        let data = data.expect("what the page opens with has a file");
        assert!(
            page.contains(&format!("\"./data/{data}?v=ba9876543210\"")),
            "{page}"
        );
        assert!(
            page.contains(&format!("\"./models/{model}?v=ba9876543210\"")),
            "{page}"
        );
    }
}
