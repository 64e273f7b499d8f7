//! The programs that the page is made of: what each is built with, and what a browser needs to start it.

use std::iter;
use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::build_id::{self, BuildId, Quality};
use crate::project::Project;
use crate::setup::Tools;
use crate::{files, process, split};

const TARGET: &str = "wasm32-unknown-unknown";

/// A binary of the library's package.
pub struct Binary {
    /// Its name, in Cargo's manifest and in `dist`.
    pub name: &'static str,
    /// Its Cargo features: the walls that it is built between.
    features: &'static str,
    /// Its Cargo profile for what is published.
    release: &'static str,
    /// Its Cargo profile for what is tried.
    quick: &'static str,
    /// The file of what few need of it, where what is published is cut in two.
    rare: Option<&'static str>,
}

/// The page itself.
pub const PAGE: Binary = Binary {
    name: "page",
    features: "page",
    release: "small",
    quick: "quick",
    rare: Some("page_rare.wasm"),
};
/// Trains and judges on the CPU, at full speed also where the page is only tried: what takes time to build is the page.
pub const CPU_WORKER: Binary = Binary {
    name: "cpu_worker",
    features: "worker",
    release: "release",
    quick: "release",
    rare: None,
};
/// Trains on WebGPU.
pub const GPU_WORKER: Binary = Binary {
    name: "gpu_worker",
    features: "gpu",
    release: "small",
    quick: "quick",
    rare: None,
};

impl Binary {
    /// Compiles it.
    pub fn compile(
        &self,
        project: &Project,
        tools: &Tools,
        quality: Quality,
        build_id: &BuildId,
    ) -> Result<()> {
        let mut cargo = tools.command("cargo")?;
        cargo.args(["rustc", "--locked", "--target", TARGET]);
        cargo.args(["--no-default-features", "--features", self.features]);
        cargo.args(["--bin", self.name, "--profile", self.profile(quality)]);
        if self.rare_in(quality).is_some() {
            cargo.args(["--", "-C", split::LINK_ARGUMENT]);
        }
        process::run(
            cargo
                .current_dir(&project.root)
                .env(build_id::VARIABLE, &build_id.of_workers),
        )
    }

    /// Puts it into `dist`, once it is compiled: the module, its JavaScript, and the script that it starts with.
    pub fn place(
        &self,
        project: &Project,
        quality: Quality,
        build_id: &BuildId,
        dist: &Path,
    ) -> Result<()> {
        let folder = project.target().join(TARGET).join(self.profile(quality));
        let linked = folder.join(format!("{}.wasm", self.name));
        let mut bindgen = Bindgen::new();
        bindgen
            .web(true)?
            .typescript(false)
            // The names that the linker knows, by which the page is cut in two.
            .demangle(false)
            // As `wasm-bindgen` on the command line: who starts a worker without its loader need not name the module.
            .omit_default_module_path(false)
            .input_path(&linked)
            .out_name(self.name)
            .generate(dist)
            .with_context(|| format!("{} cannot be joined with JavaScript", self.name))?;
        if let Some(rare) = self.rare_in(quality) {
            let joined = dist.join(format!("{}_bg.wasm", self.name));
            split::split(&linked, &joined, &dist.join(rare), &build_id.of_all)
                .with_context(|| format!("{} cannot be cut in two", self.name))?;
        }
        // Last, since a page takes the others for there once this is.
        let path = dist.join(format!("{}_loader.js", self.name));
        files::write(&path, self.loader(quality, build_id))
    }

    /// The files of what is published of it.
    pub fn programs(&self) -> impl Iterator<Item = String> {
        let rare = self.rare_in(Quality::Release).map(str::to_owned);
        iter::once(format!("{}_bg.wasm", self.name)).chain(rare)
    }

    /// The file of what few need of it, if it is cut in two: that takes what a quick build has no time for.
    fn rare_in(&self, quality: Quality) -> Option<&'static str> {
        self.rare.filter(|_| quality == Quality::Release)
    }

    fn profile(&self, quality: Quality) -> &'static str {
        match quality {
            Quality::Release => self.release,
            Quality::Quick => self.quick,
        }
    }

    /// The script that it starts with: each address in it has the build's name, so that no browser joins it with a
    /// binary of an older build.
    fn loader(&self, quality: Quality, build_id: &BuildId) -> String {
        let address = |end: &str| build_id.address_of(&format!("{}{end}", self.name));
        let (script, binary) = (address(".js"), address("_bg.wasm"));
        let start = format!(
            "import init from \"./{script}\";\n\
            const program = init({{ module_or_path: new URL(\"./{binary}\", import.meta.url) }});\n"
        );
        let way = self.rare_in(quality).map(|rare| {
            let (rare, first) = (build_id.address_of(rare), &build_id.of_all);
            format!(
                "globalThis.fetchRareParts = async () => {{\n\
                const file = fetch(new URL(\"./{rare}\", import.meta.url));\n\
                await WebAssembly.instantiateStreaming(file, {{ \"{first}\": await program }});\n\
                }};\n"
            )
        });
        start + &way.unwrap_or_default() + "await program;\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loader_names_the_build_in_every_address() {
        let build_id = BuildId {
            of_all: "0123456789ab".to_owned(),
            of_workers: "ba9876543210".to_owned(),
        };
        let worker = CPU_WORKER.loader(Quality::Release, &build_id);
        assert!(worker.contains("\"./cpu_worker.js?v=ba9876543210\""));
        assert!(worker.contains("\"./cpu_worker_bg.wasm?v=ba9876543210\""));
        assert!(!worker.contains("fetchRareParts"));
        let page = PAGE.loader(Quality::Release, &build_id);
        assert!(page.contains("\"./page_bg.wasm?v=0123456789ab\""));
        assert!(page.contains("\"./page_rare.wasm?v=0123456789ab\""));
        let tried = PAGE.loader(Quality::Quick, &build_id);
        assert!(!tried.contains("page_rare"));
    }

    #[test]
    fn the_version_that_joins_is_the_one_that_is_built_with() {
        let version = |manifest: &str, line: &str| {
            let line = manifest.lines().find(|it| it.starts_with(line));
            let (_, after) = line?.split_once("\"=")?;
            Some(after.split('"').next()?.to_owned())
        };
        let built_with = version(include_str!("../../Cargo.toml"), "wasm-bindgen = ");
        let joined_by = version(include_str!("../Cargo.toml"), "wasm-bindgen-cli-support = ");
        assert!(built_with.is_some());
        assert_eq!(built_with, joined_by);
    }
}
