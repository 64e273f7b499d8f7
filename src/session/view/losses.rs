//! What training leaves behind: a log, batch losses, a film of reconstructions, and what became of noise.

use super::Session;
use crate::data::{Dataset, ItemKind, inputs_of};
use crate::picture::psnr;

/// Lines of the log stand this many epochs apart, as in the first article; longer runs have ten lines or so.
const LOG_EVERY: usize = 10;
const MOST_LOG_LINES: usize = 20;

/// Differences below this many decibels nobody sees.
const SAME_DB: f32 = 0.1;

/// One line of the log.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogLine {
    /// From 0, as the articles count.
    pub epoch: usize,
    /// Sum of the batch losses, as the first and the fourth article print it.
    pub sum: f64,
    /// Mean of the batch losses.
    pub mean: f64,
    /// Mean loss over the calibration items.
    pub calibration: f64,
}

/// Batch losses of the newest epoch beside those of the calibration items.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BatchLossesView {
    /// Of training, while the weights changed.
    pub training: Vec<f32>,
    /// Of the calibration items in batches of the same size, by the newest weights and the recipe's measure.
    pub calibration: Vec<f32>,
}

/// The same few digits, reconstructed after more and more epochs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilmView {
    /// Columns of a picture; 0 where items are none.
    pub width: usize,
    /// The items themselves.
    pub originals: Vec<Vec<f32>>,
    /// Their labels, where they are known.
    pub labels: Vec<Option<u8>>,
    /// Epoch, from 1, and the items as reconstructed after it.
    pub frames: Vec<(usize, Vec<Vec<f32>>)>,
}

/// A noisy picture before and after the network.
#[derive(Clone, Debug, PartialEq)]
pub struct DenoisingView {
    /// Columns of the pictures.
    pub width: usize,
    /// Without noise.
    pub clean: Vec<f32>,
    /// As the network saw it.
    pub noisy: Vec<f32>,
    /// As the network reconstructed it.
    pub reconstructed: Vec<f32>,
    /// Peak signal-to-noise ratio of the noisy picture, in decibels.
    pub noisy_psnr: f32,
    /// The same of the reconstructed picture; larger is cleaner.
    pub reconstructed_psnr: f32,
    /// Standard deviation of the noise that the network was trained with.
    pub trained_with: f32,
}

impl DenoisingView {
    /// How much cleaner the network made the picture, in decibels; negative where it did harm.
    pub fn gain(&self) -> f32 {
        self.reconstructed_psnr - self.noisy_psnr
    }

    /// The gain as a signed figure: "+3.7 dB", "−0.6 dB".
    pub fn gain_in_words(&self) -> String {
        let sign = if self.gain() < 0.0 { "−" } else { "+" };
        format!("{sign}{:.1} dB", self.gain().abs())
    }

    /// Whether the network made the picture cleaner, and what it was trained on; `several` names the items.
    pub fn sentence(&self, several: &str) -> String {
        let gain = self.gain();
        let knows_noise = self.trained_with > 0.0;
        let trained = if knows_noise {
            format!(
                "this network was trained with noise of {:.2}",
                self.trained_with
            )
        } else {
            format!("this network was trained on clean {several}")
        };
        let outcome = match knows_noise {
            true if gain >= SAME_DB => "and makes the picture cleaner",
            false if gain >= SAME_DB => "and still makes the picture cleaner",
            _ if gain > -SAME_DB => "and leaves the picture as noisy as it was",
            true => "and yet what it gives back is further from the clean picture",
            false => "and does not denoise",
        };
        format!(
            "PSNR {:.1} dB → {:.1} dB: {trained} {outcome}.",
            self.noisy_psnr, self.reconstructed_psnr
        )
    }
}

impl Session {
    /// How many epochs the lines of the log stand apart.
    pub fn log_stride(&self) -> usize {
        let stride = (self.study().recipe.training.epochs / MOST_LOG_LINES).max(1);
        stride.next_multiple_of(LOG_EVERY)
    }

