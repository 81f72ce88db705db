import type { Stream } from './judge-process.js';

/** The part of a core that judging may take over time. */
const JUDGING_SHARE = 0.25;
/** Seconds between two judgings at least. */
const LEAST_PAUSE = 2;
/** What is judged at first at most, and what however often it failed; octets. */
const FIRST_JUDGED = 64 << 20;
const LEAST_JUDGED = 1 << 20;
/** Of so little evidence none is left out for the time that it takes: the most of that is spent whatever its size; octets. */
const LITTLE = 24 << 20;
/** Judging that took more processor time than this is given less evidence the next time; seconds. */
const MOST_JUDGING = 4;
/** Evidence that is judged however much it is: less would not show a retry after five seconds; seconds. */
const LEAST_WINDOW = 15;

/** What is given to be judged. */
export interface ToJudge {
  streams: readonly Stream[];
  /** Whether it is of less than the window, as there was too much. */
  isShort: boolean;
}

/** How often is judged and how much at a time, so that it takes its part of a core and no more. Times are seconds of any one clock. */
export class JudgingPace {
  private next = -Infinity;
  private most = FIRST_JUDGED;

  isDue(now: number): boolean {
    return now >= this.next;
  }

  /** Of the newest `window` seconds as much as is not too much; `last` gives the streams of so many seconds. */
  choose(window: number, last: (seconds: number) => readonly Stream[]): ToJudge {
    let seconds = window;
    let streams = last(seconds);
    while (bytesOf(streams) > this.most && seconds > LEAST_WINDOW) {
      seconds = Math.max(LEAST_WINDOW, seconds * 0.8);
      streams = last(seconds);
    }
    return { streams, isShort: seconds < window };
  }

  judged(now: number, cpuSeconds: number, { streams, isShort }: ToJudge): void {
    if (cpuSeconds > MOST_JUDGING)
      this.most = Math.max(LITTLE, (bytesOf(streams) * MOST_JUDGING) / cpuSeconds);
    else if (isShort) this.most *= 1.3;
    this.next = now + Math.max(LEAST_PAUSE, cpuSeconds * (1 / JUDGING_SHARE - 1));
  }

  /** Of what could not be judged half is tried the next time. */
  failed(now: number, started: number, { streams }: ToJudge): void {
    this.most = Math.max(LEAST_JUDGED, bytesOf(streams) / 2);
    this.next = now + 3 * (now - started) + LEAST_PAUSE;
  }
}

function bytesOf(streams: readonly Stream[]): number {
  return streams.flatMap(({ parts }) => parts).reduce((sum, { bytes }) => sum + bytes, 0);
}
