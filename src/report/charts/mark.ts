/** One bar, or one point of a line: from x to x2 where it has a length. Times are milliseconds since 1970. */
export interface Mark {
  x: number;
  x2: number | null;
  /** Null where nothing is known: a gap, which is no zero. */
  y: number | null;
  series: string;
}
