//! The session as a signal, and the hands that carry out its effects.

use std::time::Duration;

use js_sys::Array;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::pace::Pace;
use super::piecemeal::Turns;
use super::rare::RareParts;
use super::views::Views;
use super::workers::WorkerClient;
use super::{adapter, download, fetch, link, offline, scroll};
use crate::page::memo::Memo;
use crate::protocol::{Command, EngineKind, Event, ExamineEvent, RunEvent, TrainEvent};
use crate::recipe::{DataName, RecipeName};
use crate::session::{
    DataMessage, Effect, EngineMessage, ExaminerMessage, LessonMessage, Message, Session,
    VariationMessage,
};

/// What every panel gets: a view of the session, and a way to tell it what happened.
#[derive(Clone, Copy)]
pub(super) struct Store {
    session: RwSignal<Session>,
    views: Views,
    turns: Turns,
    rare_parts: RareParts,
    pace: Pace,
    news: StoredValue<Vec<News>>,
    workers: StoredValue<Workers, LocalStorage>,
}

/// What a worker said of work under way, not yet told to the session.
struct News {
    from: Worker,
    message: Message,
}

#[derive(Clone, Copy, PartialEq)]
enum Worker {
    Trainer(EngineKind),
    Examiner,
    Runner(u32),
    Assistant(u32),
}

impl Worker {
    fn message(self, event: Event) -> Message {
        match self {
            Self::Trainer(kind) => Message::Engine(EngineMessage::TrainerSaid(kind, event)),
            Self::Examiner => Message::Examiner(ExaminerMessage::Said(event)),
            Self::Runner(number) => Message::Variation(VariationMessage::RunnerSaid(number, event)),
            Self::Assistant(number) => Message::Engine(EngineMessage::AssistantSaid(number, event)),
        }
    }

    /// What is said of one that died without a word.
    fn loss(self, reason: String) -> Message {
        match self {
            Self::Trainer(kind) => Message::Engine(EngineMessage::TrainerLost(kind, reason)),
            Self::Examiner => Message::Examiner(ExaminerMessage::Lost(reason)),
            Self::Runner(number) => {
                Message::Variation(VariationMessage::RunnerLost(number, reason))
            }
            Self::Assistant(number) => Message::Engine(EngineMessage::AssistantLost(number)),
        }
    }

    /// The name of its program.
    fn program(self) -> &'static str {
        match self {
            Self::Trainer(EngineKind::WebGpu) => "gpu_worker",
            Self::Trainer(EngineKind::Cpu)
            | Self::Examiner
            | Self::Runner(_)
            | Self::Assistant(_) => "cpu_worker",
        }
    }
}

#[derive(Default)]
struct Workers(Vec<(Worker, WorkerClient)>);

impl Workers {
    /// Puts one in the place of an older one.
    fn insert(&mut self, worker: Worker, client: WorkerClient) {
        self.end(worker);
        self.0.push((worker, client));
    }

    fn end(&mut self, worker: Worker) {
        self.0.retain(|(known, _)| *known != worker);
    }

    fn tell(&self, worker: Worker, command: &Command) {
        if let Some(client) = self.find(worker) {
            client.tell(command);
        }
    }

    /// Lets two workers speak with each other.
    fn introduce(&self, one: Worker, other: Worker) {
        if let (Some(one), Some(other)) = (self.find(one), self.find(other)) {
            one.introduce(other);
        }
    }

    fn find(&self, worker: Worker) -> Option<&WorkerClient> {
        let found = self.0.iter().find(|(known, _)| *known == worker);
        found.map(|(_, client)| client)
    }
}

impl Store {
    /// Opens a session and starts what it needs.
    pub(super) fn open() -> Self {
        let (session, effects) = Session::open_for(&link::fragment());
        let store = Self {
            session: RwSignal::new(session),
            views: Views::new(),
            turns: Turns::new(),
            rare_parts: RareParts::new(),
            pace: Pace::new(),
            news: StoredValue::new(Vec::new()),
            workers: StoredValue::new_local(Workers::default()),
        };
        for effect in effects {
            // Fetching something or starting a worker takes long enough to be a task of its own.
            set_timeout(move || store.carry_out(vec![effect]), Duration::ZERO);
        }
        store
    }

