//! All that decides a run as a file of a few lines, by which it can be trained elsewhere.
//!
//! A line is a part of a link: `recipe=handwritten`, `layers=64relu,16relu,64relu,sigmoid`, `epochs=10`. Lines that begin
//! with `#` are for people.

use std::fmt::Write as _;

use thiserror::Error;

use super::settings::{knob_of, settings_of};
use crate::data::Dataset;
use crate::recipe::{Recipe, RecipeError, RecipeName};
use crate::session::{Knob, Session};

/// What a file says of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunFile {
    /// The recipe that the settings are differences from.
    pub name: RecipeName,
    /// Whether it says all that decides a run, so that nothing else may be chosen for the data at hand.
    pub is_whole: bool,
    knobs: Vec<Knob>,
}

/// Why a file says nothing of a run.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum RunFileError {
    /// No line names a recipe.
    #[error("The file names no recipe: it needs a line such as \"recipe=handwritten\".")]
    NoRecipe,
    /// A recipe that is not known.
    #[error("Line {line} names a recipe that is not known: {name:?}.")]
    UnknownRecipe {
        /// Counted from 1.
        line: usize,
        /// What it names.
        name: String,
    },
    /// A line that is no setting.
    #[error("Line {line} is no setting: {text:?}.")]
    UnknownSetting {
        /// Counted from 1.
        line: usize,
        /// What it says.
        text: String,
    },
    /// The recipe takes no such items.
    #[error("The recipe {slug} cannot take {data}: choose other data.")]
    OtherData {
        /// Its name in links.
        slug: &'static str,
        /// The items.
        data: String,
    },
    /// The settings are impossible, alone or with these data.
    #[error("These settings cannot be run: {0}.")]
    Impossible(#[from] RecipeError),
}

impl RunFile {
    /// A recipe as it is.
    pub fn of_recipe(name: RecipeName) -> Self {
        Self {
            name,
            is_whole: false,
            knobs: Vec::new(),
        }
    }

    /// Reads the lines of a file.
    ///
    /// # Errors
    /// When a line says nothing, or none names a recipe.
    pub fn read(text: &str) -> Result<Self, RunFileError> {
        let mut name = None;
        let mut knobs = Vec::new();
        for (idx, text) in text.lines().enumerate() {
            let (line, text) = (idx + 1, text.trim());
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let known = match text.split_once('=') {
                Some(("recipe", slug)) => {
                    let found = RecipeName::from_slug(slug);
                    let slug = slug.to_owned();
                    name = Some(found.ok_or(RunFileError::UnknownRecipe { line, name: slug })?);
                    continue;
                }
                Some((key, value)) => knob_of(key, value),
                None => None,
            };
            let text = text.to_owned();
            knobs.push(known.ok_or(RunFileError::UnknownSetting { line, text })?);
        }
        let name = name.ok_or(RunFileError::NoRecipe)?;
        Ok(Self {
            name,
            is_whole: true,
            knobs,
        })
    }

    /// The recipe for some data.
    ///
    /// # Errors
    /// When the recipe does not take the data, or the settings are impossible with them.
    pub fn recipe_for(&self, dataset: &Dataset) -> Result<Recipe, RunFileError> {
        let fitting = self.name.recipe_on(dataset);
        let fitting = fitting.ok_or_else(|| RunFileError::OtherData {
            slug: self.name.slug(),
            data: dataset.in_words(),
        })?;
        let knobs = self.knobs.iter();
        let recipe = knobs.fold(fitting, |recipe, knob| knob.applied_to(&recipe));
        recipe.validate_for(dataset)?;
        Ok(recipe)
    }
}

impl Session {
    /// What the file of the run at hand is called.
    pub fn run_file_name(&self) -> String {
        format!("bottleneck-{}.txt", self.studies.front.name.slug())
    }

    /// The run at hand as a file.
    pub fn run_file(&self) -> String {
        let name = self.studies.front.name;
        let file_name = self.run_file_name();
        let fitting = self.fitting_recipe();
        let own_data = if self.own_file().is_some() {
            " --data FILE"
        } else {
            ""
        };
        let mut text = format!(
            "# A run of Bottleneck. Where Rust and its sources are, this trains the same:\n\
             # cargo run --release --example reproduce -- --network {file_name}{own_data}\n\
             recipe={}\n",
            name.slug()
        );
        for (key, value) in settings_of(&self.studies.front.recipe, &fitting, &fitting) {
            // A string takes everything that is written to it.
            let _ = writeln!(text, "{key}={value}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::autoencoder::edit::{Edit, NewLayer};
    use crate::session::{Message, NetworkMessage};

    fn digits() -> Dataset {
        let labels: Vec<u8> = (0..50).map(|idx| idx % 10).collect();
        Dataset::pictures(28, 28, 255, vec![7; 50 * 784], labels).expect("fifty pictures")
    }

    #[test]
    fn a_file_says_all_that_decides_the_run() {
        let (mut session, _) = Session::open();
        session.update(Message::OpenLink(
            "recipe=handwritten&epochs=3&rate=0.01&train-noise=0.2&normal=0,1&parts=7-1-2&activation=gelu".to_owned(),
        ));
        let (after, kind) = (0, NewLayer::Convolution);
        let add = Edit::Add { after, kind };
        session.update(Message::Network(NetworkMessage::Edit(add)));
        let text = session.run_file();
        assert!(
            text.contains("\nlayers=8c3s2p1gelu,64c14gelu,16gelu,64gelu,8t14gelu,"),
            "{text}"
        );
        let file = RunFile::read(&text).expect("a file of our own");
        let recipe = file.recipe_for(&digits()).expect("it fits");
        assert_eq!(recipe, *session.recipe());
    }

    #[test]
    fn a_plain_run_is_its_recipe() {
        let (session, _) = Session::open();
        let file = RunFile::read(&session.run_file()).expect("a file of our own");
        assert_eq!(file.name, RecipeName::OPENING);
        assert_eq!(file.knobs, []);
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said_with_its_line() {
        let refused = |text: &str| RunFile::read(text).expect_err("it is wrong").to_string();
        assert!(refused("epochs=3").starts_with("The file names no recipe"));
        let sentence = refused("# by hand\n\nrecipe=handwriting");
        assert_eq!(
            sentence,
            "Line 3 names a recipe that is not known: \"handwriting\"."
        );
        let sentence = refused("recipe=handwritten\nlayers=64relu");
        assert_eq!(sentence, "Line 2 is no setting: \"layers=64relu\".");
        assert!(refused("recipe=handwritten\nepochs").ends_with("\"epochs\"."));
        let file = RunFile::read("recipe=handwritten\nepochs=0").expect("it can be read");
        let sentence = file
            .recipe_for(&digits())
            .expect_err("no epochs")
            .to_string();
        assert!(sentence.contains("0 epochs"), "{sentence}");
        let file = RunFile::read("recipe=mnist-conv").expect("it can be read");
        let small = Dataset::pictures(2, 1, 16, vec![0, 4, 8, 16], vec![3, 7]);
        let small = small.expect("two pictures");
        let sentence = file.recipe_for(&small).expect_err("too small").to_string();
        assert!(
            sentence.starts_with("The recipe mnist-conv cannot take"),
            "{sentence}"
        );
    }
}
