//! Prints every recipe as JSON, for tests and tools that are not written in Rust.
//!
//! ```sh
//! cargo run --quiet --example recipes
//! ```
//!
//! A list in the order of the page; an element of it:
//!
//! ```json
//! {
//!   "key": "mnist-conv",             // in links, on command lines, and of the file in www/models
//!   "title": "Article 2: …",         // as the page offers it
//!   "summary": "Convolutions …",     // one sentence
//!   "data": "Mnist",                 // "Digits", "Mnist" or "Employees"
//!   "data_title": "MNIST digits",    // as the page calls them
//!   "data_file": "mnist.bin.gz",     // in www/data; null where the data are generated
//!   "counterpart": "mnist-conv-tuned", // the key of what it is compared with, or null
//!   "recipe": {}                     // `Recipe` for the data above, as the protocol writes it
//! }
//! ```

use bottleneck::recipe::RecipeName;
use serde_json::{Value, json};

fn main() {
    let recipes = RecipeName::ALL.into_iter().map(described);
    println!("{:#}", recipes.collect::<Value>());
}

fn described(name: RecipeName) -> Value {
    let data = name.data();
    json!({
        "key": name.slug(),
        "title": name.title(),
        "summary": name.summary(),
        "data": data,
        "data_title": data.title(),
        "data_file": data.file_name(),
        "counterpart": name.counterpart().map(RecipeName::slug),
        "recipe": name.recipe(),
    })
}
