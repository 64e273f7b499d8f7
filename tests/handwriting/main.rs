//! A person's ordinary digits are normal: six scripted hands write them, and shipped models judge.
//!
//! `cargo test --test handwriting -- --nocapture` prints how many of each hand are normal, recipe by recipe.

#[path = "../common/shipped.rs"]
mod shipped;

mod hands;
mod shapes;

use bottleneck::anomaly::Calibration;
use bottleneck::autoencoder::Network;
use bottleneck::data::inputs_of;
use bottleneck::picture::{Brush, PreparationStep};
use bottleneck::recipe::{Recipe, RecipeName};
use bottleneck::session::{Bench, Change, DataMessage, Message, Session};
use pollster::block_on;

use hands::{HANDS, Hand};

/// How often each hand writes each digit, where it matters most, and elsewhere.
const N_TIMES: u64 = 4;
const N_TIMES_ELSEWHERE: u64 = 1;

/// The share of normal items that a threshold may flag.
const ALPHA: f32 = 0.05;

/// A page on which one recipe is open, and what judges there.
struct Judge {
    session: Session,
    recipe: Recipe,
    network: Network,
    threshold: f32,
}

impl Judge {
    fn open(name: RecipeName) -> Self {
        let (dataset, recipe, network) = shipped::shipped(name);
        let (mut session, _) = Session::open_for(&format!("recipe={}", name.slug()));
        session.update(Message::Data(DataMessage::DatasetLoaded {
            name: name.data(),
            bytes: shipped::unpacked(name.data()),
        }));
        let calibration = recipe.split(&dataset).calibration;
        let inputs = inputs_of(&dataset, &calibration, recipe.label_input);
        let errors = errors_of(&network, &recipe, &inputs);
        let threshold = Calibration::new(errors).conformal_threshold(ALPHA);
        Self {
            session,
            recipe,
            network,
            threshold: threshold.expect("there are enough items"),
        }
    }

    /// The same page with one step of the preparation switched off, as long as drawings are made by hand.
    fn without(mut self, step: PreparationStep) -> Self {
        self.session.update(Message::Bench(Change::Clear));
        let is_taken = false;
        let switch = Change::Prepare { step, is_taken };
        self.session.update(Message::Bench(switch));
        self
    }

    /// How many of a hand's digits are normal, and which are not.
    fn judge(&mut self, hand: &Hand, n_times: u64) -> (usize, Vec<u8>) {
        let mut seen = Vec::new();
        let mut digits = Vec::new();
        for digit in 0..=9 {
            for time in 0..n_times {
                seen.extend(self.what_is_seen(hand.write(digit, time)));
                digits.push(digit);
            }
        }
        let errors = errors_of(&self.network, &self.recipe, &seen);
        let lost = digits.iter().zip(&errors);
        let lost: Vec<u8> = lost
            .filter(|&(_, &error)| error > self.threshold)
            .map(|(&digit, _)| digit)
            .collect();
        (digits.len() - lost.len(), lost)
    }

    fn what_is_seen(&mut self, changes: Vec<Change>) -> Vec<f32> {
        self.session.update(Message::Bench(Change::Clear));
        for change in changes {
            self.session.update(Message::Bench(change));
        }
        let values = self.session.bench().values();
        values.expect("something was drawn").to_vec()
    }

    /// How many of a hand's digits are found to be no digits after something was done to them.
    fn found(
        &mut self,
        hand: &Hand,
        digits: &[u8],
        damage: impl Fn(Vec<Change>) -> Vec<Change>,
    ) -> f64 {
        let mut seen = Vec::new();
        for &digit in digits {
            for time in 0..N_TIMES_ELSEWHERE {
                seen.extend(self.what_is_seen(damage(hand.write(digit, time))));
            }
        }
        let errors = errors_of(&self.network, &self.recipe, &seen);
        let n_found = errors
            .iter()
            .filter(|&&error| error > self.threshold)
            .count();
        n_found as f64 / errors.len() as f64
    }

    /// The shares of normal drawings, hand by hand, and of all.
    fn shares(&mut self, title: &str, n_times: u64) -> ([f64; HANDS.len()], f64) {
        let n_drawings = 10.0 * n_times as f64;
        let shares = HANDS.map(|hand| {
            let (n_normal, lost) = self.judge(&hand, n_times);
            println!("{title}: {n_normal} of {n_drawings} {} {lost:?}", hand.name);
            n_normal as f64 / n_drawings
        });
        let all = shares.iter().sum::<f64>() / shares.len() as f64;
        println!("{title}: {:.1} % of all", 100.0 * all);
        (shares, all)
    }
}

