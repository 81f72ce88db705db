import type { LogLine } from '../log-line.js';

/** Something that collectors put around each line of a log. */
export interface Wrapper {
  /** As the documentation calls it. */
  readonly name: string;
  /** The bytes that a wrapped line may begin with; others are not tried. */
  readonly beginsWith: string;
  /**
   * Takes the wrapping off: moves the line to what is inside, notes its time and who wrote it. False, and
   * nothing changed, if the line has none of this kind.
   */
  unwrap(line: LogLine): boolean;
}

export const DIGITS = '0123456789';
export const LOWER_LETTERS = 'abcdefghijklmnopqrstuvwxyz';
export const UPPER_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
