//! Damaged copies of good files, the same ones for the same seed.

use bottleneck::random::Mt19937;

/// Inputs grow no larger than this; what is larger is slow without being another case.
const MOST_BYTES: usize = 32_768;

/// Bytes that end ranges or mean something in one of the formats.
const TELLING: &[u8] = b"\0\x01\x03\x08\x0a\x1f\x7f\x80\x8b\xff,;\t\"\n\r.-+eN 09=&#%\xc3\xef";

/// Words that mean something in one of the formats.
pub const TOKENS: [&[u8]; 36] = [
    b"NaN",
    b"inf",
    b"-inf",
    b"1e999",
    b"-0",
    b"1e-400",
    b"0x10",
    b"1,5",
    b"1.5.2",
    b"\"\"",
    b"\",\"",
    b"\r\n",
    b"\n\n",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"BNDG",
    b"\0\0\x08\x03",
    b"\0\0\x08\x01",
    b"\x1f\x8b\x08",
    b"&recipe=",
    b"uci-digits",
    b"mnist-conv",
    b"employees",
    b"&ink=",
    b"weighted:",
    b"%20",
    b"\n## ",
    b"\n- ",
    b"set: ",
    b"predict: ",
    b"do: ",
    b"reveal: ",
    b"{error}",
    b" on page 1}",
    b"\xf0\x9f\x98\x80",
    b"=",
];

/// Numbers at the ends of what types hold.
pub const EDGES: [&str; 14] = [
    "0",
    "-1",
    "1",
    "9",
    "10",
    "255",
    "256",
    "65536",
    "2147483648",
    "4294967295",
    "4294967296",
    "18446744073709551616",
    "1e38",
    "0.0000000000000000000000000000000000000000000001",
];

/// Makes damaged inputs from a corpus.
pub struct Mutator {
    generator: Mt19937,
}

impl Mutator {
    pub fn new(seed: u64) -> Self {
        Self {
            generator: Mt19937::new(seed),
        }
    }

    /// A number below `n`, which is at least 1.
    pub fn below(&mut self, n: usize) -> usize {
        self.generator.next_u32() as usize % n
    }

    /// The next input: one of the corpus with one to eight changes.
    pub fn next(&mut self, corpus: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = corpus[self.below(corpus.len())].clone();
        let n_changes = 1 << self.below(4);
        for _ in 0..n_changes {
            self.change(&mut bytes, corpus);
            bytes.truncate(MOST_BYTES);
        }
        bytes
    }

    fn change(&mut self, bytes: &mut Vec<u8>, corpus: &[Vec<u8>]) {
        let place = self.below(bytes.len() + 1);
        let end = place + self.below(bytes.len() - place + 1).min(64);
        match self.below(12) {
            0 => self.flip_bit(bytes),
            1 => bytes.truncate(place),
            2 => drop(bytes.drain(place..end)),
            3 => bytes.extend_from_within(place..end),
            4 => self.splice(bytes, place, corpus),
            5 => self.repeat(bytes, place, end),
            6 => bytes.insert(place, TELLING[self.below(TELLING.len())]),
            7 => self.overwrite_byte(bytes),
            8 => {
                let token = TOKENS[self.below(TOKENS.len())];
                bytes.splice(place..place, token.iter().copied());
            }
            9 => {
                let token = TOKENS[self.below(TOKENS.len())];
                bytes.splice(place..end, token.iter().copied());
            }
            10 => self.edge_a_number(bytes, place),
            _ => self.lie_about_a_length(bytes),
        }
    }

    fn flip_bit(&mut self, bytes: &mut [u8]) {
        if !bytes.is_empty() {
            let place = self.below(bytes.len());
            bytes[place] ^= 1 << self.below(8);
        }
    }

    fn overwrite_byte(&mut self, bytes: &mut [u8]) {
        if !bytes.is_empty() {
            let place = self.below(bytes.len());
            bytes[place] = TELLING[self.below(TELLING.len())];
        }
    }

    /// The beginning of one input and the end of another.
    fn splice(&mut self, bytes: &mut Vec<u8>, place: usize, corpus: &[Vec<u8>]) {
        let other = &corpus[self.below(corpus.len())];
        let start = self.below(other.len() + 1);
        bytes.truncate(place);
        bytes.extend_from_slice(&other[start..]);
    }

    fn repeat(&mut self, bytes: &mut Vec<u8>, place: usize, end: usize) {
        let part = bytes[place..end].repeat(1 << self.below(8));
        bytes.splice(place..end, part);
    }

    /// Replaces the first number after a place by one at the end of some range.
    fn edge_a_number(&mut self, bytes: &mut Vec<u8>, place: usize) {
        let is_digit = |byte: &u8| byte.is_ascii_digit();
        let Some(ahead) = bytes[place..].iter().position(is_digit) else {
            return;
        };
        let start = place + ahead;
        let length = bytes[start..]
            .iter()
            .take_while(|byte| is_digit(byte))
            .count();
        let edge = EDGES[self.below(EDGES.len())];
        bytes.splice(start..start + length, edge.bytes());
    }

    /// Writes two or four bytes of an edge, most often near the start, where headers are.
    fn lie_about_a_length(&mut self, bytes: &mut [u8]) {
        const LENGTHS: [u32; 10] = [
            0,
            1,
            2,
            0x7f,
            0xff,
            0xffff,
            0x1_0000,
            0x7fff_ffff,
            0x8000_0000,
            u32::MAX,
        ];
        let length = LENGTHS[self.below(LENGTHS.len())];
        let field = match self.below(4) {
            0 => length.to_le_bytes().to_vec(),
            1 => length.to_be_bytes().to_vec(),
            2 => (length as u16).to_le_bytes().to_vec(),
            _ => (length as u16).to_be_bytes().to_vec(),
        };
        let n_places = (bytes.len() + 1).saturating_sub(field.len());
        if n_places == 0 {
            return;
        }
        let near = if self.below(4) == 0 {
            n_places
        } else {
            n_places.min(24)
        };
        let place = self.below(near);
        bytes[place..place + field.len()].copy_from_slice(&field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_inputs_again_and_another_seed_others() {
        let corpus = [
            b"age,town\n27,bonn\n".to_vec(),
            vec![0, 0, 8, 1, 0, 0, 0, 1, 7],
        ];
        let inputs = |seed| {
            let mut mutator = Mutator::new(seed);
            (0..200).map(|_| mutator.next(&corpus)).collect::<Vec<_>>()
        };
        assert_eq!(inputs(1), inputs(1));
        assert_ne!(inputs(1), inputs(2));
        let n_changed = inputs(1)
            .iter()
            .filter(|input| !corpus.contains(input))
            .count();
        assert!(n_changed > 170, "{n_changed}");
    }
}
