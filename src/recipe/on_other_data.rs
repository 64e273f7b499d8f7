//! What recipes are called where they learn something else than the data that they are named after.

use super::RecipeName;

/// Title and summary.
type Words = (&'static str, &'static str);

const ON_OTHER_DATA: [(RecipeName, Words); 11] = [
    (
        RecipeName::HANDWRITTEN,
        (
            "Dense layers, trained in seconds",
            "Two layers down to a small code and two back.",
        ),
    ),
    (
        RecipeName::WELL_TRAINED,
        (
            "Dense layers, trained longer",
            "Trained until most is reconstructed well.",
        ),
    ),
    (
        RecipeName::UCI_DIGITS,
        (
            "A network that learns little (article 1)",
            "100 epochs of plain SGD teach it little; a label, where there is one, is an input too.",
        ),
    ),
    (
        RecipeName::UCI_DIGITS_TUNED,
        (
            "The same network, trained well (article 1)",
            "The same network, with Adam and a falling rate.",
        ),
    ),
    (
        RecipeName::EMPLOYEES,
        (
            "A code of two numbers (article 4)",
            "Two numbers must hold all that there is to say.",
        ),
    ),
    (
        RecipeName::EMPLOYEES_TUNED,
        (
            "A wider code (article 4)",
            "The same layers around a wider code.",
        ),
    ),
    (
        RecipeName::HEARTBEATS,
        (
            "Curves through dense layers",
            "Curves go through eight numbers and come back.",
        ),
    ),
    (
        RecipeName::HEARTBEATS_CONV,
        (
            "Curves through sliding windows",
            "The same curves through one-dimensional convolutions; an epoch takes longer.",
        ),
    ),
    (
        RecipeName::DENOISER,
        (
            "Taking noise off",
            "It sees noise of 0.2 on everything and must give back what is clean.",
        ),
    ),
    (
        RecipeName::VAE,
        (
            "Making new ones",
            "Its code is drawn by chance while it learns, so that random codes give something new.",
        ),
    ),
    (
        RecipeName::MNIST_VAE,
        (
            "Making new ones, with convolutions",
            "The second article's layers around a code that is drawn by chance; an epoch takes seconds.",
        ),
    ),
];

impl RecipeName {
    fn words_on_other_data(self) -> Option<Words> {
        let known = ON_OTHER_DATA.iter().find(|(name, _)| *name == self);
        known.map(|(_, words)| *words)
    }

    /// The name that the page shows where the recipe learns the reader's data.
    pub fn title_on_other_data(self) -> &'static str {
        self.words_on_other_data()
            .map_or(self.title(), |(title, _)| title)
    }

    /// One sentence on what the recipe shows there.
    pub fn summary_on_other_data(self) -> &'static str {
        self.words_on_other_data()
            .map_or(self.summary(), |(_, summary)| summary)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn nothing_is_called_after_data_that_are_not_at_hand() {
        let of_any: Vec<RecipeName> = RecipeName::ALL.into_iter().collect();
        let titles: HashSet<&str> = of_any.iter().map(|it| it.title_on_other_data()).collect();
        assert_eq!(titles.len(), of_any.len());
        for name in of_any {
            let words = [name.title_on_other_data(), name.summary_on_other_data()];
            for word in ["digit", "ink", "drawing", "employee", "heartbeat", "65"] {
                let holds = |words: &&str| words.to_lowercase().contains(word);
                let takes_rows = name.needs().is_none();
                assert!(!takes_rows || !words.iter().any(holds), "{words:?}");
            }
        }
    }
}