    /// Tells the session what happened, and the panels what has changed.
    pub(super) fn send(self, message: Message) {
        self.pace.give_way();
        self.tell(message);
    }

    fn tell(self, message: Message) {
        if let Some(effects) = self.take_in(message) {
            self.redraw();
            self.carry_out(effects);
        }
    }

    /// Tells the session what a worker said; news of work under way waits until the page has time to show it.
    ///
    /// Until then the session does not know it, so that what the reader does is shown without it, and sooner.
    fn hear(self, from: Worker, event: Event) {
        let is_news = is_news(&event);
        let message = from.message(event);
        if is_news {
            self.news
                .update_value(|news| news.push(News { from, message }));
            self.pace.redraw_soon(move || {
                self.take_in_news(|_| true);
                self.redraw();
            });
        } else {
            self.tell_in_turn(from, message);
        }
    }

    /// Tells the session something of a worker, after the news that the worker had before.
    fn tell_in_turn(self, from: Worker, message: Message) {
        self.take_in_news(|of| of == from);
        self.tell(message);
    }

    /// Tells the session the news of some workers, in the order in which it came.
    fn take_in_news(self, is_of: impl Fn(Worker) -> bool) {
        let news = self.news.try_update_value(|news| {
            news.extract_if(.., |news| is_of(news.from))
                .collect::<Vec<_>>()
        });
        for News { message, .. } in news.into_iter().flatten() {
            if let Some(effects) = self.take_in(message) {
                self.carry_out(effects);
            }
        }
    }

    fn take_in(self, message: Message) -> Option<Vec<Effect>> {
        self.session
            .try_update_untracked(|session| session.update(message))
    }

    fn redraw(self) {
        self.session.notify();
        self.session
            .with_untracked(|session| self.views.refresh(session));
    }

    /// A part of the session, and of nothing else; what depends on it changes only when the part does.
    pub(super) fn view<T>(self, part: impl Fn(&Session) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        self.views.view(self.session, part)
    }