fn errors_of(network: &Network, recipe: &Recipe, rows: &[f32]) -> Vec<f32> {
    let width = recipe.architecture.input_size();
    let errors = rows.chunks(100 * width).flat_map(|some| {
        let reconstructed = block_on(network.reconstruct(some)).expect("the rows fit");
        recipe
            .measure
            .of_rows(some, &reconstructed.reconstructions, width)
    });
    errors.collect()
}

#[test]
fn ordinary_digits_are_normal_on_what_the_page_opens_with() {
    let (shares, all) = Judge::open(RecipeName::OPENING).shares("opening", N_TIMES);
    assert!(all >= 0.95, "{all}");
    // Nobody is told that they cannot write: not those either who write half as wide again.
    assert!(shares.iter().all(|&share| share >= 0.75), "{shares:?}");
}

#[test]
fn no_ordinary_digit_is_lost_on_28_by_28_pixels() {
    let (_, all) = Judge::open(RecipeName::MNIST_CONV_TUNED).shares("second article", N_TIMES);
    assert!(all >= 1.0, "{all}");
}

#[test]
fn on_8_by_8_pixels_no_fewer_are_normal_than_before_there_was_a_preparation() {
    let (_, all) = Judge::open(RecipeName::WELL_TRAINED).shares("8 × 8", N_TIMES);
    assert!((0.4..0.8).contains(&all), "{all}");
}

#[test]
fn without_its_steps_fewer_drawings_are_normal() {
    let fewer = [
        (PreparationStep::Fit, 0.9),
        (PreparationStep::Slant, 0.9),
        (PreparationStep::Strokes, 0.98),
        (PreparationStep::Balance, 0.98),
    ];
    for (step, most) in fewer {
        let mut judge = Judge::open(RecipeName::OPENING).without(step);
        let (_, all) = judge.shares(step.title(), N_TIMES_ELSEWHERE);
        assert!(all < most, "without {step:?}: {all}");
    }
}

/// The same strokes in a mirror.
fn mirrored(changes: Vec<Change>) -> Vec<Change> {
    let mirror = |(x, y): (f32, f32)| (1.0 - x, y);
    let mirror = |change| match change {
        Change::Stroke {
            from,
            to,
            brush,
            is_first,
        } => Change::Stroke {
            from: mirror(from),
            to: mirror(to),
            brush,
            is_first,
        },
        other => other,
    };
    changes.into_iter().map(mirror).collect()
}

/// The same strokes, crossed out.
fn crossed_out(mut changes: Vec<Change>) -> Vec<Change> {
    for (from, to) in [((0.2, 0.2), (0.8, 0.8)), ((0.8, 0.2), (0.2, 0.8))] {
        changes.push(Change::Stroke {
            from,
            to,
            brush: Brush::Ink,
            is_first: true,
        });
    }
    changes
}

/// The same strokes, turned by a quarter.
fn turned(mut changes: Vec<Change>) -> Vec<Change> {
    changes.push(Change::Rotate(90.0));
    changes
}

#[test]
fn what_is_no_ordinary_digit_is_found_in_the_same_hands() {
    // Mirrored or turned, 0, 1 and 8 are still themselves, or nearly.
    let [all, mirrorable, turnable] = [
        vec![0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        vec![2, 3, 4, 5, 6, 7, 9],
        vec![1, 2, 3, 4, 5, 6, 7, 8, 9],
    ];
    for name in [RecipeName::OPENING, RecipeName::WELL_TRAINED] {
        let mut judge = Judge::open(name);
        let mut mean = |digits: &[u8], damage: fn(Vec<Change>) -> Vec<Change>| {
            let shares = HANDS.map(|hand| judge.found(&hand, digits, damage));
            shares.iter().sum::<f64>() / shares.len() as f64
        };
        let crossed = mean(&all, crossed_out);
        let quarter = mean(&turnable, turned);
        let mirror = mean(&mirrorable, mirrored);
        println!(
            "{}: found {crossed:.3} crossed out, {quarter:.3} turned, {mirror:.3} mirrored",
            name.slug()
        );
        if name == RecipeName::OPENING {
            assert!(crossed >= 0.95 && quarter >= 0.85 && mirror >= 0.5);
        }
    }
}

#[test]
fn the_page_judges_the_drawing_that_the_bench_shows() {
    let mut judge = Judge::open(RecipeName::OPENING);
    let seen = judge.what_is_seen(HANDS[0].write(3, 0));
    let Bench::Picture(bench) = judge.session.bench() else {
        panic!("a drawing lies there");
    };
    assert_eq!(bench.treatment().apply(bench.ink()).ink(), seen);
}
