/** Seconds that are remembered. */
const REMEMBERED = 600;

/** What is counted in each second. */
export const COUNTS = [
  'queries',
  'answers',
  'nxdomain',
  'servfail',
  'retries',
  'gaps5',
  'gaps2',
  'unanswered',
  'slow',
] as const;
export type Count = (typeof COUNTS)[number];

/** Classes of response times: each is a quarter longer than the one before it. */
const CLASSES = 80;
const SHORTEST = 1e-5;
const STEP = Math.log(1.25);

/** Counts of the last minutes, second by second, by the evidence's own clock. */
export class Seconds {
  private readonly of = new Float64Array(REMEMBERED);
  private readonly counts = Object.fromEntries(
    COUNTS.map((name) => [name, new Uint32Array(REMEMBERED)]),
  ) as Record<Count, Uint32Array>;
  private readonly times = new Uint32Array(REMEMBERED * CLASSES);
  /** The newest second that was counted in; 0 before the first. */
  newest = 0;

  add(name: Count, time: number, by = 1): void {
    const at = this.placeOf(Math.floor(time));
    if (at >= 0) this.counts[name][at]! += by;
  }

  /** Counts a response time. */
  addResponse(time: number, seconds: number): void {
    const at = this.placeOf(Math.floor(time));
    if (at < 0) return;
    const shown = Math.floor(Math.log(Math.max(seconds, SHORTEST) / SHORTEST) / STEP);
    this.times[at * CLASSES + Math.min(CLASSES - 1, shown)]!++;
  }

  /** The sum over some seconds up to and without `end`. */
  sum(name: Count, end: number, seconds: number): number {
    let sum = 0;
    for (let second = end - seconds; second < end; second++) sum += this.at(name, second);
    return sum;
  }

  at(name: Count, second: number): number {
    const at = ((second % REMEMBERED) + REMEMBERED) % REMEMBERED;
    return this.of[at] === second ? this.counts[name][at]! : 0;
  }

  /** Response times that so large a share is not longer than, in seconds; null without answers. */
  quantiles(shares: readonly number[], end: number, seconds: number): (number | null)[] {
    const classes = new Float64Array(CLASSES);
    let all = 0;
    for (let second = end - seconds; second < end; second++) {
      const at = ((second % REMEMBERED) + REMEMBERED) % REMEMBERED;
      if (this.of[at] !== second) continue;
      for (let i = 0; i < CLASSES; i++) {
        classes[i]! += this.times[at * CLASSES + i]!;
        all += this.times[at * CLASSES + i]!;
      }
    }
    return shares.map((share) => {
      if (all === 0) return null;
      let sum = 0;
      const index = classes.findIndex((count) => (sum += count) >= share * all);
      return SHORTEST * Math.exp((index + 0.5) * STEP);
    });
  }

  /** Where a second is counted; -1 where it is too long ago. */
  private placeOf(second: number): number {
    const at = second % REMEMBERED;
    const there = this.of[at]!;
    if (there === second) return at;
    if (there > second || !(second > 0)) return -1;
    this.of[at] = second;
    for (const name of COUNTS) this.counts[name][at] = 0;
    this.times.fill(0, at * CLASSES, (at + 1) * CLASSES);
    this.newest = Math.max(this.newest, second);
    return at;
  }
}
