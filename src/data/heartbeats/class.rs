//! What can be wrong with a heartbeat.

/// A kind of heartbeat that the generator knows; its label is its place in [`HeartbeatClass::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeartbeatClass {
    /// As healthy ones vary.
    Normal,
    /// It comes before its time from a place of its own in the heart: broad, without a P wave, T turned over.
    EarlyBroad,
    /// None comes.
    Missing,
    /// The line does not come back between S and T.
    RaisedSt,
    /// The T wave points down.
    InvertedT,
    /// The heart is well, the electrode is loose.
    ElectrodeNoise,
}

impl HeartbeatClass {
    /// All of them, the normal one first.
    pub const ALL: [Self; 6] = [
        Self::Normal,
        Self::EarlyBroad,
        Self::Missing,
        Self::RaisedSt,
        Self::InvertedT,
        Self::ElectrodeNoise,
    ];

    /// Its label in the data.
    pub fn label(self) -> u8 {
        match self {
            Self::Normal => 0,
            Self::EarlyBroad => 1,
            Self::Missing => 2,
            Self::RaisedSt => 3,
            Self::InvertedT => 4,
            Self::ElectrodeNoise => 5,
        }
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::EarlyBroad => "early and broad",
            Self::Missing => "missing",
            Self::RaisedSt => "raised ST",
            Self::InvertedT => "inverted T",
            Self::ElectrodeNoise => "electrode noise",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_a_place_in_the_list() {
        for (place, class) in HeartbeatClass::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(class.label()), place);
        }
    }
}
