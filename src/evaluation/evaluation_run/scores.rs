//! The scores of a group of items.

use super::super::DetectorKind;
use super::super::baselines::CombinedScore;

/// What each method says of some items, one number per item.
#[derive(Clone, Debug, Default)]
pub(super) struct GroupScores {
    /// Of the network.
    pub errors: Vec<f32>,
    /// From the code to its nearest training codes.
    pub code_distances: Vec<f32>,
    pub mean_item: Vec<f32>,
    pub pca: Vec<f32>,
    pub neighbours: Vec<f32>,
}

impl GroupScores {
    /// The scores of a method; the combined one is made when it is asked for.
    pub fn of(&self, detector: DetectorKind, combined: &CombinedScore) -> Vec<f32> {
        match detector {
            DetectorKind::Network => self.errors.clone(),
            DetectorKind::Combined => {
                let pairs = self.errors.iter().zip(&self.code_distances);
                pairs
                    .map(|(&error, &distance)| combined.of(error, distance))
                    .collect()
            }
            DetectorKind::MeanItem => self.mean_item.clone(),
            DetectorKind::Pca => self.pca.clone(),
            DetectorKind::NearestNeighbours => self.neighbours.clone(),
        }
    }

    pub fn extend(&mut self, other: Self) {
        self.errors.extend(other.errors);
        self.code_distances.extend(other.code_distances);
        self.mean_item.extend(other.mean_item);
        self.pca.extend(other.pca);
        self.neighbours.extend(other.neighbours);
    }
}
