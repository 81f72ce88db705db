import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { each, ns, type GivenRow } from '../../../support/either-side.js';
import { GivenModels } from '../../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

describe('lookups and what they waited for', () => {
  it('tells what a lookup of half a second waited for', async () => {
    const waits = (seconds: number) =>
      given.count('work.waits', {
        'work.wire_lookups': [{ lookup_id: 1, outcome: 'answered', started_ns: 0, ended_ns: ns(seconds) }],
        'work.question_lookups': [{ lookup_id: 1, question_id: 1, step_id: 1 }],
        'work.wire_questions': [{ question_id: 1 }],
        'work.late_transactions': [{ transaction_id: 1, qname_id: 1, server_id: 1, asked_ns: 0 }],
        'work.name_ids': [{ raw_id: 1, name: 'www.example.org' }],
        'work.address_ids': [{ raw_id: 1, address: '10.96.0.10' }],
        'work.question_attempts': [],
        'work.upstream_queries': [],
      });
    expect(await each([0.49, 0.5], waits)).toEqual([0, 1]);
  });

  it('calls a lookup hurt from a second on, less what clocks round', async () => {
    const hurt = async (seconds: number) =>
      (await given.rows('work.lookup_domains', { 'work.wire_lookups': [{ lookup_id: 1, name: 'www.example.org', outcome: 'answered', started_ns: 0, ended_ns: ns(seconds) }] }))[0]!['hurt'];
    expect(await each([0.98, 0.99], hurt)).toEqual([false, true]);
  });

  const answer = async (seconds: number, duration_seconds: number | null, atTimer: number[] = []) =>
    (await given.rows('work.timed_answers', {
      'work.judged_transactions': [{ transaction_id: 1, state: 'answered', asked_ns: 0, answered_ns: ns(seconds), from_forwarder: false, rcode: 0, qname_id: 1, qtype: 1 }],
      'work.log_line_matches': duration_seconds === null ? [] : [{ transaction_id: 1, source_id: 1, line: 1 }],
      'raw.log_queries': [{ source_id: 1, line: 1, duration_seconds }],
      'work.upstream_queries': [],
      'work.at_a_timer': atTimer.map((transaction_id) => ({ transaction_id })),
    }))[0]!;

  it('calls an answer late from 0.2 s on', async () => {
    expect(await each([0.19, 0.2], async (seconds) => (await answer(seconds, null))['late_alone'])).toEqual([false, true]);
  });

  const lateButQuick = (seconds: number, duration_seconds: number, atTimer: number[] = []) =>
    given.count('work.late_but_quick', {
      'work.wire_transactions': [{ transaction_id: 1, client_id: 1, server_id: 2, source_id: 1, state: 'answered', asked_ns: 0, answered_ns: ns(seconds) }],
      'work.log_line_matches': [{ transaction_id: 1, source_id: 1, line: 1 }],
      'raw.log_queries': [{ source_id: 1, line: 1, duration_seconds }],
      'work.at_a_timer': atTimer.map((transaction_id) => ({ transaction_id })),
    });

  it('calls an answer quick in the log below half of its time on the wire', async () => {
    expect(await each([0.49, 0.5], (duration) => lateButQuick(1, duration))).toEqual([1, 0]);
  });

  it('calls no answer late that may be of a query that was not captured', async () => {
    expect(await each([[], [1]], (atTimer) => lateButQuick(2.5, 0.002, atTimer))).toEqual([1, 0]);
    expect(await each([[], [1]], async (atTimer) => (await answer(2.5, null, atTimer))['late_alone'])).toEqual([true, false]);
  });

  const atTimer = (seconds: number, holes: number[] = [1]) =>
    given.count('work.at_a_timer', {
      'work.wire_transactions': [{ transaction_id: 1, source_id: 1, state: 'answered', asked_ns: 0, answered_ns: ns(seconds) }],
      'work.captures': [{ source_id: 1, capture_id: 1 }],
      'work.capture_holes': holes.map((capture_id) => ({ capture_id })),
    });

  it("takes what came at a resolver's timer for the answer to a query that may be missing, in captures that miss frames", async () => {
    expect(await each([[], [1]], (holes) => atTimer(2.503, holes))).toEqual([0, 1]);
    expect(await each([2.498, 2.499, 2.649, 2.65], (seconds) => atTimer(seconds))).toEqual([0, 1, 1, 0]);
    expect(await each([0.6, 11.02], (seconds) => atTimer(seconds))).toEqual([0, 0]);
  });

  it('counts no query to an upstream as lost whose end the evidence does not show', async () => {
    const lost = async (missed: boolean) =>
      (await given.rows('work.late_transactions', {
        'work.judged_transactions': [{ transaction_id: 1, asked_ns: 0, from_forwarder: false, state: 'unanswered', qname_id: 1, qtype: 1 }],
        'work.upstream_queries': [{ transaction_id: 2, upstream_id: 3, asked_ns: ns(1), state: 'unknown', missed, qname_id: 1, qtype: 1 }],
        'work.upstream_rates': [{ transaction_id: 2 }],
      }))[0]!['upstream_lost'];
    expect(await each([true, false], lost)).toEqual([1, 0]);
  });

  const late = async (row: GivenRow) =>
    (await given.rows('work.late_transactions', {
      'work.judged_transactions': [{ transaction_id: 1, asked_ns: 0, from_forwarder: false, timed: true, qname_id: 1, qtype: 1, ...row }],
    }))[0]!;

  it('takes a server to be at work for an unanswered query for 10 s', async () => {
    expect((await late({ state: 'unanswered' }))['until_ns']).toBe(ns(10));
  });

  it('reads an error that is older than the query it is taken for, as a capture that lost its own has it', async () => {
    expect((await late({ state: 'answered', rcode: 2, answered_ns: -ns(1) }))['upstream_queries']).toBe(0);
  });

  it('takes a SERVFAIL within 0.1 s to speak of what was asked up to 12 s before', async () => {
    const before = async (seconds: number) => (await late({ state: 'answered', rcode: 2, answered_ns: ns(seconds) }))['before_ns'];
    expect(await each([0.099, 0.1], before)).toEqual([ns(12), ns(0.001)]);
  });
});
