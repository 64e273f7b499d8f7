//! The fourth article: employees in nine columns.

use crate::anomaly::ThresholdRule;
use crate::autoencoder::TrainingConfig;
use crate::encoding::Precision;
use crate::recipe::fit::{adam, dense, recipe, xavier};
use crate::recipe::{Counterpart, DataName, Fit, ItemShape, NamedRecipe, Recipe, RecipeName};

impl RecipeName {
    /// The fourth article: employees in nine columns.
    pub const EMPLOYEES: Self = Self(&RECIPE);
}

static RECIPE: NamedRecipe = NamedRecipe {
    key: "employees",
    title: "A table of employees (article 4)",
    summary: "Five columns become nine numbers, and two numbers must hold them all.",
    data: DataName::Employees,
    threshold_rule: ThresholdRule::DEFAULT,
    counterpart: Some(Counterpart {
        name: || RecipeName::EMPLOYEES_TUNED,
        difference: "The columns are independent: seven numbers describe an employee and two cannot, so that the \
                     article's errors are mostly what had to be left out; the variant's code holds seven, and what is \
                     left shows what is odd.",
    }),
    shipped: Some(Precision::Single),
    fit: Fit::ToAny(fit),
};

fn fit(shape: ItemShape) -> Recipe {
    let training = TrainingConfig {
        batch_size: 10,
        epochs: 1000,
        ..adam(0.005)
    };
    recipe(xavier(dense(shape, false, &[4, 2, 4])), training)
}
