//! An item measured by the weights of earlier epochs, in slices.

use std::collections::{BTreeMap, VecDeque};

use super::clock::now_ms;
use super::long_work::Calibrating;
use super::subject::Subject;
use crate::autoencoder::{Device, Network};
use crate::protocol::{CalibratedEpoch, ExamineEvent, Moment, PastMeasured, PastOrder};

/// How long the item is measured before the examiner listens again.
const SLICE_MS: f64 = 6.0;

/// Networks of earlier epochs, and what they are to measure.
#[derive(Default)]
pub(super) struct Past {
    networks: BTreeMap<u32, Network>,
    order: Option<Order>,
}

struct Order {
    request: u32,
    values: Vec<f32>,
    label: Option<u8>,
    epochs: VecDeque<u32>,
    to_calibrate: VecDeque<u32>,
    calibrating: Option<(u32, Calibrating)>,
}

impl Past {
    /// Takes an order in the place of an older one, and lets go of epochs that count no more.
    pub fn take(&mut self, subject: &Subject, order: PastOrder) -> Result<(), String> {
        let architecture = &subject.recipe.architecture;
        for snapshot in &order.new {
            let network = Network::new(architecture, &snapshot.weights, &Device::Cpu);
            let network = network.map_err(|error| error.to_string())?;
            self.networks
                .insert(snapshot.position.epoch as u32, network);
        }
        self.networks
            .retain(|epoch, _| order.epochs.contains(epoch));
        self.order = Some(Order {
            request: order.request,
            values: order.values,
            label: order.label,
            // The newest first: what lies near the present is what one looks at first.
            epochs: order.epochs.into_iter().rev().collect(),
            to_calibrate: order.to_calibrate.into_iter().rev().collect(),
            calibrating: None,
        });
        Ok(())
    }

    pub fn has_work(&self) -> bool {
        self.order.is_some()
    }

    /// One slice: the item by some epochs, or some calibration items by one.
    pub async fn work(&mut self, subject: &Subject) -> Result<Option<ExamineEvent>, String> {
        let Some(mut order) = self.order.take() else {
            return Ok(None);
        };
        let mut measured = PastMeasured {
            request: order.request,
            epochs: Vec::new(),
            errors: Vec::new(),
            calibrated: None,
            is_finished: false,
        };
        if order.epochs.is_empty() {
            measured.calibrated = self.calibrate(subject, &mut order).await?;
        } else {
            let started_ms = now_ms();
            while now_ms() - started_ms < SLICE_MS
                && let Some(epoch) = order.epochs.pop_front()
            {
                if let Some(network) = self.networks.get(&epoch) {
                    let item = subject.reconstruct(network, &order.values, order.label);
                    measured.errors.push(item.await?.error);
                    measured.epochs.push(epoch);
                }
            }
        }
        measured.is_finished = order.is_finished();
        let has_news = !measured.epochs.is_empty() || measured.calibrated.is_some();
        let event =
            (has_news || measured.is_finished).then_some(ExamineEvent::PastMeasured(measured));
        if !order.is_finished() {
            self.order = Some(order);
        }
        Ok(event)
    }

    async fn calibrate(
        &self,
        subject: &Subject,
        order: &mut Order,
    ) -> Result<Option<CalibratedEpoch>, String> {
        let next = || {
            let epoch = order.to_calibrate.pop_front()?;
            Some((epoch, Calibrating::new(subject, 0, Moment::default())))
        };
        let Some((epoch, mut calibrating)) = order.calibrating.take().or_else(next) else {
            return Ok(None);
        };
        let Some(network) = self.networks.get(&epoch) else {
            return Ok(None);
        };
        let errors = calibrating.next(subject, network).await?;
        if errors.is_none() {
            order.calibrating = Some((epoch, calibrating));
        }
        Ok(errors.map(|errors| CalibratedEpoch { epoch, errors }))
    }
}

impl Order {
    fn is_finished(&self) -> bool {
        self.epochs.is_empty() && self.to_calibrate.is_empty() && self.calibrating.is_none()
    }
}
