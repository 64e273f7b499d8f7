//! Windows that see every value, and whose steps can be taken back.

use super::{Edit, Problem};
use crate::autoencoder::{Shape, Window};

/// Maps of a convolution that is put in at the input.
const N_FIRST_MAPS: usize = 8;

/// The window of a convolution that is put in at the input: it halves a picture where that can be halved.
pub(super) fn first_over(picture: Shape) -> Window {
    let halves = picture.height.is_multiple_of(2) && picture.width.is_multiple_of(2);
    Window {
        channels: N_FIRST_MAPS,
        stride: if halves { 2 } else { 1 },
        ..further_over(picture)
    }
}

/// The window of a convolution that is put in behind maps: it leaves their number and size as they are.
pub(super) fn further_over(maps: Shape) -> Window {
    let kernel = if maps.height.min(maps.width) < 3 {
        1
    } else {
        3
    };
    Window {
        channels: maps.channels,
        kernel,
        stride: 1,
        padding: padding_of(kernel),
        output_padding: 0,
    }
}

/// Zeros around the maps that leave their size alone where the stride is 1.
pub(super) fn padding_of(kernel: usize) -> usize {
    kernel.saturating_sub(1) / 2
}

/// Rows that a transposed convolution adds at the far end, so that maps grow by its stride.
pub(super) fn even_growth(window: Window) -> usize {
    (window.stride + 2 * window.padding).saturating_sub(window.kernel)
}

/// Rows and columns at the far end of the padded maps that no window reaches; `None` where the window does not fit.
pub(super) fn rest(window: Window, side: usize) -> Option<usize> {
    let room = (side + 2 * window.padding).checked_sub(window.kernel)?;
    room.checked_rem(window.stride)
}

/// Checks that a window fits over maps, leaves no gaps and reaches every value.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check(window: Window, maps: Shape) -> Result<(), Problem> {
    let Window { kernel, stride, .. } = window;
    let Shape { height, width, .. } = maps;
    let smallest = height.min(width);
    if kernel == 0 || kernel > smallest || kernel > Edit::MAX_KERNEL {
        return Err(Problem::WindowTooLarge {
            kernel,
            height,
            width,
        });
    }
    if stride == 0 || stride > kernel {
        return Err(Problem::Strides { kernel, stride });
    }
    let reaches_all = |side| rest(window, side).is_some_and(|rest| rest <= window.padding);
    if reaches_all(height) && reaches_all(width) && rest(window, height) == rest(window, width) {
        return Ok(());
    }
    Err(Problem::Unseen {
        kernel,
        stride,
        height,
        width,
    })
}

/// The input as a window takes it: a plain row of values as one square map.
pub(super) fn as_picture(input: Shape) -> Result<Shape, Problem> {
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
