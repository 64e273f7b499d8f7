//! Bottleneck: train an autoencoder in the browser and see how it tells normal from anomalous.
//!
//! # Where to start
//!
//! 1. [`autoencoder::reference`] is the subject in textbook form: a network, its loss, its gradients, SGD and Adam.
//! 2. [`autoencoder`] is the subject: what a network is, how it starts, how it learns.
//! 3. [`anomaly`] turns its reconstruction errors into a threshold and a verdict.
//! 4. [`latent`] lays out what its bottleneck has learned, to be looked at.
//! 5. [`sweep`] changes a drawing step by step, to see where its error passes the threshold.
//! 6. [`recipe`] names the experiments that the page offers.
//! 7. [`lesson`] is what a lesson is, and how one is read from a text.
//! 8. [`model_file`] keeps a trained network, or a whole study, as a file.
//! 9. `detector` puts these together as fit and predict.
//! 10. [`evaluation`] measures how well anomalies are told from normal items, beside simpler methods.
//! 11. [`trial`] trains a recipe from beginning to end and says in two figures what came of it.
//! 12. [`session`] is what the page knows, as a state machine without a browser.
//! 13. [`protocol`] is all that the page and its workers say to each other.
//!
//! The features are walls: the default build has no Leptos, the `page` build has no Burn.
//! The modules stand in reading order.

pub mod anomaly;
pub mod autoencoder;
pub mod curve;
pub mod data;
pub mod encoding;
pub mod evaluation;
pub mod latent;
pub mod lesson;
pub mod model_file;
pub mod order;
pub mod pca;
pub mod picture;
pub mod random;
pub mod recipe;
pub mod sweep;
pub mod tables;
pub mod trial;

#[cfg(feature = "engine")]
pub mod detector;

pub mod protocol;
pub mod session;

#[cfg(all(feature = "worker", target_arch = "wasm32"))]
pub mod worker;

#[cfg(all(feature = "page", target_arch = "wasm32"))]
pub mod page;
