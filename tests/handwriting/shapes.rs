//! The ten digits as strokes of a pen.

/// A place: right and down, the digit's height being 1.
pub type Place = (f32, f32);

/// Places that the pen goes through without being lifted.
pub type Stroke = Vec<Place>;

/// How someone writes the digits that people write in different ways.
#[derive(Clone, Copy, Debug, Default)]
pub struct Habits {
    /// The 4 is open at the top.
    pub has_open_four: bool,
    /// The 7 has a bar.
    pub has_crossed_seven: bool,
    /// The 1 has a foot and a flag; else it is one stroke.
    pub has_foot: bool,
}

/// Part of an ellipse, from one angle to another in degrees; 0 is the right, 90 the bottom.
fn arc(middle: Place, radii: Place, from: f32, to: f32) -> Stroke {
    const N_POINTS: u8 = 24;
    let at = |idx: u8| {
        let degrees = from + (to - from) * f32::from(idx) / f32::from(N_POINTS);
        let (sine, cosine) = degrees.to_radians().sin_cos();
        (middle.0 + radii.0 * cosine, middle.1 + radii.1 * sine)
    };
    (0..=N_POINTS).map(at).collect()
}

/// The strokes of a digit, in a box about 0.6 wide and 1 high.
pub fn strokes_of(digit: u8, habits: Habits) -> Vec<Stroke> {
    match digit {
        0 => vec![arc((0.3, 0.5), (0.3, 0.5), -80.0, -445.0)],
        1 => one(habits),
        2 => vec![
            [
                arc((0.29, 0.27), (0.27, 0.27), 195.0, 390.0),
                vec![(0.03, 1.0), (0.62, 1.0)],
            ]
            .concat(),
        ],
        3 => vec![
            [
                arc((0.27, 0.25), (0.26, 0.25), 205.0, 445.0),
                arc((0.28, 0.74), (0.3, 0.26), 280.0, 515.0),
            ]
            .concat(),
        ],
        4 => four(habits),
        5 => vec![
            [
                vec![(0.12, 0.02), (0.07, 0.45)],
                arc((0.27, 0.69), (0.3, 0.3), 232.0, 508.0),
            ]
            .concat(),
            vec![(0.12, 0.02), (0.56, 0.0)],
        ],
        6 => vec![
            [
                vec![(0.48, 0.0), (0.24, 0.2), (0.1, 0.42)],
                arc((0.3, 0.72), (0.26, 0.28), 205.0, -165.0),
            ]
            .concat(),
        ],
        7 => seven(habits),
        8 => vec![
            [
                arc((0.3, 0.25), (0.21, 0.25), 60.0, -270.0),
                arc((0.3, 0.74), (0.28, 0.25), -90.0, 280.0),
            ]
            .concat(),
        ],
        _ => vec![
            [
                arc((0.29, 0.28), (0.26, 0.28), -10.0, -355.0),
                vec![(0.55, 0.3), (0.53, 0.6), (0.42, 1.0)],
            ]
            .concat(),
        ],
    }
}

fn one(habits: Habits) -> Vec<Stroke> {
    if habits.has_foot {
        vec![
            vec![(0.14, 0.22), (0.32, 0.0), (0.32, 1.0)],
            vec![(0.1, 1.0), (0.54, 1.0)],
        ]
    } else {
        vec![vec![(0.3, 0.0), (0.3, 1.0)]]
    }
}

fn four(habits: Habits) -> Vec<Stroke> {
    if habits.has_open_four {
        vec![
            vec![(0.1, 0.0), (0.04, 0.55), (0.62, 0.55)],
            vec![(0.52, 0.02), (0.48, 1.0)],
        ]
    } else {
        vec![
            vec![(0.42, 0.0), (0.0, 0.66), (0.66, 0.66)],
            vec![(0.42, 0.0), (0.42, 1.0)],
        ]
    }
}

fn seven(habits: Habits) -> Vec<Stroke> {
    let mut strokes = vec![vec![(0.02, 0.0), (0.6, 0.0), (0.24, 1.0)]];
    if habits.has_crossed_seven {
        strokes.push(vec![(0.16, 0.5), (0.58, 0.5)]);
    }
    strokes
}
