//! What the experiments are called, and what they are about.

use serde::{Deserialize, Serialize};

use crate::anomaly::{DEFAULT_THETA, ThresholdRule};
use crate::data::{Dataset, employees};

/// What a recipe is called in links, files and commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RecipeName {
    /// A dense autoencoder trained until it rebuilds digits well; the default.
    WellTrained,
    /// The first article, setting by setting: the label is a 65th input.
    UciDigits,
    /// The first article's network, trained well.
    UciDigitsTuned,
    /// The second article: a convolutional autoencoder of MNIST's digits.
    MnistConv,
    /// The second article's network, trained well.
    MnistConvTuned,
    /// The third article: layers by powers of two, no activations, fit and predict.
    DeepFitPredict,
    /// The third article's layer sizes, with activations.
    DeepFitPredictTuned,
    /// The fourth article: employees in nine columns.
    Employees,
    /// The fourth article's rows, through a code that can hold them.
    EmployeesTuned,
    /// A dense autoencoder that sees noisy digits and must give back clean ones (Vincent and others, 2008).
    Denoiser,
    /// The second article's network as a denoiser.
    MnistDenoiser,
    /// A dense variational autoencoder, whose decoder makes digits from random codes.
    Vae,
    /// The second article's network with a variational code.
    MnistVae,
}

/// The data that a recipe brings along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DataName {
    /// 1,797 handwritten digits of 8 × 8 pixels.
    Digits,
    /// 10,000 handwritten digits of 28 × 28 pixels.
    Mnist,
    /// Generated employees in five columns.
    Employees,
}

impl RecipeName {
    /// Every recipe, in the order in which the page offers them.
    pub const ALL: [Self; 13] = [
        Self::WellTrained,
        Self::UciDigits,
        Self::UciDigitsTuned,
        Self::MnistConv,
        Self::MnistConvTuned,
        Self::DeepFitPredict,
        Self::DeepFitPredictTuned,
        Self::Employees,
        Self::EmployeesTuned,
        Self::Denoiser,
        Self::MnistDenoiser,
        Self::Vae,
        Self::MnistVae,
    ];