    /// The log so far: every tenth epoch of a short run, fewer of a long one, and the last.
    pub fn log(&self) -> Vec<LogLine> {
        let stride = self.log_stride();
        let losses = &self.study().run.losses;
        let is_shown = |idx: usize, epoch: usize| {
            (epoch - 1).is_multiple_of(stride) || idx + 1 == losses.len()
        };
        let shown = losses.iter().enumerate();
        let shown = shown.filter(|(idx, loss)| loss.epoch > 0 && is_shown(*idx, loss.epoch));
        shown
            .map(|(_, loss)| LogLine {
                epoch: loss.epoch - 1,
                sum: loss.training * loss.n_batches as f64,
                mean: loss.training,
                calibration: loss.calibration,
            })
            .collect()
    }

    /// The batch losses of the newest epoch.
    pub fn batch_losses(&self) -> BatchLossesView {
        let batch_size = self.study().recipe.training.batch_size;
        let calibration = self.calibration();
        BatchLossesView {
            training: self.study().run.batch_losses.clone(),
            calibration: calibration
                .map(|calibration| calibration.batch_means(batch_size))
                .unwrap_or_default(),
        }
    }

    /// What the film depends on: as long as this is the same, so is the film.
    pub fn film_stamp(&self) -> (u32, usize, usize) {
        let n_items = self.dataset().map_or(0, Dataset::n_items);
        (self.study().run.id.0, self.study().run.film.len(), n_items)
    }

    /// The film of reconstructions.
    pub fn film(&self) -> FilmView {
        let Some(dataset) = self.dataset() else {
            return FilmView::default();
        };
        let items = &self.study().run.film_items;
        let n_features = dataset.n_features();
        let n_inputs = self.architecture().input_size();
        let cut = |rows: &[f32]| -> Vec<Vec<f32>> {
            let rows = rows.chunks_exact(n_inputs.max(1));
            rows.map(|row| row[..n_features.min(row.len())].to_vec())
                .collect()
        };
        let frames = self.study().run.film.iter();
        FilmView {
            width: match dataset.kind() {
                ItemKind::Picture { width, .. } => width,
                ItemKind::Row | ItemKind::Series { .. } => 0,
            },
            originals: inputs_of(dataset, items, false)
                .chunks_exact(n_features.max(1))
                .map(<[f32]>::to_vec)
                .collect(),
            labels: items.iter().map(|&idx| dataset.label_of(idx)).collect(),
            frames: frames
                .map(|frame| (frame.epoch, cut(&frame.reconstructed)))
                .collect(),
        }
    }

    /// The picture on the bench, its noise, and what the network made of it; `None` without noise.
    pub fn denoising(&self) -> Option<DenoisingView> {
        let bench = self.drawing().filter(|bench| bench.noise() > 0.0)?;
        let judgement = self.measured().judgement.as_ref()?;
        let clean = bench.clean()?.into_ink();
        if judgement.values.len() != clean.len() {
            return None;
        }
        Some(DenoisingView {
            width: self.picture_size().0,
            noisy_psnr: psnr(&clean, &judgement.values),
            reconstructed_psnr: psnr(&clean, &judgement.reconstruction),
            noisy: judgement.values.clone(),
            reconstructed: judgement.reconstruction.clone(),
            trained_with: self.study().recipe.training.noise,
            clean,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::DenoisingView;

    #[test]
    fn the_sentence_on_noise_says_whether_the_picture_became_cleaner() {
        let view = |noisy_psnr, reconstructed_psnr, trained_with| DenoisingView {
            width: 8,
            clean: Vec::new(),
            noisy: Vec::new(),
            reconstructed: Vec::new(),
            noisy_psnr,
            reconstructed_psnr,
            trained_with,
        };
        assert_eq!(
            view(16.2, 15.6, 0.0).sentence("digits"),
            "PSNR 16.2 dB → 15.6 dB: this network was trained on clean digits and does not denoise."
        );
        assert_eq!(
            view(10.0, 15.0, 0.3).sentence("digits"),
            "PSNR 10.0 dB → 15.0 dB: this network was trained with noise of 0.30 and makes the picture cleaner."
        );
        assert_eq!(view(16.2, 15.6, 0.0).gain_in_words(), "−0.6 dB");
        assert_eq!(view(16.2, 19.9, 0.2).gain_in_words(), "+3.7 dB");
    }
}
