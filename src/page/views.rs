//! What the panels see of the session: looked at after every message, and news only where it has changed.
//!
//! A memo on the session itself would wake all that hangs on it with every message, to find out that nothing changed.

use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::{self, *};

use super::memo::{Erased, IsSame, Memo, is_same};
use crate::session::Session;

/// Looks at one part of the session, and tells its memo where it has changed.
type Look = Box<dyn Fn(&Session) + Send + Sync>;

/// Reads a part of the session.
type Part = Arc<dyn Fn(&Session) -> Erased + Send + Sync>;

/// All parts that are shown at the moment.
#[derive(Clone, Copy)]
pub(super) struct Views {
    looks: StoredValue<Vec<(usize, Look)>>,
    n_made: StoredValue<usize>,
}

impl Views {
    pub(super) fn new() -> Self {
        Self {
            looks: StoredValue::new(Vec::new()),
            n_made: StoredValue::new(0),
        }
    }

    /// A part of the session, beginning with what it is now; it ends with the part of the page that asked for it.
    ///
    /// `part` must hang on the session alone.
    pub(super) fn view<T>(
        self,
        session: RwSignal<Session>,
        part: impl Fn(&Session) -> T + Send + Sync + 'static,
    ) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        let part: Part = Arc::new(move |session| Arc::new(part(session)));
        Memo::of(self.erased_view(session, part, is_same::<T>))
    }

    fn erased_view(
        self,
        session: RwSignal<Session>,
        part: Part,
        is_same: IsSame,
    ) -> prelude::Memo<Erased> {
        let newest = Arc::new(Mutex::new(None));
        let changed = ArcTrigger::new();
        let memo = prelude::Memo::new_owning({
            let (part, newest, changed) = (part.clone(), newest.clone(), changed.clone());
            move |known| {
                changed.track();
                let newest = newest.lock().unwrap_or_else(PoisonError::into_inner).take();
                match (newest, known) {
                    (Some(newest), _) => (newest, true),
                    (None, Some(known)) => (known, false),
                    (None, None) => (session.with_untracked(&*part), true),
                }
            }
        });
        self.register(Box::new(move |session| {
            let now = part(session);
            if memo.try_with_untracked(|known| !is_same(known, &now)) == Some(true) {
                *newest.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
                changed.notify();
            }
        }));
        memo
    }

    /// Looks from now on, until the part of the page that asked for it goes away.
    pub(super) fn register(self, look: Look) {
        let number = self.n_made.get_value();
        self.n_made.set_value(number + 1);
        self.looks.update_value(|looks| looks.push((number, look)));
        on_cleanup(move || {
            self.looks
                .try_update_value(|looks| looks.retain(|(known, _)| *known != number));
        });
    }

    /// Looks at every part.
    pub(super) fn refresh(self, session: &Session) {
        self.looks.with_value(|looks| {
            for (_, look) in looks {
                look(session);
            }
        });
    }
}
