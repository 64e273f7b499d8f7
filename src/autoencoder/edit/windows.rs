//! Windows that see every value, and whose steps can be taken back.

use super::{Edit, Problem};
use crate::autoencoder::{Dimensions, Shape, Window};

/// Maps of a convolution that is put in at the input.
const N_FIRST_MAPS: usize = 8;

/// Values of a new window along series: enough to see the shape of a wave.
const ALONG_SERIES: usize = 7;

/// The window of a convolution that is put in at the input: it halves a picture or a series where that can be halved.
pub(super) fn first_over(item: Shape) -> Window {
    let halves =
        item.width.is_multiple_of(2) && (item.height.is_multiple_of(2) || item.is_series());
    Window {
        channels: N_FIRST_MAPS,
        stride: if halves { 2 } else { 1 },
        ..further_over(item)
    }
}

/// The window of a convolution that is put in behind maps: it leaves their number and size as they are.
pub(super) fn further_over(maps: Shape) -> Window {
    let (dimensions, side, usual) = if maps.is_series() {
        (Dimensions::One, maps.width, ALONG_SERIES)
    } else {
        (Dimensions::Two, maps.height.min(maps.width), 3)
    };
    let kernel = if side < usual { 1 } else { usual };
    Window {
        channels: maps.channels,
        kernel,
        stride: 1,
        padding: padding_of(kernel),
        output_padding: 0,
        dimensions,
    }
}

/// The window that covers maps as a whole and leaves `channels` plain values.
///
/// # Errors
/// When the maps are neither square nor series.
pub(super) fn closing_over(maps: Shape, channels: usize) -> Result<Window, Problem> {
    let Shape { height, width, .. } = maps;
    let dimensions = if maps.is_series() {
        Dimensions::One
    } else if height == width {
        Dimensions::Two
    } else {
        return Err(Problem::NotSquare { height, width });
    };
    Ok(Window {
        channels,
        kernel: width,
        stride: 1,
        padding: 0,
        output_padding: 0,
        dimensions,
    })
}

/// Zeros around the maps that leave their size alone where the stride is 1.
pub(super) fn padding_of(kernel: usize) -> usize {
    kernel.saturating_sub(1) / 2
}

/// Rows that a transposed convolution adds at the far end, so that maps grow by its stride.
pub(super) fn even_growth(window: Window) -> usize {
    (window.stride + 2 * window.padding).saturating_sub(window.kernel)
}

/// What a transposed convolution adds at the far end, so that it takes maps back; the same on every side.
pub(super) fn rest(window: Window, maps: Shape) -> usize {
    let [_, across] = window.spans();
    across.rest(maps.width).unwrap_or(0)
}

/// Checks that a window fits over maps, leaves no gaps and reaches every value.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check(window: Window, maps: Shape) -> Result<(), Problem> {
    let Window { kernel, stride, .. } = window;
    let [down, across] = window.spans();
    let fits = down.kernel <= maps.height && across.kernel <= maps.width;
    if kernel == 0 || !fits || kernel > Edit::MAX_KERNEL {
        return Err(Problem::WindowTooLarge { window, maps });
    }
    if stride == 0 || stride > kernel {
        return Err(Problem::Strides { window });
    }
    let rests = [down.rest(maps.height), across.rest(maps.width)];
    let reaches_all = rests
        .iter()
        .all(|rest| rest.is_some_and(|rest| rest <= window.padding));
    let is_even = match window.dimensions {
        Dimensions::One => true,
        Dimensions::Two => rests[0] == rests[1],
    };
    if reaches_all && is_even {
        Ok(())
    } else {
        Err(Problem::Unseen { window, maps })
    }
}

/// The input as a window takes it: a plain row of values as one square map, or as one series.
///
/// # Errors
/// When the values make no square and the window is one.
pub(super) fn input_under(window: Window, input: Shape) -> Result<Shape, Problem> {
    match window.dimensions {
        Dimensions::One if input.is_series() => Ok(input),
        Dimensions::One => Ok(Shape::series(1, input.n_values())),
        Dimensions::Two => as_maps(input),
    }
}

/// The input as a new window takes it: a series as it is, a plain row of values as one square map.
///
/// # Errors
/// When the values make no square.
pub(super) fn as_maps(input: Shape) -> Result<Shape, Problem> {
    let n_values = input.n_values();
    let side = n_values.isqrt();
    match (input.are_maps(), side * side == n_values && side > 1) {
        (true, _) => Ok(input),
        (false, true) => Ok(Shape {
            channels: 1,
            height: side,
            width: side,
        }),
        (false, false) => Err(Problem::NoPicture { n_values }),
    }
}

/// The input as a layer without a window takes it; series stay what they are, for a window may come to slide along them.
pub(super) fn as_row(input: Shape) -> Shape {
    if input.is_series() {
        input
    } else {
        Shape::row(input.n_values())
    }
}
