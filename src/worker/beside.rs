//! A second network, which judges the same item.

use super::subject::Subject;
use crate::autoencoder::{Device, Network};
use crate::protocol::{BesideNetwork, BesideOrder, ExamineEvent, Judgement, Moment};
use crate::recipe::Recipe;

/// The network that stands beside the one that judges.
pub(super) struct Beside {
    network: Network,
    recipe: Recipe,
    of: Moment,
}

impl Beside {
    /// Builds it from its weights.
    pub fn new(beside: BesideNetwork) -> Result<Self, String> {
        let architecture = &beside.recipe.architecture;
        let network = Network::new(architecture, &beside.snapshot.weights, &Device::Cpu);
        Ok(Self {
            network: network.map_err(|error| error.to_string())?,
            of: Moment {
                run: beside.run,
                position: beside.snapshot.position,
            },
            recipe: beside.recipe,
        })
    }

    /// Judges an item by it.
    pub async fn judge(
        &self,
        subject: &Subject,
        order: BesideOrder,
    ) -> Result<ExamineEvent, String> {
        let item = subject.reconstruct_by(&self.recipe, &self.network, &order.values, order.label);
        let item = item.await?;
        Ok(ExamineEvent::JudgedBeside(Judgement {
            request: order.request,
            of: self.of,
            reconstruction: item.reconstruction,
            code: item.code,
            error: item.error,
            label: item.label,
            values: order.values,
        }))
    }
}
