//! Pictures in files of their own, as cameras and people make them: what becomes of them between the browser's decoder and a
//! data set.
//!
//! The browser decodes a file ([`PhotoFormat`] says beforehand what it is and how large), scaled down to a size that
//! [`decoded_size`] gives, and [`Photos`] keeps its grey values. A [`PhotoReading`] makes a data set of them: it can be
//! changed without decoding anything again.

mod drawing;
mod file;
mod format;
mod frame;
mod reading;
mod set;

pub use file::PhotosFileError;
pub(super) use file::is_photos;
pub use format::PhotoFormat;
pub use reading::{Framing, LARGEST_SIDE, PhotoReading, SMALLEST_SIDE};
pub use set::{Photos, PhotosError, decoded_size};
