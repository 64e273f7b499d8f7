//! What is told apart, and by what.

use serde::{Deserialize, Serialize};

use super::Corruption;
use crate::data::ItemKind;

/// Where anomalies come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AnomalyKind {
    /// Test items to which something was done.
    Corrupted(Corruption),
    /// Items of classes that were not learned from.
    HeldOut,
    /// Rows that their table itself calls anomalies.
    Known,
}

impl AnomalyKind {
    /// What items of this kind that are not normal are: known anomalies among the rows of a table, classes that were
    /// held out among pictures and curves.
    pub fn of_held_out(kind: ItemKind) -> Self {
        match kind {
            ItemKind::Picture { .. } | ItemKind::Series { .. } => Self::HeldOut,
            ItemKind::Row => Self::Known,
        }
    }

    /// What the page calls it.
    pub fn title(self) -> String {
        match self {
            Self::Corrupted(corruption) => corruption.title(),
            Self::HeldOut => "Classes held out".to_owned(),
            Self::Known => "Known anomalies".to_owned(),
        }
    }

    /// What files call it.
    pub fn slug(self) -> String {
        match self {
            Self::Corrupted(corruption) => corruption.slug(),
            Self::HeldOut => "held-out".to_owned(),
            Self::Known => "known".to_owned(),
        }
    }
}

/// What scores the items; a higher score is more abnormal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DetectorKind {
    /// The network: its reconstruction error, by the recipe's measure.
    Network,
    /// The network's error and the distance of the code to its nearest training codes together.
    Combined,
    /// The error of the mean training item as the reconstruction of every item.
    MeanItem,
    /// The error of a reconstruction from as many principal components as the network's code has values.
    Pca,
    /// The mean distance to the nearest training items.
    NearestNeighbours,
}

impl DetectorKind {
    /// All, in the order of the report.
    pub const ALL: [Self; 5] = [
        Self::Network,
        Self::Combined,
        Self::MeanItem,
        Self::Pca,
        Self::NearestNeighbours,
    ];

    /// What the page calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Network => "Autoencoder",
            Self::Combined => "Autoencoder, error and code",
            Self::MeanItem => "Mean item",
            Self::Pca => "PCA",
            Self::NearestNeighbours => "Nearest neighbours",
        }
    }

    /// What files call it.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Network => "autoencoder",
            Self::Combined => "autoencoder-combined",
            Self::MeanItem => "mean-item",
            Self::Pca => "pca",
            Self::NearestNeighbours => "nearest-neighbours",
        }
    }
}
