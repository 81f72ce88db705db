/** An instant, as readers tell it and sinks and columns take it. */
export interface Instant {
  /** Whole seconds since 1970 UTC. */
  seconds: number;
  /** 0..999,999,999. */
  nanos: number;
}

/** An instant as a text gave it. */
export interface ReadInstant extends Instant {
  /** False if the text named no zone, or one that nobody can tell; it is then read as UTC. */
  readonly zoned: boolean;
}

/** Nanoseconds of the digits after a second's point; 0 without any, and digits past the ninth are cut off. */
export function fractionNanos(digits = ''): number {
  return Number(digits.slice(0, 9).padEnd(9, '0'));
}
