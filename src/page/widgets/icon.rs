//! Small line pictures for buttons and verdicts.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    Play,
    Pause,
    Step,
    Reset,
    Undo,
    Normal,
    Anomaly,
    Waiting,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Play => "M7 4.5v15l12.5-7.5z",
            Self::Pause => "M7 5h3.6v14H7zM13.4 5H17v14h-3.6z",
            Self::Step => "M5 5v14l10-7zM16.5 5H19v14h-2.5z",
            Self::Reset => "M12 5a7 7 0 1 1-6.6 4.7l1.9.6A5 5 0 1 0 12 7v3L7.5 6 12 2z",
            Self::Undo => "M9 5 4 9.5 9 14v-3h5a3.5 3.5 0 0 1 0 7H8v2h6a5.5 5.5 0 0 0 0-11H9z",
            Self::Normal => {
                "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1.2 14.6-4.3-4.3 1.6-1.6 2.7 2.7 5.3-5.3 1.6 1.6z"
            }
            Self::Anomaly => {
                "M12 2.2 1.6 20.8h20.8zm-1.1 6.6h2.2l-.3 6.2h-1.6zm1.1 7.6a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.6z"
            }
            Self::Waiting => {
                "M6 10.4a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2zm6 0a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2zm6 0a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2z"
            }
        }
    }
}

/// An icon that a word beside it explains.
pub(crate) fn icon(icon: Icon) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=icon.path() fill-rule="evenodd" />
        </svg>
    }
}
