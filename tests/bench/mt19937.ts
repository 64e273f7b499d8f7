/** The Mersenne Twister with PyTorch's ways of drawing from it, as `src/random` has it. */
export class Mt19937 {
  private readonly state = new Uint32Array(624);
  private nextIdx = 624;

  constructor(seed: number) {
    this.state[0] = seed;
    for (let idx = 1; idx < 624; idx += 1) {
      const previous = this.state[idx - 1];
      this.state[idx] = Math.imul(1_812_433_253, previous ^ (previous >>> 30)) + idx;
    }
  }

  nextU32() {
    if (this.nextIdx === 624) this.refill();
    let bits = this.state[this.nextIdx];
    this.nextIdx += 1;
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    return (bits ^ (bits >>> 18)) >>> 0;
  }

  /** A number in `-bound..bound`, in single precision. */
  around(bound: number) {
    const unit = (this.nextU32() & 0xffffff) / 16_777_216;
    return Math.fround(unit * (2 * bound) - bound);
  }

  /** The order of one epoch as a shuffling `DataLoader` has it: four draws, the last of which seeds the sampler. */
  epochOrder(n: number) {
    for (let idx = 0; idx < 3; idx += 1) this.nextU32();
    const sampler = new Mt19937(this.nextU32());
    const order = Array.from({ length: n }, (_, idx) => idx);
    for (let idx = 0; idx < n - 1; idx += 1) {
      const other = idx + (sampler.nextU32() % (n - idx));
      [order[idx], order[other]] = [order[other], order[idx]];
    }
    return order;
  }

  private refill() {
    for (let idx = 0; idx < 624; idx += 1) {
      const mixed = (this.state[idx] & 0x80000000) | (this.state[(idx + 1) % 624] & 0x7fffffff);
      const twist = mixed & 1 ? 0x9908b0df : 0;
      this.state[idx] = this.state[(idx + 397) % 624] ^ (mixed >>> 1) ^ twist;
    }
    this.nextIdx = 0;
  }
}
