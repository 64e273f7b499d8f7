//! A recipe's network, trained to the end.

use bottleneck::autoencoder::{Device, Network, Trainer};
use bottleneck::data::{Dataset, inputs_of};
use bottleneck::recipe::Recipe;
use pollster::block_on;

/// The network of a recipe after learning from these items.
pub fn trained_on(items: &[usize], dataset: &Dataset, recipe: &Recipe) -> Network {
    let learned = inputs_of(dataset, items, recipe.label_input);
    let (architecture, training) = (&recipe.architecture, &recipe.training);
    let device = Device::Cpu;
    let mut trainer = Trainer::new(architecture, training, &learned, &device, None)
        .expect("the recipe can be trained");
    while !trainer.is_finished() {
        trainer.step();
    }
    let weights = block_on(trainer.weights()).expect("the CPU is always there");
    Network::new(architecture, &weights, &device).expect("it fits")
}
