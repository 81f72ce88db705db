import type { AboutKind } from '../raw/reader.js';
import type { Instant } from '../base/time/instant.js';

/** What a reading of a counter means: `src/raw/tables/counters.ts` explains the words. */
export type Meaning = 'total' | 'level' | 'unclear';

/** Whose counters there are. */
export type Origin = 'ethtool' | 'protocols' | 'softnet' | 'socket' | 'coredns';

/** One value that a line gave. */
export interface Reading {
  readonly origin: Origin;
  readonly counter: string;
  readonly value: number;
  readonly meaning: Meaning;
  /** What it counts, in plain words. */
  readonly about: string;
  /** Whether it counts what went wrong. */
  readonly isTrouble: boolean;
  readonly instance?: string | null;
  readonly labels?: Readonly<Record<string, string>>;
  /** When it was read, where the line itself says so. */
  readonly at?: Instant;
}

/** What a line says of a whole sample: when it was taken, or since when its program counts. */
export interface Clock {
  readonly clock: 'now' | 'counting-since';
  readonly at: Instant;
}

/** Reads the lines of one form; it may keep in which block of lines it is. */
export interface FormReader {
  /** The readings of a line, none of a line that has nothing to keep; null where it is no line of this form. */
  read(line: string): readonly (Reading | Clock)[] | null;
  /** A command whose output follows: it may name an interface or a flag. */
  command(text: string): void;
}

/** A form in which counters are printed. */
export interface CounterForm {
  /** As `sources.kind` shows it. */
  readonly kind: string;
  readonly title: string;
  readonly about: AboutKind;
  reader(): FormReader;
}

/** A number of decimal digits that a double holds exactly, or null. */
export function count(digits: string | undefined): number | null {
  const value = digits !== undefined && /^\d{1,16}$/.test(digits) ? Number(digits) : NaN;
  return Number.isSafeInteger(value) ? value : null;
}
