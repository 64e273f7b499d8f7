//! How much noise the network takes off items that it was not trained on.

use bottleneck::picture::{Picture, psnr};
use pollster::block_on;
use serde_json::json;

use crate::run::Run;
use crate::{Line, Outcome};

const DEVIATIONS: [f32; 3] = [0.1, 0.2, 0.3];

/// Items are reconstructed so many at a time.
const ITEMS_AT_ONCE: usize = 100;

/// The gains of a network that was trained with noise, on the test items; nothing for another network.
pub fn report(run: &Run) -> Outcome<Vec<Line>> {
    if run.recipe.training.noise <= 0.0 || run.dataset.picture_size().is_none() {
        return Ok(Vec::new());
    }
    let figures = DEVIATIONS.map(|deviation| gain(run, deviation).map(|gain| (deviation, gain)));
    let gains: Vec<(f32, f32)> = figures.into_iter().collect::<Outcome<_>>()?;
    let text = gains
        .iter()
        .map(|(deviation, gain)| format!("{gain:+.2} dB at {deviation}"));
    let text = text.collect::<Vec<_>>().join(", ");
    let figures: Vec<_> = gains
        .iter()
        .map(|(deviation, gain)| json!({ "noise": deviation, "gain_db": gain }))
        .collect();
    let text = format!("it takes noise off the test items by {text}");
    Ok(vec![Line::new("denoising", figures, text)])
}

/// The mean gain in decibels; each item has a field of noise of its own.
fn gain(run: &Run, deviation: f32) -> Outcome<f32> {
    let items = &run.split.test;
    let mut sum = 0.0;
    for some in items.chunks(ITEMS_AT_ONCE) {
        let noisy: Vec<f32> = some
            .iter()
            .flat_map(|&item| noisy(run, item, deviation))
            .collect();
        let reconstructed = block_on(run.network.reconstruct(&noisy))?;
        let width = run.network.input_size();
        let rows = noisy
            .chunks(width)
            .zip(reconstructed.reconstructions.chunks(width));
        for (&item, (noisy, reconstructed)) in some.iter().zip(rows) {
            let clean = run.dataset.item(item).unwrap_or_default();
            sum += psnr(&clean, reconstructed) - psnr(&clean, noisy);
        }
    }
    Ok(sum / items.len().max(1) as f32)
}

fn noisy(run: &Run, item: usize, deviation: f32) -> Vec<f32> {
    let pixels = run.dataset.item(item).unwrap_or_default();
    let (width, height) = run.dataset.picture_size().unwrap_or_default();
    let picture = Picture::from_ink(width, height, pixels);
    picture.map_or_else(Vec::new, |picture| {
        picture.noisy(deviation, item as u64).into_ink()
    })
}
