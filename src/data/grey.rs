//! From colours to grey.

/// Where the colours of a pixel stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Channels {
    /// There is one value per pixel.
    Grey,
    /// Red, green and blue of a pixel follow each other.
    Together,
    /// A picture's red comes first, then its green, then its blue.
    InPlanes,
}

/// What the reader is told.
pub(super) const REMARK: &str = "Colours were turned to grey, by how bright each looks to the eye.";

/// How bright red, green and blue look, in thousandths: luma of ITU-R BT.601.
const WEIGHTS: [u32; 3] = [299, 587, 114];

/// The grey of a colour.
pub(super) fn grey(rgb: [u8; 3]) -> u8 {
    let parts = rgb.iter().zip(WEIGHTS);
    let sum: u32 = parts
        .map(|(&level, weight)| u32::from(level) * weight)
        .sum();
    ((sum + 500) / 1000) as u8
}

/// The grey of whole pictures of `n_pixels`, each of which has three levels.
pub(super) fn of_colours(levels: &[u8], n_pixels: usize, channels: Channels) -> Vec<u8> {
    match channels {
        Channels::Grey => levels.to_vec(),
        Channels::Together => {
            let (colours, _) = levels.as_chunks::<3>();
            colours.iter().map(|&rgb| grey(rgb)).collect()
        }
        Channels::InPlanes => {
            let pictures = levels.chunks_exact(3 * n_pixels.max(1));
            let greys = pictures.flat_map(|picture| {
                let (red, others) = picture.split_at(n_pixels);
                let (green, blue) = others.split_at(n_pixels);
                let pixels = red.iter().zip(green).zip(blue);
                pixels.map(|((&r, &g), &b)| grey([r, g, b]))
            });
            greys.collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_stays_white_and_green_looks_brightest() {
        assert_eq!(grey([255; 3]), 255);
        assert_eq!(grey([0; 3]), 0);
        let pure = [[255, 0, 0], [0, 255, 0], [0, 0, 255]].map(grey);
        assert_eq!(pure, [76, 150, 29]);
    }

    #[test]
    fn colours_in_planes_and_together_are_the_same_picture() {
        let together = [255, 0, 0, 0, 255, 0, 1, 2, 3, 9, 9, 9];
        let in_planes = [255, 0, 0, 255, 0, 0, 1, 9, 2, 9, 3, 9];
        let expected = [76, 150, 2, 9];
        assert_eq!(of_colours(&together, 2, Channels::Together), expected);
        assert_eq!(of_colours(&in_planes, 2, Channels::InPlanes), expected);
    }
}
