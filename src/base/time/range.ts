/**
 * The times that evidence may tell: from a day before 1970 (a node without a clock begins there, in a zone of its
 * own) to the year 2200. TIMESTAMP_NS ends in 2262; the years between are room for what models add and subtract.
 */
export const FIRST_YEAR = 1970;
export const END_YEAR = 2200;
const FIRST_SECOND = Date.UTC(FIRST_YEAR, 0, 1) / 1000 - 86_400;
const END_SECOND = Date.UTC(END_YEAR, 0, 1) / 1000;

/** Whether an instant (seconds since 1970 UTC) can be kept; the others are left out and told as a problem. */
export function canBeKept(seconds: number): boolean {
  return seconds >= FIRST_SECOND && seconds < END_SECOND;
}
