//! How well scores tell anomalies from normal items: higher scores should be more abnormal.
//!
//! Everything starts from two lists of scores, of normal items and of anomalies. Where one of them is empty, or a score
//! is not a number, there is nothing to measure and the answer is `None`.

mod area_interval;
mod band;
mod bootstrap;
mod precision_at_n;
mod precision_recall;
mod ranking;
mod rate;
mod roc;

#[cfg(test)]
mod fixture;

pub use area_interval::auroc_interval;
pub use band::false_alarm_band;
pub use bootstrap::average_precision_interval;
pub use precision_at_n::precision_at_n;
pub use precision_recall::{PrecisionRecallCurve, PrecisionRecallPoint};
pub use rate::{Estimate, Rate};
pub use roc::{RocCurve, RocPoint};

/// The 97.5 % point of the normal distribution: what makes intervals of 95 %.
const Z_95: f64 = 1.959_963_984_540_054;
