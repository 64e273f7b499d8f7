//! Many small marks on one sheet: ten thousand of them in a few milliseconds, where a canvas would take a frame or two.

use std::ops::Range;

/// A small shape: how opaque each of its pixels is.
#[derive(Clone, Debug, PartialEq)]
pub struct Mask {
    width: usize,
    /// Row by row, 0…255.
    opacities: Vec<u8>,
}

impl Mask {
    /// From rows of `width` opacities.
    pub fn new(width: usize, opacities: Vec<u8>) -> Self {
        Self { width, opacities }
    }

    /// A disc of this radius in pixels, with soft edges.
    pub fn disc(radius: f32) -> Self {
        let reach = (radius + 0.5).ceil().max(0.0) as usize;
        let width = 2 * reach + 1;
        let opacity = |idx: usize| {
            let from_middle = |position: usize| position as f32 - reach as f32;
            let distance = from_middle(idx % width).hypot(from_middle(idx / width));
            (255.0 * (radius + 0.5 - distance).clamp(0.0, 1.0)).round() as u8
        };
        Self {
            width,
            opacities: (0..width * width).map(opacity).collect(),
        }
    }

    fn height(&self) -> usize {
        self.opacities.len().checked_div(self.width).unwrap_or(0)
    }
}

/// Pixels, clear at first, that stamps leave colour on.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    width: usize,
    height: usize,
    /// Four bytes a pixel: red, green, blue, and how opaque it is.
    bytes: Vec<u8>,
}

impl Sheet {
    /// A clear sheet.
    pub fn new(width: usize, height: usize) -> Self {
        Self {
            width,
            height,
            bytes: vec![0; 4 * width * height],
        }
    }

    /// Row by row, four bytes a pixel: red, green, blue, and how opaque it is.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Puts a stamp with its middle on a place, in pixels from the left and from the top; what is beyond the edges is
    /// left out.
    pub fn stamp(&mut self, mask: &Mask, (x, y): (f32, f32), colour: [u8; 3]) {
        let corner = |middle: f32, size: usize| (middle - size as f32 / 2.0).round();
        let (left, top) = (corner(x, mask.width), corner(y, mask.height()));
        let columns = clipped(left, mask.width, self.width);
        let first_column = (left + columns.start as f32) as usize;
        for row in clipped(top, mask.height(), self.height) {
            let start = (top + row as f32) as usize * self.width + first_column;
            for (pixel, column) in (start..).zip(columns.clone()) {
                let opacity = mask.opacities[row * mask.width + column];
                if opacity > 0 {
                    self.blend(pixel, colour, opacity);
                }
            }
        }
    }

    fn blend(&mut self, pixel: usize, colour: [u8; 3], opacity: u8) {
        let bytes = &mut self.bytes.as_chunks_mut::<4>().0[pixel];
        if bytes[3] == 0 {
            let [red, green, blue] = colour;
            *bytes = [red, green, blue, opacity];
            return;
        }
        let [red, green, blue, alpha] = bytes;
        let above = u32::from(opacity);
        let below = u32::from(*alpha) * (255 - above) / 255;
        let sum = above + below;
        for (old, new) in [red, green, blue].into_iter().zip(colour) {
            let mixed = (u32::from(new) * above + u32::from(*old) * below + sum / 2) / sum;
            *old = mixed as u8;
        }
        *alpha = sum as u8;
    }
}

/// Which of `size` pixels from `start` on are before `end` and not before 0.
fn clipped(start: f32, size: usize, end: usize) -> Range<usize> {
    let within = |pixel: f32| pixel.clamp(0.0, size as f32) as usize;
    within(-start)..within(end as f32 - start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f32::consts::PI;

    const RED: [u8; 3] = [255, 0, 0];
    const BLUE: [u8; 3] = [0, 0, 255];

    fn pixel(sheet: &Sheet, column: usize, row: usize) -> &[u8] {
        &sheet.bytes()[4 * (row * sheet.width + column)..][..4]
    }

    #[test]
    fn a_disc_has_its_area() {
        for radius in [1.5, 2.6, 5.0, 11.3] {
            let disc = Mask::disc(radius);
            let area: f32 = disc.opacities.iter().map(|&o| f32::from(o) / 255.0).sum();
            let ratio = area / (PI * radius * radius);
            assert!((ratio - 1.0).abs() < 0.06, "radius {radius}: {ratio}");
        }
    }

    #[test]
    fn a_stamp_lies_where_it_is_put() {
        let mut sheet = Sheet::new(5, 4);
        sheet.stamp(&Mask::new(1, vec![255]), (3.5, 1.5), RED);
        for (column, row) in (0..5).flat_map(|column| (0..4).map(move |row| (column, row))) {
            let expected = if (column, row) == (3, 1) {
                [255, 0, 0, 255]
            } else {
                [0; 4]
            };
            assert_eq!(pixel(&sheet, column, row), expected, "{column}, {row}");
        }
    }

    #[test]
    fn what_is_beyond_the_edges_is_left_out() {
        let block = Mask::new(3, vec![255; 9]);
        let mut sheet = Sheet::new(4, 4);
        for place in [
            (0.5, 0.5),
            (3.5, 3.5),
            (-90.0, 2.0),
            (2.0, 1e9),
            (f32::NAN, -4.0),
        ] {
            sheet.stamp(&block, place, RED);
        }
        let n_opaque = sheet
            .bytes()
            .chunks_exact(4)
            .filter(|pixel| pixel[3] == 255)
            .count();
        assert_eq!(n_opaque, 8);
    }

    #[test]
    fn colours_mix_as_they_cover() {
        let mut sheet = Sheet::new(1, 1);
        let half = Mask::new(1, vec![128]);
        sheet.stamp(&half, (0.5, 0.5), RED);
        assert_eq!(pixel(&sheet, 0, 0), [255, 0, 0, 128]);
        sheet.stamp(&half, (0.5, 0.5), BLUE);
        let mixed = pixel(&sheet, 0, 0);
        assert!(mixed[2] > mixed[0] && mixed[0] > 60, "{mixed:?}");
        assert!((189..=193).contains(&mixed[3]), "{mixed:?}");
        sheet.stamp(&Mask::new(1, vec![255]), (0.5, 0.5), BLUE);
        assert_eq!(pixel(&sheet, 0, 0), [0, 0, 255, 255]);
    }
}
