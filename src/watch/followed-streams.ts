import type { Followed } from './followed.js';
import type { Stream } from './judge-process.js';

/** Evidence that is kept at most, in octets. */
const MOST_KEPT = 1 << 30;
/** Evidence that is further behind than this is of another day: it is not said to be late; seconds. */
const RECORDED = 3600;

/** All that is followed, and what is kept of it. */
export class FollowedStreams {
  all: Followed[] = [];

  /** The newest instant of the evidence, in seconds; 0 without one. */
  get newest(): number {
    const times = this.all.map(({ fold }) => fold.newest);
    return Math.max(0, ...times);
  }

  /** By how much reading is behind, in seconds; null where the evidence is of another time, or has none. */
  get behind(): number | null {
    const known = this.all.filter(({ behind }) => behind !== null);
    // logs and counters are written when it pleases who writes them
    const captures = known.filter(({ fold }) => fold.wire !== null);
    const all = (captures.length > 0 ? captures : known).map(({ behind }) => behind!);
    const most = Math.max(...all);
    return all.length === 0 || Math.abs(most) > RECORDED ? null : most;
  }

  /** Octets and seconds of evidence that are kept. */
  get kept(): { bytes: number; seconds: number } {
    const parts = this.all.flatMap((followed) => followed.parts?.all ?? []);
    const times = parts.map(({ until }) => until).filter((until) => until !== null);
    const first = Math.min(...times) / 1000;
    return {
      bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
      seconds: times.length === 0 ? 0 : Math.max(0, this.newest - first),
    };
  }

  settle(): void {
    for (const followed of this.all) followed.settle();
  }

  /** Keeps the newest so many seconds, and less where that is too much. */
  keep(seconds: number): void {
    const { newest } = this;
    for (const { parts } of this.all) parts?.dropBefore((newest - seconds) * 1000);
    // such as a log before its rotation
    this.all = this.all.filter(({ hasEnded, parts }) => !hasEnded || parts === null || parts.all.length > 0);
    while (this.kept.bytes > MOST_KEPT) {
      const untils = this.all.flatMap(({ parts }) => parts?.all ?? []).flatMap(({ until }) => until ?? []);
      const oldest = Math.min(...untils);
      if (!Number.isFinite(oldest) || oldest >= newest * 1000) return;
      for (const { parts } of this.all) parts?.dropBefore(oldest + 1);
    }
  }

  /** What is kept from an instant on, in seconds, of each that has something. */
  since(seconds: number): Stream[] {
    return this.all.map((followed) => followed.since(seconds * 1000)).filter((stream) => stream !== null);
  }
}
