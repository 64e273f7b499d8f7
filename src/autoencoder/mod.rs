//! The subject: an autoencoder, how it starts, how it learns, what it reconstructs.
//!
//! [`mod@reference`] says it all once, in textbook form; read that first.
//!
//! [`Architecture`], [`TrainingConfig`] and [`Weights`] are plain values that the page holds too.
//! `Network` and `Trainer` do the work and exist only with the feature `engine`: on the CPU with an engine of our own
//! in `plain`, elsewhere with Burn's in `tensors`, which is a feature too.
//! Nothing here reads a clock, a file or a socket, and every random number comes from a seed.

mod activation;
mod along_series;
mod architecture;
mod checkpoint;
mod config;
pub mod edit;
mod good_epochs;
mod layer;
mod position;
mod record;
pub mod reference;
pub mod thinning;
mod weights;
mod window;

#[cfg(feature = "engine")]
mod adam;
#[cfg(feature = "engine")]
mod crew_size;
#[cfg(feature = "engine")]
mod device;
#[cfg(feature = "engine")]
mod draws;
// Only a GPU hands its results over later; who asks waits for either.
#[cfg(feature = "engine")]
#[cfg_attr(not(feature = "tensors"), allow(clippy::unused_async))]
mod network;
#[cfg(feature = "engine")]
mod plain;
#[cfg(feature = "engine")]
mod sharing;
#[cfg(feature = "tensors")]
mod tensors;
#[cfg(feature = "engine")]
#[cfg_attr(not(feature = "tensors"), allow(clippy::unused_async))]
mod trainer;

#[cfg(all(test, feature = "tensors", not(target_arch = "wasm32")))]
mod reference_parity;

pub use activation::Activation;
pub use architecture::{Architecture, ArchitectureError, Initialisation, powers_of_two};
pub use checkpoint::{Checkpoint, Moments};
pub use config::{Loss, Optimiser, Schedule, TrainingConfig, TrainingConfigError};
pub use good_epochs::{GoodEpochs, LossTrend};
pub use layer::{Layer, LayerKind, ParameterShape, Shape};
pub use position::Position;
pub use record::{EpochLoss, FilmFrame, Information};
pub use weights::{LayerWeights, Weights};
pub use window::{Dimensions, Window};

#[cfg(feature = "engine")]
pub use crew_size::CrewSize;
#[cfg(feature = "engine")]
pub use device::Device;
#[cfg(feature = "engine")]
pub use network::{Network, Reconstructed};
#[cfg(feature = "engine")]
pub use sharing::{Assistant, PartsCost, ShareOrder, SharedStep};
#[cfg(feature = "engine")]
pub use trainer::{StepEnd, Trainer, TrainerError};
