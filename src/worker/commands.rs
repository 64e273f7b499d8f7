//! What a role does next: obey the page first, then work, and listen in between.

use std::pin::Pin;
use std::time::Duration;

use futures_util::future::select;
use futures_util::stream::{LocalBoxStream, Peekable};
use futures_util::{FutureExt as _, Stream, StreamExt as _};
use gloo_timers::future::sleep;

use super::clock::take_turn;

/// The commands of the page for one role.
pub(super) struct Commands<C> {
    arriving: Peekable<LocalBoxStream<'static, C>>,
    has_worked: bool,
}

/// What there is to do.
pub(super) enum Turn<C> {
    /// The page has said something.
    Obey(C),
    /// It has not: a slice of the work that there is.
    Work,
}

impl<C: 'static> Commands<C> {
    pub fn new(arriving: impl Stream<Item = C> + 'static) -> Self {
        Self {
            arriving: arriving.boxed_local().peekable(),
            has_worked: false,
        }
    }

    /// A command that has arrived comes first; without work one is waited for. `None` when the page has gone away.
    pub async fn next_turn(&mut self, has_work: bool) -> Option<Turn<C>> {
        if !has_work {
            self.has_worked = false;
            return self.arriving.next().await.map(Turn::Obey);
        }
        if self.has_worked {
            take_turn().await;
        }
        let command = self.arriving.next().now_or_never().flatten();
        self.has_worked = command.is_none();
        Some(command.map_or(Turn::Work, Turn::Obey))
    }

    /// Waits so long, or until the page says something.
    pub async fn rest(&mut self, milliseconds: f64) {
        if milliseconds > 0.0 {
            let time = sleep(Duration::from_secs_f64(milliseconds / 1000.0));
            select(Pin::new(&mut self.arriving).peek(), time).await;
        }
    }
}
