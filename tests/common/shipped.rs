//! Data and models that ship with the page.

use bottleneck::autoencoder::{Device, Network, Weights};
use bottleneck::data::{Dataset, NamedFile, gunzip, is_gzip, open_packed};
use bottleneck::recipe::{DataName, Recipe, RecipeName};

/// The data that belong to the page.
pub fn data(name: DataName) -> Dataset {
    name.generated().unwrap_or_else(|| {
        let file = NamedFile {
            name: name.title().to_owned(),
            bytes: unpacked(name),
        };
        open_packed(&file).expect("it is well formed")
    })
}

/// The file of some data, unpacked.
pub fn unpacked(name: DataName) -> Vec<u8> {
    let file = name.file_name().expect("the data come from a file");
    let bytes = std::fs::read(format!("www/data/{file}")).expect("it is in the repository");
    if is_gzip(&bytes) {
        gunzip(&bytes).expect("it is well formed")
    } else {
        bytes
    }
}

/// The weights that ship with the page for a recipe.
pub fn shipped_weights(name: RecipeName, recipe: &Recipe) -> Weights {
    let path = format!("www/models/{}", name.model_file());
    let bytes = std::fs::read(path).expect("the model is in the repository");
    let values = name.model_precision().from_bytes(&bytes);
    let values = values.expect("the model is a row of numbers");
    Weights::from_values(&recipe.architecture, values).expect("the model fits its recipe")
}

/// The data of a recipe, the recipe for them, and the network that ships with it.
pub fn shipped(name: RecipeName) -> (Dataset, Recipe, Network) {
    let (dataset, recipe) = (data(name.data()), name.recipe());
    let weights = shipped_weights(name, &recipe);
    let network = Network::new(&recipe.architecture, &weights, &Device::Cpu).expect("fits");
    (dataset, recipe, network)
}
