//! Panics and engine errors, told to the page before the worker dies of them.

use std::panic;
use std::sync::Mutex;

use super::shell::post;
use crate::protocol::Event;

/// The first error that an engine logged instead of returning.
///
/// Shaders that fail to compile are only logged; the results of such a kernel are stale memory.
static FIRST_ENGINE_ERROR: Mutex<Option<String>> = Mutex::new(None);

/// Reports panics to the page and keeps what engines log as errors.
pub(super) fn make_heard() {
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        post(&Event::Panicked {
            message: info
                .payload_as_str()
                .unwrap_or("no reason given")
                .to_owned(),
        });
    }));
    if log::set_logger(&EngineLog).is_ok() {
        log::set_max_level(log::LevelFilter::Error);
    }
}

/// Takes the first error that was logged since the last call.
pub(super) fn take_engine_error() -> Option<String> {
    FIRST_ENGINE_ERROR.lock().ok()?.take()
}

struct EngineLog;

impl log::Log for EngineLog {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        metadata.level() == log::Level::Error
    }

    fn log(&self, record: &log::Record<'_>) {
        if let Ok(mut first) = FIRST_ENGINE_ERROR.lock() {
            first.get_or_insert_with(|| record.args().to_string());
        }
    }

    fn flush(&self) {}
}
