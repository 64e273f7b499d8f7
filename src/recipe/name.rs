//! What an experiment says of itself, and the handle by which the program speaks of it.

use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{DataName, ItemShape, Recipe};
use crate::anomaly::ThresholdRule;
use crate::data::Dataset;
use crate::encoding::Precision;

/// An experiment: its words, its data, and how its network and training are made.
pub(super) struct NamedRecipe {
    /// What it is called in links, files and commands.
    pub key: &'static str,
    /// The name that the page shows.
    pub title: &'static str,
    /// One sentence on what it shows.
    pub summary: &'static str,
    /// The data that it brings along.
    pub data: DataName,
    /// How the page finds the threshold until the reader chooses.
    pub threshold_rule: ThresholdRule,
    /// What it is best compared with.
    pub counterpart: Option<Counterpart>,
    /// How exact the trained weights of it are that lie in `www/models`; `None` where there are none.
    pub shipped: Option<Precision>,
    /// How its recipe is made for data of some shape.
    pub fit: Fit,
}

/// How a recipe is made for data of some shape, of at least one value.
pub(super) enum Fit {
    /// Its network takes any.
    ToAny(fn(ItemShape) -> Recipe),
    /// Its network takes some; `None` for others. What it needs is said as the object of a sentence.
    ToSome(fn(ItemShape) -> Option<Recipe>, &'static str),
}

/// What a recipe is best compared with: the other half of the pair of an article's settings and its well-trained
/// variant; for a denoiser, a network that was trained on clean items; for a variational one, a plain one.
pub(super) struct Counterpart {
    /// The other; behind a function, as two values cannot hold each other.
    pub name: fn() -> RecipeName,
    /// What sets both apart, and why it matters, in one sentence.
    pub difference: &'static str,
}

/// A recipe of the registry. It is written by its key.
#[derive(Clone, Copy)]
pub struct RecipeName(pub(super) &'static NamedRecipe);

impl RecipeName {
    /// The name in links and commands.
    pub fn slug(self) -> &'static str {
        self.0.key
    }

    /// The recipe of a slug; `None` for an unknown one.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.slug() == slug)
    }

    /// The name that the page shows.
    pub fn title(self) -> &'static str {
        self.0.title
    }

    /// One sentence on what the recipe shows.
    pub fn summary(self) -> &'static str {
        self.0.summary
    }

    /// How the page finds the threshold until the reader chooses.
    pub fn threshold_rule(self) -> ThresholdRule {
        self.0.threshold_rule
    }

    /// The data that the recipe brings along.
    pub fn data(self) -> DataName {
        self.0.data
    }

    /// Whether the page has trained weights of it to start with.
    pub fn is_shipped(self) -> bool {
        self.0.shipped.is_some()
    }

    /// The file of its trained weights in `www/models`.
    pub fn model_file(self) -> String {
        format!("{}.bin", self.slug())
    }

    /// How exact the numbers in that file are.
    pub fn model_precision(self) -> Precision {
        self.0.shipped.unwrap_or(Precision::Single)
    }

    /// What the recipe is best compared with.
    pub fn counterpart(self) -> Option<Self> {
        self.0.counterpart.as_ref().map(|other| (other.name)())
    }

    /// What sets the recipe and its counterpart apart, and why it matters, in one sentence.
    pub fn difference(self) -> Option<&'static str> {
        self.0.counterpart.as_ref().map(|other| other.difference)
    }

    /// The recipe for the data that it brings along.
    ///
    /// # Panics
    /// Where a recipe of the registry does not take its own data; a test walks them all.
    pub fn recipe(self) -> Recipe {
        let fitting = self.recipe_for(self.data().item_shape());
        let mut recipe = fitting.expect("a recipe takes its own data");
        recipe.normality.anomalous_classes = self.data().usual_anomalies();
        recipe
    }

    /// The recipe for a data set, with its usual anomalies never learned from; `None` where its network cannot take it.
    pub fn recipe_on(self, dataset: &Dataset) -> Option<Recipe> {
        let mut recipe = self.recipe_for(ItemShape::of(dataset))?;
        recipe.normality.anomalous_classes = dataset.usual_anomalies();
        Some(recipe)
    }

    /// What its network needs, as the object of a sentence; `None` where it takes anything.
    pub fn needs(self) -> Option<&'static str> {
        match self.0.fit {
            Fit::ToAny(_) => None,
            Fit::ToSome(_, needs) => Some(needs),
        }
    }

    /// The recipe for other data; `None` where its network cannot take them.
    pub fn recipe_for(self, shape: ItemShape) -> Option<Recipe> {
        match self.0.fit {
            _ if shape.n_features == 0 => None,
            Fit::ToAny(fit) => Some(fit(shape)),
            Fit::ToSome(fit, _) => fit(shape),
        }
    }
}

impl fmt::Debug for RecipeName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "RecipeName({})", self.slug())
    }
}

impl PartialEq for RecipeName {
    fn eq(&self, other: &Self) -> bool {
        self.slug() == other.slug()
    }
}

impl Eq for RecipeName {}

impl Hash for RecipeName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.slug().hash(state);
    }
}

impl Serialize for RecipeName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.slug())
    }
}

impl<'de> Deserialize<'de> for RecipeName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let slug = String::deserialize(deserializer)?;
        Self::from_slug(&slug).ok_or_else(|| de::Error::custom(format!("no recipe {slug:?}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARTICLES: [RecipeName; 8] = [
        RecipeName::UCI_DIGITS,
        RecipeName::UCI_DIGITS_TUNED,
        RecipeName::MNIST_CONV,
        RecipeName::MNIST_CONV_TUNED,
        RecipeName::DEEP_FIT_PREDICT,
        RecipeName::DEEP_FIT_PREDICT_TUNED,
        RecipeName::EMPLOYEES,
        RecipeName::EMPLOYEES_TUNED,
    ];

    #[test]
    fn every_recipe_is_found_by_its_slug() {
        for name in RecipeName::ALL {
            assert_eq!(RecipeName::from_slug(name.slug()), Some(name));
        }
        assert_eq!(RecipeName::from_slug("no-such-recipe"), None);
    }

    #[test]
    fn a_recipe_is_written_by_its_key() {
        for name in RecipeName::ALL {
            let text = serde_json::to_string(&name).expect("a key is a string");
            assert_eq!(text, format!("{:?}", name.slug()));
            let read: RecipeName = serde_json::from_str(&text).expect("the key is known");
            assert_eq!(read, name);
        }
        assert!(serde_json::from_str::<RecipeName>("\"no-such-recipe\"").is_err());
    }

    #[test]
    fn an_article_and_its_variant_are_counterparts_by_the_same_difference() {
        for name in ARTICLES {
            let other = name.counterpart().expect("every article has its variant");
            assert_eq!(other.counterpart(), Some(name));
            assert_eq!(other.difference(), name.difference());
        }
    }
}
