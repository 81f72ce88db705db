import { describe, expect, it } from 'vitest';
import type { Evidence, Leg, LogLine, Query, Subject } from '../../src/explain/lookup-rows.js';
import { timeline } from '../../src/explain/lookup-events.js';

const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms).toISOString();

function query(transaction_id: number, ms: number, more: Partial<Query> = {}): Query {
  const asked = {
    step: 1,
    question_id: transaction_id,
    attempt: 1,
    qname: 'a.svc',
    qtype: 'A',
    client_port: 4000,
  };
  const server = { server: '10.96.0.10', server_name: null, backend: null, backend_name: null };
  const answer = { answered_at: at(ms + 1), response_seconds: 0.001, state: 'answered', rcode: 'NOERROR' };
  const details = {
    protocol: 'udp',
    txid: 7,
    since_before_seconds: null,
    answers: 1,
    truncated: false,
    min_ttl: 5,
  };
  const way = { query_reached_server: true, response_left_server: true, in_log: null };
  const loss = { lost_at: null, last_seen: null, icmp: null, icmp_from: null, icmp_at: null };
  return {
    transaction_id,
    asked_at: at(ms),
    ...asked,
    ...server,
    ...answer,
    ...details,
    ...way,
    ...loss,
    ...more,
  };
}

const silent = { answered_at: null, response_seconds: null, state: 'unanswered', rcode: null };

function leg(transaction_id: number, ms: number, is_response: boolean): Leg {
  const place = { source_id: 1, path: 'a.pcap', frame: 1, interface: null, direction: null, tunnel: null };
  const ends = { src: '10.0.0.1', src_port: 4000, dst: '10.96.0.10', dst_port: 53, hop_limit: 64 };
  return { transaction_id, is_response, leg: 1, time: at(ms), ...place, ...ends };
}

function evidence(queries: Query[], seconds: number, more: Partial<Evidence> = {}): Evidence {
  const who = {
    client: '10.0.0.1',
    client_name: null,
    workload: null,
    resolver: null,
    search_list: null,
    ndots: null,
  };
  const ids = { lookup_id: 1, question_id: null, name: 'a', qtype: null, started_at: at(0), seconds };
  const counts = { steps: 1, queries: queries.length, wasted_queries: 0, outcome: 'answered', cause: null };
  const subject: Subject = { ...who, ...ids, ...counts };
  const none = { legs: [], records: [], upstream: [], log: [], counters: [], delays: [] };
  return { subject, queries, ...none, ...more };
}

const told = (given: Evidence) => timeline(given).map((event) => [event.kind, event.at_ms]);

describe('the time line of a lookup', () => {
  it('says each name of the walk before its first query', () => {
    const queries = [query(1, 0), query(2, 2, { step: 2, qname: 'a' }), query(3, 2, { step: 2, qname: 'a' })];
    expect(told(evidence(queries, 0.003))).toEqual([
      ['name', 0],
      ['query', 0],
      ['answer', 1],
      ['name', 2],
      ['query', 2],
      ['query', 2],
      ['answer', 3],
      ['answer', 3],
      ['end', 3],
    ]);
  });

  it('says when a resolver stopped waiting: at its next attempt', () => {
    const queries = [query(1, 0, silent), query(2, 5000, { question_id: 1, attempt: 2 })];
    expect(told(evidence(queries, 5.001))).toEqual([
      ['name', 0],
      ['query', 0],
      ['gap', 0],
      ['silence', 5000],
      ['query', 5000],
      ['answer', 5001],
      ['end', 5001],
    ]);
  });

  it('says so at the next name of the walk, else at the end', () => {
    const moved = [query(1, 0, silent), query(2, 2000, { step: 2 })];
    expect(told(evidence(moved, 2.001))).toContainEqual(['silence', 2000]);
    expect(told(evidence([query(1, 0, silent)], 5))).toContainEqual(['silence', 5000]);
  });

  it('claims no silence where it cannot be seen', () => {
    const unknown = { ...silent, state: 'unknown' };
    expect(told(evidence([query(1, 0, unknown)], 0))).toEqual([
      ['name', 0],
      ['query', 0],
      ['end', 0],
    ]);
  });

  it('puts the copies of a query and of its answer beside each', () => {
    const events = timeline(
      evidence([query(1, 0)], 0.001, { legs: [leg(1, 0, false), leg(1, 1, true), leg(9, 0, false)] }),
    );
    const copies = events.flatMap((event) =>
      'legs' in event ? [[event.kind, event.legs.map((one) => one.at_ms)]] : [],
    );
    expect(copies).toEqual([
      ['query', [0]],
      ['answer', [1]],
    ]);
  });

  it('shows an answer that was seen and never reached the client', () => {
    const events = timeline(
      evidence([query(1, 0, silent)], 5, { legs: [leg(1, 0, false), leg(1, 3, true)] }),
    );
    expect(events.map((event) => event.kind)).toEqual(['name', 'query', 'answer', 'gap', 'silence', 'end']);
  });

  it('leaves lines of a log without times out of the order', () => {
    const line = { transaction_id: 1, time: null, path: 'a.log', line: 1, stream: null, event: 'query' };
    const rest = {
      qname: 'a',
      qtype: 'A',
      rcode: 'NOERROR',
      duration_seconds: 0.1,
      upstream: null,
      reason: null,
    };
    const log: LogLine[] = [
      { ...line, ...rest },
      { ...line, ...rest, time: at(1) },
    ];
    expect(told(evidence([query(1, 0)], 0.001, { log })).filter(([kind]) => kind === 'log')).toEqual([
      ['log', 1],
    ]);
  });

  it('keeps nanoseconds', () => {
    const queries = [query(1, 0, { answered_at: '2026-01-01T00:00:00.000123456Z' })];
    expect(told(evidence(queries, 0.000123456))).toContainEqual(['answer', 0.123456]);
  });
});
