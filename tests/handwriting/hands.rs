//! Six people who write digits, as a script draws them.

use bottleneck::picture::Brush;
use bottleneck::random::Mt19937;
use bottleneck::session::Change;

use crate::shapes::{Habits, Place, strokes_of};

/// How someone writes.
#[derive(Clone, Copy, Debug)]
pub struct Hand {
    pub name: &'static str,
    /// Height of a digit, as a part of the surface.
    height: f32,
    /// Where the middle of a digit is.
    middle: Place,
    /// Degrees to the right.
    slant: f32,
    /// Times the usual width.
    width: f32,
    /// How far beside itself the pen goes over each stroke again, as a part of the digit's height; 0 for a fine pen.
    pen: f32,
    habits: Habits,
}

const PRINTED: Habits = Habits {
    has_open_four: false,
    has_crossed_seven: false,
    has_foot: false,
};
const CONTINENTAL: Habits = Habits {
    has_open_four: true,
    has_crossed_seven: true,
    has_foot: false,
};

/// Six hands: size, place, slant, width, pen and habits differ.
pub const HANDS: [Hand; 6] = [
    Hand {
        name: "medium",
        height: 0.55,
        middle: (0.5, 0.5),
        slant: 0.0,
        width: 1.0,
        pen: 0.0,
        habits: PRINTED,
    },
    Hand {
        name: "big, open 4, crossed 7",
        height: 0.82,
        middle: (0.5, 0.5),
        slant: 3.0,
        width: 1.0,
        pen: 0.0,
        habits: CONTINENTAL,
    },
    Hand {
        name: "small, in a corner",
        height: 0.3,
        middle: (0.27, 0.25),
        slant: 5.0,
        width: 0.95,
        pen: 0.0,
        habits: PRINTED,
    },
    Hand {
        name: "slanted by 15°",
        height: 0.6,
        middle: (0.52, 0.48),
        slant: 15.0,
        width: 0.9,
        pen: 0.0,
        habits: CONTINENTAL,
    },
    Hand {
        name: "half as wide again",
        height: 0.55,
        middle: (0.5, 0.52),
        slant: 0.0,
        width: 1.5,
        pen: 0.0,
        habits: PRINTED,
    },
    Hand {
        name: "felt pen, feet and flags",
        height: 0.6,
        middle: (0.45, 0.55),
        slant: -8.0,
        width: 1.1,
        pen: 0.05,
        habits: Habits {
            has_open_four: true,
            has_crossed_seven: true,
            has_foot: true,
        },
    },
];

/// What no hand does twice alike: small differences of slant, turn, size, width and place, and an unsteady line.
struct Mood {
    slant: f32,
    turn: f32,
    size: f32,
    width: f32,
    place: Place,
    waves: [f32; 4],
}

impl Mood {
    fn new(generator: &mut Mt19937) -> Self {
        let mut about = |reach: f32| generator.uniform(-reach, reach);
        Self {
            slant: about(3.0),
            turn: about(4.0),
            size: 1.0 + about(0.06),
            width: 1.0 + about(0.06),
            place: (about(0.03), about(0.03)),
            waves: [about(0.015), about(0.015), about(3.0), about(3.0)],
        }
    }
}

impl Hand {
    /// Writes a digit stroke by stroke, as a pointer would; the same digit and time give the same drawing.
    pub fn write(&self, digit: u8, time: u64) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut generator = Mt19937::new(1_000 * u64::from(digit) + 10_000 * time + 7);
        let mood = Mood::new(&mut generator);
        let again = if self.pen > 0.0 { 2 } else { 1 };
        for stroke in strokes_of(digit, self.habits) {
            for n_times in 0..again {
                let beside = self.pen * self.height * n_times as f32;
                let places: Vec<Place> = stroke
                    .iter()
                    .map(|&place| self.on_surface(place, &mood))
                    .map(|(x, y)| (x + beside, y + beside))
                    .collect();
                changes.extend(one_stroke(&places));
            }
        }
        changes
    }

    /// Where a place of the digit's box is on the surface.
    fn on_surface(&self, (right, down): Place, mood: &Mood) -> Place {
        let [across, along, phase, length] = mood.waves;
        let unsteady_x = across * (5.0 * down + length * right + phase).sin();
        let unsteady_y = along * (4.0 * right + length + phase).sin();
        let height = self.height * mood.size;
        let (x, y) = (
            (right - 0.3 + unsteady_x) * self.width * mood.width,
            down - 0.5 + unsteady_y,
        );
        let x = x - y * (self.slant + mood.slant).to_radians().tan();
        let (sine, cosine) = mood.turn.to_radians().sin_cos();
        (
            self.middle.0 + mood.place.0 + height * (x * cosine - y * sine),
            self.middle.1 + mood.place.1 + height * (x * sine + y * cosine),
        )
    }
}

/// One stroke without lifting the pen.
fn one_stroke(places: &[Place]) -> impl Iterator<Item = Change> {
    let segments = places.windows(2).enumerate();
    segments.map(|(idx, pair)| Change::Stroke {
        from: pair[0],
        to: pair[1],
        brush: Brush::Ink,
        is_first: idx == 0,
    })
}
