//! The assistant: works out parts of a trainer's batches, and knows nothing of the run.
//!
//! It hears from the trainer alone, through a port of their own, so that no step waits for the page's thread. Nothing is
//! shared between the two and no array is copied on its way: the one that brings weights and items changes hands, and
//! goes back with the gradients in it.

use js_sys::{Array, Float32Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use web_sys::{MessageEvent, MessagePort};

use crate::autoencoder::{Architecture, Assistant, PartsCost, ShareOrder, TrainingConfig};

/// What an assistant is told first: whose parts it will work out.
#[derive(Serialize, Deserialize)]
pub(super) struct Subject {
    pub architecture: Architecture,
    pub training: TrainingConfig,
}

/// Serves a trainer until the page ends this worker.
pub(super) fn serve(port: &MessagePort) {
    let mut work = None;
    let to_trainer = port.clone();
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        let message = message.data();
        if let Some(order) = Order::of_message(&message) {
            let answer = work
                .as_mut()
                .and_then(|work: &mut Work| work.answer(&order));
            if let Some(answer) = answer {
                answer.send(&to_trainer);
            }
        } else {
            work = Work::new(message);
        }
    });
    port.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
}

struct Work {
    assistant: Assistant,
    floats: Vec<f32>,
}

impl Work {
    /// `None` where the subject cannot be worked on; then the trainer gets no answers and does without.
    fn new(subject: JsValue) -> Option<Self> {
        let subject: Subject = serde_wasm_bindgen::from_value(subject).ok()?;
        let assistant = Assistant::new(&subject.architecture, &subject.training).ok()?;
        Some(Self {
            assistant,
            floats: Vec::new(),
        })
    }

    fn answer(&mut self, order: &Order) -> Option<Answer> {
        let floats = order.floats.subarray(0, order.n_floats);
        self.floats.resize(order.n_floats as usize, 0.0);
        floats.copy_to(&mut self.floats);
        let (gradients, cost) = self.assistant.work(&order.share, &self.floats)?;
        order
            .floats
            .subarray(0, gradients.len() as u32)
            .copy_from(gradients);
        Some(Answer {
            number: order.number,
            cost,
            floats: order.floats.clone(),
        })
    }
}

/// What a trainer asks for.
pub(super) struct Order {
    /// Comes back with the answer.
    pub number: u32,
    pub share: ShareOrder,
    /// As many of the floats as are meant; there is room for more.
    pub n_floats: u32,
    pub floats: Float32Array,
}

/// What an assistant gives back.
pub(super) struct Answer {
    /// Of the order.
    pub number: u32,
    pub cost: PartsCost,
    /// The order's own, which begin with the gradients now.
    pub floats: Float32Array,
}

impl Order {
    /// Sends it, floats and all; whether that could be done.
    pub fn send(&self, port: &MessagePort) -> bool {
        let ShareOrder {
            n_items,
            parts,
            scale,
        } = &self.share;
        let numbers = [
            f64::from(self.number),
            *n_items as f64,
            parts.start as f64,
            parts.end as f64,
            *scale,
            f64::from(self.n_floats),
        ];
        send(port, &numbers, &self.floats)
    }

    fn of_message(message: &JsValue) -> Option<Self> {
        let message = message.dyn_ref::<Array>()?;
        let number = |idx| message.get(idx).as_f64();
        Some(Self {
            number: number(0)? as u32,
            share: ShareOrder {
                n_items: number(1)? as usize,
                parts: number(2)? as usize..number(3)? as usize,
                scale: number(4)?,
            },
            n_floats: number(5)? as u32,
            floats: floats_of(message)?,
        })
    }
}

impl Answer {
    fn send(&self, port: &MessagePort) {
        let PartsCost { squares, nats } = self.cost;
        let mut numbers = vec![f64::from(self.number), squares];
        numbers.extend(nats);
        // A trainer that is gone needs no answer.
        send(port, &numbers, &self.floats);
    }

    pub fn of_message(message: &JsValue) -> Option<Self> {
        let message = message.dyn_ref::<Array>()?;
        let number = |idx| message.get(idx).as_f64();
        Some(Self {
            number: number(0)? as u32,
            cost: PartsCost {
                squares: number(1)?,
                nats: number(2),
            },
            floats: floats_of(message)?,
        })
    }
}

/// Numbers, and then the floats, which change hands.
fn send(port: &MessagePort, numbers: &[f64], floats: &Float32Array) -> bool {
    let message: Array = numbers
        .iter()
        .map(|&number| JsValue::from(number))
        .collect();
    message.push(floats);
    let moved = Array::of1(&floats.buffer());
    port.post_message_with_transferable(&message, &moved)
        .is_ok()
}

fn floats_of(message: &Array) -> Option<Float32Array> {
    let last = message.length().checked_sub(1)?;
    message.get(last).dyn_into().ok()
}
