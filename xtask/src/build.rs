//! `dist`: builds the page and its workers into the folder `dist`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::binaries::{Binary, CPU_WORKER, GPU_WORKER, PAGE};
use crate::build_id::{BuildId, Quality};
use crate::flags::Flags;
use crate::project::Project;
use crate::setup::Tools;
use crate::{csp, files, html, offline, optimise, progress, setup, style};

/// All that the page is made of.
const ALL: [&Binary; 3] = [&PAGE, &CPU_WORKER, &GPU_WORKER];
/// What it takes to draw, to judge and to train.
const TO_BEGIN_WITH: [&Binary; 2] = [&PAGE, &CPU_WORKER];
/// Records what a folder was built from; written last, so that an unfinished one is built again.
const RECORD: &str = "build.json";
const INDEX: &str = "index.html";

/// Builds; with `--quick` in a fraction of the time, but larger and slower.
pub fn run(project: &Project, mut flags: Flags) -> Result<()> {
    let quality = Quality::from_flags(&mut flags);
    flags.finish()?;
    ensure_dist(project, quality)
}

/// Builds `dist` if the sources have changed since it was built.
pub fn ensure_dist(project: &Project, quality: Quality) -> Result<()> {
    let Some(build) = Build::needed(project, quality, project.dist())? else {
        return Ok(());
    };
    let what = format!(
        "Building the page and its workers, build {} (minutes, if nothing is built yet)",
        build.id.of_all
    );
    progress::step(&what, || build.whole())
}

/// A folder with the page, and what is left to build into it: the GPU worker, without which the page trains on the CPU.
///
/// That is `dist` if it is up to date, else a folder that is built quickly.
pub fn to_begin_with(project: &Project) -> Result<(PathBuf, Option<Build<'_>>)> {
    let finished = BuildId::now(project, Quality::Release)?.of_all;
    if recorded_name(&project.dist()).as_ref() == Some(&finished) {
        println!("dist is up to date (build {finished})");
        return Ok((project.dist(), None));
    }
    let folder = project.to_try();
    let build = Build::needed(project, Quality::Quick, folder.clone())?;
    if let Some(build) = &build {
        let what = format!(
            "Building the page and its CPU worker, build {} (some 5 minutes, if nothing is built yet)",
            build.id.of_all
        );
        progress::step(&what, || build.beginning())?;
    }
    Ok((folder, build))
}

/// What a finished page was built from; `None` where that is not recorded.
pub fn recorded_name(dist: &Path) -> Option<String> {
    let record: Value = serde_json::from_slice(&fs::read(dist.join(RECORD)).ok()?).ok()?;
    Some(record["build"].as_str()?.to_owned())
}

/// A build of the page from the sources as they are.
pub struct Build<'a> {
    project: &'a Project,
    tools: Tools,
    quality: Quality,
    id: BuildId,
    /// Where the page goes.
    folder: PathBuf,
}

impl<'a> Build<'a> {
    /// `None` if the folder has it already.
    fn needed(project: &'a Project, quality: Quality, folder: PathBuf) -> Result<Option<Self>> {
        let id = BuildId::now(project, quality)?;
        let recorded = recorded_name(&folder);
        if recorded.as_ref() == Some(&id.of_all) {
            println!("The page is up to date (build {})", id.of_all);
            return Ok(None);
        }
        Ok(Some(Self {
            tools: setup::for_building(project, quality)?,
            project,
            quality,
            id,
            folder,
        }))
    }

    fn whole(&self) -> Result<()> {
        self.compile(&ALL)?;
        progress::step("putting the page together", || self.assemble(&ALL))?;
        if self.quality == Quality::Release {
            let names = ALL.iter().flat_map(|binary| binary.programs());
            progress::step("optimising", || {
                optimise::all(self.project, &self.tools, &self.folder, names)
            })?;
        }
        self.finish()
    }

    /// The page without the GPU worker.
    fn beginning(&self) -> Result<()> {
        self.compile(&TO_BEGIN_WITH)?;
        progress::step("putting the page together", || {
            self.assemble(&TO_BEGIN_WITH)?;
            self.list_files()
        })
    }

    /// What [`to_begin_with`] left.
    pub fn rest(&self) -> Result<()> {
        self.compile(&[&GPU_WORKER])?;
        self.place(&GPU_WORKER)?;
        self.finish()
    }

    /// One binary at a time, so that one sees how far it is.
    fn compile(&self, binaries: &[&Binary]) -> Result<()> {
        for binary in binaries {
            progress::step(&format!("compiling {}", binary.name), || {
                binary.compile(self.project, &self.tools, self.quality, &self.id)
            })?;
        }
        Ok(())
    }

    fn place(&self, binary: &Binary) -> Result<()> {
        binary.place(self.project, self.quality, &self.id, &self.folder)
    }

    /// Makes the folder anew, with some of the binaries.
    fn assemble(&self, binaries: &[&Binary]) -> Result<()> {
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)
                .with_context(|| format!("{} cannot be removed", self.folder.display()))?;
        }
        let www = self.project.root.join("www");
        for path in files::below(&www)? {
            let copy = self.folder.join(path.strip_prefix(&www)?);
            files::write(&copy, files::read(&path)?)?;
        }
        for binary in binaries {
            self.place(binary)?;
        }
        let html = files::read_text(&self.project.root.join(INDEX))?;
        let html = style::bundled(&self.folder, &html)?;
        let html = html::with_build(&html, &self.id);
        csp::check(&html)?;
        files::write(&self.folder.join(INDEX), html)?;
        // Without it, GitHub Pages leaves out files whose names start with an underscore.
        files::write(&self.folder.join(".nojekyll"), "")
    }

    fn list_files(&self) -> Result<()> {
        let script = self.project.root.join("www").join(offline::SCRIPT);
        offline::write_list(&script, &self.folder, &self.id)
    }

    fn finish(&self) -> Result<()> {
        self.list_files()?;
        let record = json!({ "build": self.id.of_all, "workers": self.id.of_workers });
        files::write(&self.folder.join(RECORD), format!("{record:#}\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_counts_as_built_once_all_of_it_is_there() {
        let project = Project::find().expect("the folder of this project");
        let name = format!("bottleneck-build-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        files::write(&folder.join("of_an_older_build.js"), "").expect("written");
        let build = Build {
            project: &project,
            tools: Tools::new(&project),
            quality: Quality::Quick,
            id: BuildId::now(&project, Quality::Quick).expect("readable sources"),
            folder: folder.clone(),
        };
        build.assemble(&[]).expect("all that is not compiled");
        build.list_files().expect("a service worker");
        let found = files::below(&folder).expect("a folder");
        let has = |end: &str| found.iter().any(|path| path.ends_with(end));
        assert!(has(INDEX) && has("icon.png") && has("data/handwritten.bin.gz"));
        assert!(!has("of_an_older_build.js") && !has("style/page.css"));
        let read = |name: &str| files::read_text(&folder.join(name)).expect("a text");
        let page_id = &build.id.of_all;
        assert!(read(INDEX).contains(&format!("\"./page_loader.js?v={page_id}\"")));
        assert!(read(offline::SCRIPT).contains("\"models/handwritten.bin?v="));
        assert_eq!(recorded_name(&folder), None);
        build.finish().expect("a record");
        assert_eq!(recorded_name(&folder).as_ref(), Some(page_id));
        let _ = fs::remove_dir_all(folder);
    }
}
