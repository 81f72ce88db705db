import { describe, expect, it } from 'vitest';
import { answerFromCache, type Question } from '../../src/what-if/cache.js';
import type { Step } from '../../src/what-if/lookups.js';

const RULES = { least: 5, most: 30, mostNegative: 5 };

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();

function step(lookup_id: number, more: Partial<Step> = {}): Step {
  const who = { client: '10.0.0.1', client_name: null, node: 'node-1', resolver: 'glibc' };
  const same = { queries: 1, after_queries: 1, seconds: 0.01, after_seconds: 0.01, halves: 1 };
  const tried = { name: 'a', qname: 'a', place: 1, recorded: true, started_at: at(0) };
  return { lookup_id, ...who, ...same, ...tried, outcome: 'answered', after_outcome: 'answered', ...more };
}

/** A question of `lookup_id`, answered 10 ms later. */
function question(lookup_id: number, seconds: number, more: Partial<Question> = {}): Question {
  const times = { asked_at: at(seconds), answered_at: at(seconds + 0.01) };
  const asked = { node: 'node-1', qname: 'a', qtype: 'A', attempts: 1 };
  return { lookup_id, ...asked, ...times, outcome: 'answered', ttl: 30, ...more };
}

/** The lookups whose query still goes to a server, when each asks at one of these seconds. */
async function misses(
  seconds: readonly number[],
  more: Partial<Question> = {},
  rules = RULES,
): Promise<number[]> {
  const steps = seconds.map((_, i) => step(i));
  const questions = seconds.map((second, i) => question(i, second, more));
  await answerFromCache(steps, questions, rules);
  return seconds.filter((_, i) => steps[i]!.after_queries > 0);
}

describe('a cache on the node', () => {
  it('answers until the TTL of what it fetched has passed, and fetches again then', async () => {
    expect(await misses([0, 10, 20, 29, 31, 45, 62])).toEqual([0, 31, 62]);
  });

  it('keeps nothing longer than its rules say, and nothing shorter', async () => {
    expect(await misses([0, 20, 40], { ttl: 3600 })).toEqual([0, 40]);
    expect(await misses([0, 4, 8], { ttl: 1 })).toEqual([0, 8]);
    expect(await misses([0, 20, 40], { ttl: 3600 }, { ...RULES, most: 60 })).toEqual([0]);
  });

  it('keeps negative answers for less', async () => {
    expect(await misses([0, 4, 8], { outcome: 'negative' })).toEqual([0, 8]);
  });

  it('keeps no failure, and nothing of what was not answered', async () => {
    expect(await misses([0, 1], { outcome: 'failed' })).toEqual([0, 1]);
    expect(await misses([0, 1], { answered_at: null, ttl: null, outcome: 'unanswered' })).toEqual([0, 1]);
  });

  it('does not answer before its own answer is there', async () => {
    expect(await misses([0, 0.005])).toEqual([0, 0.005]);
  });

  it('is one a node', async () => {
    const steps = [step(0), step(1, { node: 'node-2' })];
    await answerFromCache(steps, [question(0, 0), question(1, 1, { node: 'node-2' })], RULES);
    expect(steps.map((row) => row.after_queries)).toEqual([1, 1]);
  });

  it('takes no time where it has both halves, and all of it where it lacks one', async () => {
    const pair = { halves: 2, queries: 2, after_queries: 2 };
    const steps = [step(0, pair), step(1, pair), step(2, pair)];
    const ask = (lookup: number, second: number, qtype: string) => question(lookup, second, { qtype });
    await answerFromCache(
      steps,
      [ask(0, 0, 'A'), ask(1, 1, 'A'), ask(1, 1, 'AAAA'), ask(2, 2, 'A'), ask(2, 2, 'AAAA')],
      RULES,
    );
    expect(steps.map((row) => [row.after_queries, row.after_seconds])).toEqual([
      [2, 0.01],
      [1, 0.01],
      [0, 0],
    ]);
  });

  it('leaves alone what would not be asked any more', async () => {
    const steps = [step(0, { after_queries: 0, place: null }), step(1)];
    await answerFromCache(steps, [question(0, 0), question(1, 1)], RULES);
    expect(steps.map((row) => row.after_queries)).toEqual([0, 1]);
  });

  it('keeps names that nobody asked in the evidence as negative answers', async () => {
    const added = (id: number, second: number) =>
      step(id, { recorded: false, queries: 0, after_queries: 2, started_at: at(second) });
    const steps = [added(0, 0), added(1, 3), added(2, 6)];
    await answerFromCache(steps, [], RULES);
    expect(steps.map((row) => row.after_queries)).toEqual([2, 0, 2]);
  });
});
