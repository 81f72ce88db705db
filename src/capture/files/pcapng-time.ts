/** Nanoseconds in a second. */
const NANOS = 1e9;

/** Turns the 64-bit timestamps of one pcapng interface into seconds and nanoseconds, without BigInt where that is exact. */
export class PcapngClock {
  seconds = 0;
  nanos = 0;
  private readonly unitsPerSecond: number;
  private readonly exact: bigint | null;

  /**
   * `resolution` is if_tsresol (a power of 10, or of 2 with the top bit set), `offset` if_tsoffset in seconds
   * (draft-ietf-opsawg-pcapng, 4.2).
   */
  constructor(
    resolution: number,
    private readonly offset: number,
  ) {
    const exponent = resolution & 0x7f;
    const base = resolution & 0x80 ? 2 : 10;
    this.unitsPerSecond = base ** exponent;
    // A remainder times 2^16 must stay below 2^53.
    this.exact = this.unitsPerSecond <= 2 ** 37 ? null : BigInt(base) ** BigInt(exponent);
  }

  /** Reads a timestamp into `seconds` and `nanos`. */
  read(high: number, low: number): void {
    if (this.exact === null) this.divide(high, low, this.unitsPerSecond);
    else this.divideExactly(high, low, this.exact);
    this.seconds += this.offset;
  }

  private divide(high: number, low: number, units: number): void {
    const upper = high * 65536 + (low >>> 16);
    const quotient = Math.floor(upper / units);
    const rest = (upper - quotient * units) * 65536 + (low & 0xffff);
    const carry = Math.floor(rest / units);
    this.seconds = quotient * 65536 + carry;
    this.nanos = Math.floor(((rest - carry * units) * NANOS) / units);
  }

  private divideExactly(high: number, low: number, units: bigint): void {
    const ticks = (BigInt(high) << 32n) | BigInt(low);
    this.seconds = Number(ticks / units);
    this.nanos = Number(((ticks % units) * BigInt(NANOS)) / units);
  }
}
