//! An input that is never done with must be found all the same.

use std::path::PathBuf;
use std::process::exit;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::files;

/// Longer than any input may take, even on a busy machine.
const HANGS_AFTER: Duration = Duration::from_mins(1);

/// The input at hand, and since when.
type Current = Arc<Mutex<(Vec<u8>, Instant)>>;

/// Ends the process with the input saved when one hangs.
pub struct Watch {
    current: Current,
}

impl Watch {
    /// Starts watching, until this is dropped.
    pub fn start(path: PathBuf) -> Self {
        let current: Current = Arc::new(Mutex::new((Vec::new(), Instant::now())));
        let watched = Arc::downgrade(&current);
        thread::spawn(move || {
            while let Some(current) = watched.upgrade() {
                let current = current.lock().unwrap_or_else(PoisonError::into_inner);
                if current.1.elapsed() > HANGS_AFTER {
                    let kept = files::write(&path, &current.0);
                    eprintln!(
                        "error: an input hangs; it is kept in {} ({kept:?})",
                        path.display()
                    );
                    exit(1);
                }
                drop(current);
                thread::sleep(Duration::from_secs(1));
            }
        });
        Self { current }
    }

    /// Takes note of the next input.
    pub fn note(&self, input: &[u8]) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.0.clear();
        current.0.extend_from_slice(input);
        current.1 = Instant::now();
    }
}
