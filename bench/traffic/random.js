/** Random numbers that are the same in every run (mulberry32). */
export class Random {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  /** From 0 up to, not including, 1. */
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from `least` to `most`. */
  between(least, most) {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** A whole number from 0 up to, not including, `count`. */
  below(count) {
    return Math.floor(this.next() * count);
  }

  /** One of these. */
  pick(values) {
    return values[this.below(values.length)];
  }

  chance(share) {
    return this.next() < share;
  }

  /** An index below `count`, the first ones far more often than the last, as names are asked for. */
  skewed(count) {
    return Math.floor(count * this.next() ** 3);
  }
}