    /// A part of the session that hangs on signals of the page too: looked at again when they change.
    pub(super) fn view_with_signals<T>(
        self,
        part: impl Fn(&Session) -> T + Send + Sync + 'static,
    ) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.session.with(&part))
    }

    /// Looks at the session after every message, for what must not cost anything where nothing hangs on it.
    pub(super) fn after_each_message(self, look: impl Fn(&Session) + Send + Sync + 'static) {
        self.views.register(Box::new(look));
    }

    /// A part of the page that is made when its turn comes, so that the browser paints and listens before.
    pub(super) fn later<V>(self, part: impl Fn(Self) -> V + Send + 'static) -> AnyView
    where
        V: IntoView + 'static,
    {
        self.turns.later(Box::new(move || part(self).into_any()))
    }

    /// A part of the page that few need, while it is wanted; `part` calls a function named `rare_…` and nothing else.
    pub(super) fn rare(
        self,
        is_wanted: Memo<bool>,
        part: impl Fn(Self) -> AnyView + Send + 'static,
    ) -> AnyView {
        self.rare_parts
            .show(is_wanted, Box::new(move || part(self)))
    }

    /// The same for what is made only when it is wanted.
    pub(super) fn rare_now(self, part: impl Fn(Self) -> AnyView + Send + 'static) -> AnyView {
        self.rare(Memo::new(|_| true), part)
    }

    /// A part of the session as it is now, for what happens once.
    pub(super) fn peek<T>(self, part: impl FnOnce(&Session) -> T) -> T {
        self.session.with_untracked(part)
    }

    fn carry_out(self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::FetchDataset(name) => self.fetch_dataset(name),
                Effect::FetchModel(recipe) => self.fetch_model(recipe),
                Effect::FetchLesson(slug) => self.fetch_lesson(slug),
                Effect::ProbeAdapter => spawn_local(async move {
                    self.send(Message::Engine(EngineMessage::AdapterProbed(
                        adapter::probe().await,
                    )));
                }),
                Effect::StartTrainer(kind) => self.start(Worker::Trainer(kind)),
                Effect::EndTrainer(kind) => self.end(Worker::Trainer(kind)),
                Effect::StartExaminer => self.start(Worker::Examiner),
                Effect::StartRunner(number) => self.start(Worker::Runner(number)),
                Effect::EndRunner(number) => self.end(Worker::Runner(number)),
                Effect::ToTrainer(kind, command) => {
                    self.instruct(Worker::Trainer(kind), &Command::Train(command));
                }
                Effect::ToExaminer(command) => {
                    self.instruct(Worker::Examiner, &Command::Examine(command));
                }
                Effect::ToRunner(number, command) => {
                    self.instruct(Worker::Runner(number), &Command::Run(command));
                }
                Effect::StartAssistant(number) => self.start(Worker::Assistant(number)),
                Effect::EndAssistant(number) => self.end(Worker::Assistant(number)),
                Effect::IntroduceAssistant(number) => self.workers.with_value(|workers| {
                    workers.introduce(Worker::Trainer(EngineKind::Cpu), Worker::Assistant(number));
                }),
                Effect::Save(file) => download::save_file(&file),
                Effect::ShowPlace(place) => scroll::show(place),
                Effect::TakeNewVersion => spawn_local(offline::take_new_version(self)),
            }
        }
    }

    fn start(self, worker: Worker) {
        let hear = move |event: Event| self.hear(worker, event);
        let lose = move |reason: String| self.tell_in_turn(worker, worker.loss(reason));
        match WorkerClient::spawn(worker.program(), hear, lose) {
            Ok(client) => self
                .workers
                .update_value(|workers| workers.insert(worker, client)),
            Err(reason) => self.send(worker.loss(reason)),
        }
    }

    fn end(self, worker: Worker) {
        self.workers.update_value(|workers| workers.end(worker));
    }

    fn instruct(self, worker: Worker, command: &Command) {
        self.workers
            .with_value(|workers| workers.tell(worker, command));
    }

    /// Hands files to the examiner, each behind its name; what it is to do with them is told next.
    pub(super) fn hand_to_examiner(self, files: &Array) {
        self.workers.with_value(|workers| {
            if let Some(examiner) = workers.find(Worker::Examiner) {
                examiner.hand_over(files);
            }
        });
    }

    fn fetch_dataset(self, name: DataName) {
        let Some(file_name) = name.file_name() else {
            return;
        };
        spawn_local(async move {
            let url = format!("./data/{file_name}");
            let report = |fraction| {
                self.send(Message::Data(DataMessage::DatasetUnderway {
                    name,
                    fraction,
                }));
            };
            self.send(match fetch::unpacked(&url, report).await {
                Ok(bytes) => Message::Data(DataMessage::DatasetLoaded { name, bytes }),
                Err(reason) => Message::Data(DataMessage::DatasetFailed { name, reason }),
            });
        });
    }

    fn fetch_model(self, recipe: RecipeName) {
        spawn_local(async move {
            let url = format!("./models/{}", recipe.model_file());
            self.send(match fetch::numbers(&url, recipe.model_precision()).await {
                Ok(values) => Message::Data(DataMessage::ModelLoaded { recipe, values }),
                Err(reason) => Message::Data(DataMessage::ModelFailed { recipe, reason }),
            });
        });
    }

    fn fetch_lesson(self, slug: String) {
        spawn_local(async move {
            let url = format!("./lessons/{slug}.txt");
            self.send(match fetch::bytes(&url, |_| {}).await {
                Ok(bytes) => Message::Lesson(LessonMessage::Arrived { slug, bytes }),
                Err(reason) => Message::Lesson(LessonMessage::Failed { slug, reason }),
            });
        });
    }
}

/// Whether an event only tells how far work has come, so that the next one replaces what it shows.
fn is_news(event: &Event) -> bool {
    matches!(
        event,
        Event::Train(TrainEvent::EpochsDone { .. } | TrainEvent::Progress { .. })
            | Event::Examine(
                ExamineEvent::Calibrated { .. }
                    | ExamineEvent::Scoring { .. }
                    | ExamineEvent::Scored(_)
                    | ExamineEvent::Map(_)
                    | ExamineEvent::Evaluating { .. }
                    | ExamineEvent::Reading { .. }
            )
            | Event::Run(RunEvent::Underway { .. })
    )
}
