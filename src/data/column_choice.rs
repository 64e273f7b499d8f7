//! What a column of a table is for.

use serde::{Deserialize, Serialize};

use super::Scale;

/// How a column of a table is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ColumnChoice {
    /// An input: one value per cell, 0 for the smallest number and 1 for the largest.
    Number,
    /// An input: one value per cell, by mean and standard deviation.
    StandardScore,
    /// An input: one value per cell, by median and quartiles.
    RobustScore,
    /// An input: one value per cell, by its logarithm.
    Logarithm,
    /// An input: a value per level, 1 for the one that holds.
    Category,
    /// Says which rows are known to be anomalies; never an input.
    KnownAnomaly,
    /// Says what class a row is of; never an input.
    Class,
    /// Tells rows apart; carried along, never an input.
    Identifier,
    /// Says when; carried along, never an input.
    Time,
    /// Not at all.
    LeaveOut,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnRole {
    /// The network learns from it.
    Input,
    /// It says which rows are normal, or what they are.
    Answer,
    /// It is shown beside the rows.
    Carried,
    /// It is for nothing.
    LeftOut,
}

impl ColumnRole {
    /// All roles, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Input, Self::Answer, Self::Carried, Self::LeftOut];

    /// What the page calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Input => "Learned from",
            Self::Answer => "Known answer, never learned from",
            Self::Carried => "Shown beside each row",
            Self::LeftOut => "Not used",
        }
    }
}

impl ColumnChoice {
    /// All choices, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::Number,
        Self::StandardScore,
        Self::RobustScore,
        Self::Logarithm,
        Self::Category,
        Self::KnownAnomaly,
        Self::Class,
        Self::Identifier,
        Self::Time,
        Self::LeaveOut,
    ];

    /// How the page calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Number => "number, 0 to 1",
            Self::StandardScore => "number, standard score",
            Self::RobustScore => "number, by median and quartiles",
            Self::Logarithm => "number, logarithm",
            Self::Category => "category",
            Self::KnownAnomaly => "known anomaly",
            Self::Class => "class",
            Self::Identifier => "identifier",
            Self::Time => "time",
            Self::LeaveOut => "leave out",
        }
    }

    /// What a column that is taken so is for.
    pub fn role(self) -> ColumnRole {
        match self {
            Self::Number
            | Self::StandardScore
            | Self::RobustScore
            | Self::Logarithm
            | Self::Category => ColumnRole::Input,
            Self::KnownAnomaly | Self::Class => ColumnRole::Answer,
            Self::Identifier | Self::Time => ColumnRole::Carried,
            Self::LeaveOut => ColumnRole::LeftOut,
        }
    }

    /// How numbers are brought to one scale; `None` where no numbers are taken.
    pub fn scale(self) -> Option<Scale> {
        match self {
            Self::Number => Some(Scale::MinMax),
            Self::StandardScore => Some(Scale::Standard),
            Self::RobustScore => Some(Scale::Robust),
            Self::Logarithm => Some(Scale::Logarithm),
            Self::Category
            | Self::KnownAnomaly
            | Self::Class
            | Self::Identifier
            | Self::Time
            | Self::LeaveOut => None,
        }
    }

    /// A column of numbers on a scale.
    pub fn number_on(scale: Scale) -> Self {
        match scale {
            Scale::MinMax => Self::Number,
            Scale::Standard => Self::StandardScore,
            Scale::Robust => Self::RobustScore,
            Scale::Logarithm => Self::Logarithm,
        }
    }
}
