import type { Writable } from 'node:stream';
import type { Clock } from '../cluster/collection/manifest.js';
import { CLOCK_SAMPLES } from './limits.js';
import { inPost, type Post } from './post.js';
import type { Program } from './program.js';

/** A shell's time with a fraction of a second: bash's and busybox's own, else GNU date's. */
export const NOW = '${EPOCHREALTIME:-$(date -u +%s.%N)}';

/** Answers each line with the time, so that only the way to the node and back is unknown. */
export function clockArgs(post: Post): string[] {
  return inPost(post, `while read -r x; do echo "${NOW}"; done`, '-i');
}

/** Asks a node for its time, as NTP does (RFC 5905, section 8); null where it does not say. */
export async function measureClock(kubectl: Program, post: Post, signal: AbortSignal): Promise<Clock | null> {
  let best: Clock | null = null;
  let asked = 0;
  let at = 0;
  const finished = new AbortController();
  const ask = (stdin: Writable) => {
    at = Date.now();
    asked++;
    stdin.write('\n');
  };
  await kubectl.run(clockArgs(post), {
    stdin: 'held',
    signal,
    finish: finished.signal,
    onStart: ask,
    onText: (text, stdin) => {
      const clock = clockOf(post.node, text, at, Date.now());
      if (clock && (best === null || clock.within_seconds < best.within_seconds)) best = clock;
      if (clock === null || asked === CLOCK_SAMPLES) finished.abort();
      else ask(stdin);
    },
  });
  return best;
}

/** What an answer says of a node's clock that came between two instants; milliseconds since 1970. */
export function clockOf(node: string, answer: string, asked: number, came: number): Clock | null {
  const found = /^(\d{9,11})(?:[.,](\d{1,9})|[.,]N?)?\s*$/.exec(answer);
  if (!found) return null;
  // a time of whole seconds is half a second early on average
  const half = found[2] === undefined ? 0.5 : 0;
  const seconds = Number(`${found[1]}.${found[2] ?? '5'}`);
  const rounded = (value: number) => Number(value.toFixed(4));
  return {
    node,
    offset_seconds: rounded(seconds - (asked + came) / 2000),
    within_seconds: rounded(half + (came - asked) / 2000 + 0.001),
  };
}
