//! Keeping the reader's work in the browser, one order after the other, beside the examiner's other work.

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::StreamExt as _;
use wasm_bindgen_futures::spawn_local;

use super::shell::post;
use super::storage::{Storage, StorageError};
use crate::protocol::{Event, ExamineEvent, RememberCommand, RememberedEvent};

/// The name of the browser's database.
const NAME: &str = "bottleneck";

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
    let mut remembered = Remembered::default();
    while let Some(command) = commands.next().await {
        let outcome = remembered.obey(command).await;
        let event = outcome.unwrap_or_else(|error| {
            Some(RememberedEvent::Failed {
                reason: error.to_string(),
            })
        });
        if let Some(event) = event {
            post(&Event::Examine(ExamineEvent::Remembered(event)));
        }
    }
}

/// What this tab keeps.
#[derive(Default)]
struct Remembered {
    storage: Option<Storage>,
}

impl Remembered {
    async fn obey(
        &mut self,
        command: RememberCommand,
    ) -> Result<Option<RememberedEvent>, StorageError> {
        let storage = self.storage().await?;
        match command {
            RememberCommand::Look => Ok(Some(RememberedEvent::Found {
                works: storage.works().await?,
                lessons: storage.lessons().await?,
            })),
            RememberCommand::Lesson(lesson) => {
                storage.write_lesson(&lesson).await?;
                Ok(None)
            }
            RememberCommand::ForgetEverything => {
                storage.forget_everything().await?;
                Ok(Some(RememberedEvent::Forgotten))
            }
        }
    }

    /// Opened when it is first needed; a browser that refuses is asked again the next time.
    async fn storage(&mut self) -> Result<&Storage, StorageError> {
        if self.storage.is_none() {
            self.storage = Some(Storage::open(NAME).await?);
        }
        self.storage.as_ref().ok_or(StorageError::Forbidden)
    }
}