    /// The name in links and commands.
    pub fn slug(self) -> &'static str {
        match self {
            Self::WellTrained => "well-trained",
            Self::UciDigits => "uci-digits",
            Self::UciDigitsTuned => "uci-digits-tuned",
            Self::MnistConv => "mnist-conv",
            Self::MnistConvTuned => "mnist-conv-tuned",
            Self::DeepFitPredict => "deep-fit-predict",
            Self::DeepFitPredictTuned => "deep-fit-predict-tuned",
            Self::Employees => "employees",
            Self::EmployeesTuned => "employees-tuned",
            Self::Denoiser => "denoiser",
            Self::MnistDenoiser => "mnist-denoiser",
            Self::Vae => "vae",
            Self::MnistVae => "mnist-vae",
        }
    }

    /// The recipe of a slug; `None` for an unknown one.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.slug() == slug)
    }

    /// The name that the page shows.
    pub fn title(self) -> &'static str {
        match self {
            Self::WellTrained => "Digits, well trained",
            Self::UciDigits => "Article 1: UCI digits",
            Self::UciDigitsTuned => "Article 1, trained well",
            Self::MnistConv => "Article 2: MNIST, convolutional",
            Self::MnistConvTuned => "Article 2, trained well",
            Self::DeepFitPredict => "Article 3: fit and predict",
            Self::DeepFitPredictTuned => "Article 3, with activations",
            Self::Employees => "Article 4: employees",
            Self::EmployeesTuned => "Article 4, with a wider code",
            Self::Denoiser => "Denoiser: digits",
            Self::MnistDenoiser => "Denoiser: MNIST, convolutional",
            Self::Vae => "Variational: digits",
            Self::MnistVae => "Variational: MNIST, convolutional",
        }
    }

    /// One sentence on what the recipe shows.
    pub fn summary(self) -> &'static str {
        match self {
            Self::WellTrained => "Trained until most digits are rebuilt well.",
            Self::UciDigits => {
                "The label is a 65th input. 100 epochs of plain SGD teach it little."
            }
            Self::UciDigitsTuned => "The same 65-32-8-32-65 network, with Adam and a falling rate.",
            Self::MnistConv => {
                "Convolutions down to a code of 20 and back, on 28 × 28 pixels; an epoch takes seconds."
            }
            Self::MnistConvTuned => {
                "The same network in smaller batches, with a falling learning rate."
            }
            Self::DeepFitPredict => {
                "Layers halve down to the code and double back, all of them linear."
            }
            Self::DeepFitPredictTuned => "The same layers, bent by tanh.",
            Self::Employees => {
                "Five columns become nine numbers, and two numbers must hold them all."
            }
            Self::EmployeesTuned => "The same rows through a code of seven numbers.",
            Self::Denoiser => {
                "It sees noise of 0.2 on every digit and must give back the clean one."
            }
            Self::MnistDenoiser => {
                "The second article's layers, trained to take noise of 0.2 off; an epoch takes seconds."
            }
            Self::Vae => {
                "Its code is drawn by chance while it learns, so that random codes give new digits."
            }
            Self::MnistVae => {
                "The second article's layers around a code that is drawn by chance; an epoch takes seconds."
            }
        }
    }

    /// How the page finds the threshold until the visitor chooses.
    pub fn threshold_rule(self) -> ThresholdRule {
        match self {
            Self::DeepFitPredict | Self::DeepFitPredictTuned => ThresholdRule::MinMax {
                theta: DEFAULT_THETA,
            },
            _ => ThresholdRule::default(),
        }
    }

    /// The data that the recipe brings along.
    pub fn data(self) -> DataName {
        match self {
            Self::WellTrained
            | Self::UciDigits
            | Self::UciDigitsTuned
            | Self::DeepFitPredict
            | Self::DeepFitPredictTuned
            | Self::Denoiser
            | Self::Vae => DataName::Digits,
            Self::MnistConv | Self::MnistConvTuned | Self::MnistDenoiser | Self::MnistVae => {
                DataName::Mnist
            }
            Self::Employees | Self::EmployeesTuned => DataName::Employees,
        }
    }

    /// What the recipe is best compared with: the other half of the pair of an article's settings and its well-trained
    /// variant; for a denoiser, a network that was trained on clean items; for a variational one, a plain one.
    pub fn counterpart(self) -> Option<Self> {
        Some(match self {
            Self::WellTrained => return None,
            Self::UciDigits => Self::UciDigitsTuned,
            Self::UciDigitsTuned => Self::UciDigits,
            Self::MnistConv | Self::MnistDenoiser | Self::MnistVae => Self::MnistConvTuned,
            Self::MnistConvTuned => Self::MnistConv,
            Self::DeepFitPredict => Self::DeepFitPredictTuned,
            Self::DeepFitPredictTuned => Self::DeepFitPredict,
            Self::Employees => Self::EmployeesTuned,
            Self::EmployeesTuned => Self::Employees,
            Self::Denoiser | Self::Vae => Self::WellTrained,
        })
    }

    /// What sets the recipe and its counterpart apart, and why it matters, in one sentence.
    pub fn difference(self) -> Option<&'static str> {
        Some(match self {
            Self::WellTrained => return None,
            Self::UciDigits | Self::UciDigitsTuned => {
                "The article takes small steps of plain SGD and stops while the network still rebuilds little more \
                 than the mean image; the variant uses Adam with a falling rate, so that the error tells items apart."
            }
            Self::MnistConv | Self::MnistConvTuned => {
                "The article takes batches of 64 at one learning rate; the variant takes batches of 16 at a larger \
                 rate that falls along a cosine, and so rebuilds held-out digits better with the same network and \
                 the same number of epochs."
            }
            Self::DeepFitPredict | Self::DeepFitPredictTuned => {
                "Without activations all layers together are one linear map, so that the article's network can do \
                 no more than PCA; the variant bends each hidden layer by tanh and lets the rate fall."
            }
            Self::Employees | Self::EmployeesTuned => {
                "The columns are independent: seven numbers describe an employee and two cannot, so that the \
                 article's errors are mostly what had to be left out; the variant's code holds seven, and what is \
                 left shows what is odd."
            }
            Self::Denoiser | Self::MnistDenoiser => {
                "The other network has only seen clean digits, and noise confuses it; this one was shown noisy digits \
                 with the clean ones as its targets, and so has learned to leave noise out."
            }
            Self::Vae | Self::MnistVae => {
                "The other network may put its codes anywhere; this one pays for every code that is far from a standard \
                 normal draw, rebuilds less exactly for it, and can make digits from random codes."
            }
        })
    }
}

/// Decides the generated employees; the same for every training seed.
const EMPLOYEES_SEED: u64 = 1;

impl DataName {
    /// The packed file in `www/data`; `None` for data that are generated.
    pub fn file_name(self) -> Option<&'static str> {
        match self {
            Self::Digits => Some("digits.bin"),
            Self::Mnist => Some("mnist.bin.gz"),
            Self::Employees => None,
        }
    }

    /// The data themselves where they are generated; `None` for those that come from a file.
    pub fn generated(self) -> Option<Dataset> {
        match self {
            Self::Digits | Self::Mnist => None,
            Self::Employees => Some(employees(EMPLOYEES_SEED)),
        }
    }

    /// What the data are, for the reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::Digits => "UCI digits",
            Self::Mnist => "MNIST digits",
            Self::Employees => "generated employees",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARTICLES: [RecipeName; 8] = [
        RecipeName::UciDigits,
        RecipeName::UciDigitsTuned,
        RecipeName::MnistConv,
        RecipeName::MnistConvTuned,
        RecipeName::DeepFitPredict,
        RecipeName::DeepFitPredictTuned,
        RecipeName::Employees,
        RecipeName::EmployeesTuned,
    ];

    #[test]
    fn every_recipe_is_found_by_its_slug() {
        for name in RecipeName::ALL {
            assert_eq!(RecipeName::from_slug(name.slug()), Some(name));
        }
        assert_eq!(RecipeName::from_slug("no-such-recipe"), None);
    }

    #[test]
    fn counterparts_share_the_data_and_pairs_the_difference() {
        for name in RecipeName::ALL {
            assert_eq!(name.counterpart().is_some(), name.difference().is_some());
            let Some(other) = name.counterpart() else {
                continue;
            };
            assert_ne!(other, name);
            assert_eq!(other.data(), name.data());
        }
        for name in ARTICLES {
            let other = name.counterpart().expect("every article has its variant");
            assert_eq!(other.counterpart(), Some(name));
            assert_eq!(other.difference(), name.difference());
        }
    }
}
