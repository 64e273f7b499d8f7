//! Keeping the reader's work in the browser, one order after the other, beside the examiner's other work.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::StreamExt as _;
use gloo_timers::future::sleep;
use wasm_bindgen_futures::spawn_local;

use super::shell::post;
use super::storage::{Claim, Storage, StorageError, Works, claim};
use crate::model_file::from_parts;
use crate::protocol::{
    Event, ExamineEvent, OpenedWork, RememberCommand, RememberOrder, RememberedEvent,
    RememberedWork, Written,
};

/// The name of the browser's database.
const NAME: &str = "bottleneck";

/// A page that was just closed may take so long to let go of its work.
const LET_GO_AFTER: Duration = Duration::from_millis(700);

/// Takes orders, and has them carried out without making anyone wait.
pub(super) struct Memory(UnboundedSender<RememberCommand>);

impl Memory {
    pub fn new() -> Self {
        let (sender, commands) = unbounded();
        spawn_local(serve(commands));
        Self(sender)
    }

    pub fn obey(&self, command: RememberCommand) {
        // The receiver lives as long as the worker.
        drop(self.0.unbounded_send(command));
    }
}

async fn serve(mut commands: UnboundedReceiver<RememberCommand>) {
    let mut tab = Tab::default();
    while let Some(command) = commands.next().await {
        let outcome = tab.obey(command).await;
        let event = outcome.unwrap_or_else(|error| {
            tab.storage = None;
            Some(RememberedEvent::Failed {
                reason: error.to_string(),
            })
        });
        if let Some(event) = event {
            post(&Event::Examine(ExamineEvent::Remembered(event)));
        }
    }
}

/// What this tab has to do with what is kept.
#[derive(Default)]
struct Tab {
    storage: Option<Storage>,
    /// The works that no other tab may write.
    ours: BTreeSet<String>,
    /// One of them that nothing could be written to.
    spare: Option<String>,
}

impl Tab {
    async fn obey(
        &mut self,
        command: RememberCommand,
    ) -> Result<Option<RememberedEvent>, StorageError> {
        match command {
            RememberCommand::Look => self.look().await.map(Some),
            RememberCommand::Study(order) => {
                let request = order.request;
                let outcome = self.write(*order).await.unwrap_or_else(|error| {
                    self.storage = None;
                    Written::Failed(error.to_string())
                });
                Ok(Some(RememberedEvent::Written { request, outcome }))
            }
            RememberCommand::Open { request, id } => {
                let outcome = self.open(&id).await.map(Box::new);
                let outcome = outcome.map_err(|error| error.to_string());
                Ok(Some(RememberedEvent::Opened { request, outcome }))
            }
            RememberCommand::Drawings(bytes) => {
                self.storage().await?.write_drawings(&bytes).await?;
                Ok(None)
            }
            RememberCommand::Lesson(lesson) => {
                self.storage().await?.write_lesson(&lesson).await?;
                Ok(None)
            }
            RememberCommand::ForgetEverything => {
                self.storage().await?.forget_everything().await?;
                Ok(Some(RememberedEvent::Forgotten))
            }
        }
    }

    /// Opened when it is first needed, and anew after anything went wrong.
    async fn storage(&mut self) -> Result<&Storage, StorageError> {
        if self.storage.is_none() {
            self.storage = Some(Storage::open(NAME).await?);
        }
        self.storage.as_ref().ok_or(StorageError::Forbidden)
    }

    async fn look(&mut self) -> Result<RememberedEvent, StorageError> {
        let storage = self.storage().await?;
        let mut found = storage.works().await?;
        if found.n_claimed > 0 {
            sleep(LET_GO_AFTER).await;
            found = storage.works().await?;
        }
        let Works { works, trouble, .. } = found;
        Ok(RememberedEvent::Found {
            works,
            lessons: storage.lessons().await?,
            drawings: storage.drawings().await?,
            trouble: trouble.map(|trouble| trouble.to_string()),
        })
    }

    async fn write(&mut self, order: RememberOrder) -> Result<Written, StorageError> {
        let is_new = order.work.is_none();
        let id = if let Some(known) = order.work {
            if !self.storage().await?.has(&known).await? {
                return Ok(Written::Forgotten);
            }
            if self.claim(&known).await == Claim::Theirs {
                return Ok(Written::Taken);
            }
            known
        } else {
            let new = self.spare.take().unwrap_or_else(new_id);
            self.claim(&new).await;
            new
        };
        let work = RememberedWork {
            id,
            title: order.title,
            fragment: order.fragment,
            written_ms: js_sys::Date::now(),
        };
        let parts = order.renewal.parts();
        let stays = |name: &str| order.renewal.keeps(name);
        let storage = self.storage().await?;
        match storage.write(&work, &parts, stays).await {
            Ok(()) => Ok(Written::As(work.id)),
            Err(error) => {
                self.spare = is_new.then_some(work.id);
                Err(error)
            }
        }
    }

    async fn open(&mut self, id: &str) -> Result<OpenedWork, StorageError> {
        let claimed = self.claim(id).await;
        if claimed == Claim::Theirs {
            return Err(StorageError::InUse);
        }
        let parts = self.storage().await?.parts(id).await?;
        Ok(OpenedWork {
            restored: from_parts(&parts).map_err(|error| StorageError::broken(&error))?,
            // Where nobody knows whether another tab works on it, what this one makes of it is kept beside it.
            is_ours: claimed == Claim::Ours,
        })
    }

    /// A lock cannot be had twice, not even by its holder.
    async fn claim(&mut self, id: &str) -> Claim {
        if self.ours.contains(id) {
            return Claim::Ours;
        }
        let claimed = claim(id).await;
        if claimed == Claim::Ours {
            self.ours.insert(id.to_owned());
        }
        claimed
    }
}

/// A name that no other work has.
fn new_id() -> String {
    let digits = js_sys::Math::random().to_string();
    format!(
        "{}-{}",
        js_sys::Date::now(),
        digits.trim_start_matches("0.")
    )
}
