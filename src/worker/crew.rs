//! A trainer's assistants: a step is shared with as many of them as make it fastest.
//!
//! One that does not answer in time is done without: the trainer works its share out itself, in the same step and to the
//! same bits, and asks it again only after it has answered.

use std::pin::pin;
use std::time::Duration;

use futures_channel::mpsc::{UnboundedReceiver, unbounded};
use futures_util::StreamExt as _;
use futures_util::future::{Either, select};
use gloo_timers::future::sleep;
use js_sys::Float32Array;
use wasm_bindgen::{JsCast as _, prelude::Closure};
use web_sys::{MessageEvent, MessagePort};

use super::assistant::{Answer, Order, Subject};
use super::clock::now_ms;
use crate::autoencoder::{CrewSize, ShareOrder, SharedStep, StepEnd, Trainer};

/// How long an answer is waited for: this, and some times as long as the trainer's own share took.
const PATIENCE_MS: f64 = 60.0;
const PATIENCE_IN_SHARES: f64 = 3.0;

/// One that is silent for so long is gone.
const LONGEST_SILENCE_MS: f64 = 5_000.0;

/// The assistants of a run.
pub(super) struct Crew {
    subject: Subject,
    assistants: Vec<Colleague>,
    /// How many workers the reader wants, the trainer included.
    wanted: Option<u32>,
    size: CrewSize,
    newest_order: u32,
    /// What an assistant needs beside the weights.
    rows: Vec<f32>,
}

/// An assistant, as the trainer knows it.
struct Colleague {
    port: MessagePort,
    answers: UnboundedReceiver<Answer>,
    /// What the next order travels in; `None` while that is away.
    vehicle: Option<Float32Array>,
    asked_ms: f64,
    _hear: Closure<dyn FnMut(MessageEvent)>,
}

impl Crew {
    /// Nobody yet.
    pub fn new(subject: Subject) -> Self {
        Self {
            subject,
            assistants: Vec::new(),
            wanted: None,
            size: CrewSize::new(0),
            newest_order: 0,
            rows: Vec::new(),
        }
    }

    /// One more.
    pub fn welcome(&mut self, port: MessagePort) {
        if let Ok(subject) = serde_wasm_bindgen::to_value(&self.subject)
            && port.post_message(&subject).is_ok()
        {
            self.assistants.push(Colleague::new(port));
            self.size = CrewSize::new(self.assistants.len());
        }
    }

    /// The page ends them when training stops.
    pub fn dismiss(&mut self) {
        self.assistants.clear();
        self.size = CrewSize::new(0);
    }

    pub fn want(&mut self, workers: Option<u32>) {
        self.wanted = workers;
        self.size = CrewSize::new(self.assistants.len());
    }

    /// Workers that share a step, the trainer included.
    pub fn n_workers(&self) -> usize {
        1 + self.wanted_assistants().unwrap_or(self.size.fastest())
    }

    fn wanted_assistants(&self) -> Option<usize> {
        let assistants = self.wanted?.saturating_sub(1) as usize;
        Some(assistants.min(self.assistants.len()))
    }

    /// Learns from the next batch, with the help that there is.
    pub async fn step(&mut self, trainer: &mut Trainer) -> StepEnd {
        if self.assistants.is_empty() {
            return trainer.step();
        }
        let started_ms = now_ms();
        let n_assistants = self.wanted_assistants().unwrap_or(self.size.next());
        let end = self.step_with(n_assistants, trainer).await;
        if self.wanted.is_none() {
            self.size.note(now_ms() - started_ms);
        }
        end
    }

    fn do_without_the_silent(&mut self) {
        let n_assistants = self.assistants.len();
        self.assistants.retain_mut(Colleague::is_there);
        if self.assistants.len() < n_assistants {
            self.size = CrewSize::new(self.assistants.len());
        }
    }

    async fn step_with(&mut self, n_assistants: usize, trainer: &mut Trainer) -> StepEnd {
        self.do_without_the_silent();
        let all = self.assistants.iter_mut();
        let free = all.filter(|colleague| colleague.vehicle.is_some());
        let mut free: Vec<_> = free.take(n_assistants).collect();
        if free.is_empty() {
            return trainer.step();
        }
        let Some(mut step) = trainer.share_step(1 + free.len()) else {
            return trainer.step();
        };
        self.newest_order = self.newest_order.wrapping_add(1);
        for (order_idx, colleague) in free.iter_mut().enumerate().take(step.n_orders()) {
            let share = step.write_order(order_idx, &mut self.rows);
            colleague.ask(self.newest_order, share, step.weights(), &self.rows);
        }
        let started_ms = now_ms();
        step.work();
        let patience_ms = PATIENCE_MS + PATIENCE_IN_SHARES * (now_ms() - started_ms);
        take_answers(&mut step, &mut free, self.newest_order, patience_ms).await;
        step.end()
    }
}

/// Takes the answers that come within some milliseconds; those that come later are not waited for.
async fn take_answers(
    step: &mut SharedStep<'_>,
    asked: &mut [&mut Colleague],
    number: u32,
    patience_ms: f64,
) {
    let mut deadline = sleep(Duration::from_secs_f64(patience_ms / 1000.0));
    let asked = asked.iter_mut().take(step.n_orders());
    for (order_idx, colleague) in asked.enumerate() {
        let answer = match select(pin!(colleague.answer(number)), &mut deadline).await {
            Either::Left((answer, _)) => answer,
            Either::Right(_) => return,
        };
        if let Some(Answer { cost, floats, .. }) = answer {
            step.accept(order_idx, cost, |gradients| {
                floats
                    .subarray(0, gradients.len() as u32)
                    .copy_to(gradients);
            });
            colleague.vehicle = Some(floats);
        }
    }
}

impl Colleague {
    fn new(port: MessagePort) -> Self {
        let (sender, answers) = unbounded();
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            if let Some(answer) = Answer::of_message(&message.data()) {
                // Whoever dismissed it wants no more answers.
                drop(sender.unbounded_send(answer));
            }
        });
        port.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        Self {
            port,
            answers,
            vehicle: Some(Float32Array::new_with_length(0)),
            asked_ms: 0.0,
            _hear: hear,
        }
    }

    /// Whether it can be asked, or will answer yet.
    fn is_there(&mut self) -> bool {
        while let Ok(late) = self.answers.try_recv() {
            self.vehicle = Some(late.floats);
        }
        self.vehicle.is_some() || now_ms() - self.asked_ms < LONGEST_SILENCE_MS
    }

    fn ask(&mut self, number: u32, share: ShareOrder, weights: &[f32], rows: &[f32]) {
        let n_weights = weights.len() as u32;
        let n_floats = n_weights + rows.len() as u32;
        let vehicle = self.vehicle.take().filter(|it| it.length() >= n_floats);
        let vehicle = vehicle.unwrap_or_else(|| Float32Array::new_with_length(n_floats));
        vehicle.subarray(0, n_weights).copy_from(weights);
        vehicle.subarray(n_weights, n_floats).copy_from(rows);
        let order = Order {
            number,
            share,
            n_floats,
            floats: vehicle,
        };
        self.asked_ms = now_ms();
        // One that cannot be told does not answer.
        order.send(&self.port);
    }

    /// The answer to an order; one to an earlier order came too late.
    async fn answer(&mut self, number: u32) -> Option<Answer> {
        while let Some(answer) = self.answers.next().await {
            if answer.number == number {
                return Some(answer);
            }
        }
        None
    }
}

impl Drop for Colleague {
    fn drop(&mut self) {
        self.port.set_onmessage(None);
        self.port.close();
    }
}
