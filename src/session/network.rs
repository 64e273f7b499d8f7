//! The network as it is edited: the layer at hand, whether both sides follow each other, and what was refused last.

use super::{Effect, Knob, Session};
use crate::autoencoder::Architecture;
use crate::autoencoder::edit::{Edit, Refusal, Sides};

/// What concerns the diagram on which the network is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkMessage {
    /// Look at a layer, counted from the input, which is 0.
    Select(usize),
    /// Whether a change of one side is one of the other too.
    SetSides(Sides),
    /// Change a layer.
    Edit(Edit),
    /// Take the layers that the recipe has by itself.
    Restore,
}

/// The reader's place in the network.
#[derive(Clone, Debug)]
pub(super) struct NetworkEditor {
    /// The layer at hand; the code before any was chosen.
    selected: Option<usize>,
    pub sides: Sides,
    refused: Option<Refused>,
}

/// A change that could not be made, and the network that it was asked of.
#[derive(Clone, Debug)]
struct Refused {
    of: Architecture,
    refusal: Refusal,
}

impl Default for NetworkEditor {
    fn default() -> Self {
        Self {
            selected: None,
            sides: Sides::Mirrored,
            refused: None,
        }
    }
}

impl Session {
    pub(super) fn update_network(&mut self, message: NetworkMessage) -> Vec<Effect> {
        match message {
            NetworkMessage::Select(layer) => {
                self.network.selected = Some(layer);
                self.network.refused = None;
                Vec::new()
            }
            NetworkMessage::SetSides(Sides::Free) => {
                self.network.sides = Sides::Free;
                Vec::new()
            }
            NetworkMessage::SetSides(Sides::Mirrored) => {
                let effects = self.edit_network(Edit::Mirror);
                if self.architecture().is_mirrored() {
                    self.network.sides = Sides::Mirrored;
                }
                effects
            }
            NetworkMessage::Edit(edit) => self.edit_network(edit),
            NetworkMessage::Restore => {
                let layers = self.fitting_recipe().architecture.layers;
                self.network.refused = None;
                self.tune(&Knob::Layers(layers))
            }
        }
    }

    fn edit_network(&mut self, edit: Edit) -> Vec<Effect> {
        let before = self.architecture().clone();
        match edit.applied_to(&before, self.network.sides) {
            Ok(edited) => {
                self.network.refused = None;
                if edited.computes_like(&before) {
                    return Vec::new();
                }
                self.network.selected = Some(selected_after(edit, &before, &edited));
                self.tune(&Knob::Layers(edited.layers))
            }
            Err(refusal) => {
                let of = before;
                self.network.refused = Some(Refused { of, refusal });
                Vec::new()
            }
        }
    }

    /// Which layer is at hand, counted from the input, which is 0.
    pub fn layer_at_hand(&self) -> usize {
        let architecture = self.architecture();
        let selected = self.network.selected;
        selected.map_or(architecture.code_layer(), |layer| {
            layer.min(architecture.layers.len())
        })
    }

    /// Why the last change of the network at hand was not made.
    pub(super) fn network_refusal(&self) -> Option<&Refusal> {
        let refused = self.network.refused.as_ref()?;
        (refused.of == *self.architecture()).then_some(&refused.refusal)
    }
}

/// The layer to look at after a change: the new one, or the one in the place of what is gone.
fn selected_after(edit: Edit, before: &Architecture, after: &Architecture) -> usize {
    let is_both_sided = before.layers.len().abs_diff(after.layers.len()) > 1;
    let is_in_decoder = |layer: usize| is_both_sided && layer >= before.code_layer();
    match edit {
        // The twin that stands before it moves it on by one more.
        Edit::Add { after, .. } if is_in_decoder(after) => after + 2,
        Edit::Add { after, .. } => after + 1,
        Edit::Remove { layer } if is_in_decoder(layer) => layer - 1,
        Edit::Remove { layer }
        | Edit::SetWidth { layer, .. }
        | Edit::SetActivation { layer, .. }
        | Edit::SetKernel { layer, .. }
        | Edit::SetStride { layer, .. } => layer,
        Edit::Mirror => after.code_layer(),
    }
}
