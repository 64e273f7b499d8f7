//! The Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998).

const STATE_SIZE: usize = 624;
const SHIFT_SIZE: usize = 397;
const TWIST: u32 = 0x9908_b0df;
const UPPER_BIT: u32 = 0x8000_0000;
const LOWER_BITS: u32 = 0x7fff_ffff;

/// The Mersenne Twister with a period of 2^19937 − 1, seeded as `init_genrand` seeds it.
#[derive(Clone, Debug)]
pub struct Mt19937 {
    state: Box<[u32; STATE_SIZE]>,
    next_idx: usize,
}

impl Mt19937 {
    /// A generator for a seed; like PyTorch it uses the low 32 bits.
    pub fn new(seed: u64) -> Self {
        let mut state = Box::new([0_u32; STATE_SIZE]);
        state[0] = seed as u32;
        for i in 1..STATE_SIZE {
            let previous = state[i - 1];
            state[i] = 1_812_433_253_u32
                .wrapping_mul(previous ^ (previous >> 30))
                .wrapping_add(i as u32);
        }
        Self {
            state,
            next_idx: STATE_SIZE,
        }
    }

    /// 32 random bits.
    pub fn next_u32(&mut self) -> u32 {
        if self.next_idx == STATE_SIZE {
            self.refill();
        }
        let mut bits = self.state[self.next_idx];
        self.next_idx += 1;
        bits ^= bits >> 11;
        bits ^= (bits << 7) & 0x9d2c_5680;
        bits ^= (bits << 15) & 0xefc6_0000;
        bits ^ (bits >> 18)
    }

    /// 64 random bits; the first draw is the upper half, as in PyTorch.
    pub fn next_u64(&mut self) -> u64 {
        let upper = u64::from(self.next_u32());
        let lower = u64::from(self.next_u32());
        (upper << 32) | lower
    }

    fn refill(&mut self) {
        for i in 0..STATE_SIZE {
            let following = self.state[(i + 1) % STATE_SIZE];
            let mixed = (self.state[i] & UPPER_BIT) | (following & LOWER_BITS);
            let twist = if mixed & 1 == 0 { 0 } else { TWIST };
            self.state[i] = self.state[(i + SHIFT_SIZE) % STATE_SIZE] ^ (mixed >> 1) ^ twist;
        }
        self.next_idx = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ten_thousandth_number_is_the_one_of_the_cpp_standard() {
        // ISO C++ [rand.predef]: the 10000th call of a default mt19937 (seed 5489) gives 4123659995.
        let mut generator = Mt19937::new(5_489);
        let last = (0..10_000).map(|_| generator.next_u32()).last();
        assert_eq!(last, Some(4_123_659_995));
    }
}
