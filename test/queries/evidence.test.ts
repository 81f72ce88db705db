import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenTables } from '../support/given.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

const time = (second: number) => `2026-01-01 00:00:${String(second).padStart(2, '0')}`;
const source = (id: number, path: string, kind: string, from: number | null, to: number | null, more = {}) => ({
  source_id: id,
  path,
  kind,
  is_capture: kind === 'pcap',
  capture_id: kind === 'pcap' && from !== null ? id : null,
  first_time: from === null ? null : time(from),
  last_time: to === null ? null : time(to),
  rows: 1,
  problems: 0,
  complete: true,
  ...more,
});
const CAPTURE = source(1, 'a.pcap', 'pcap', 10, 20);

describe('evidence/sources', () => {
  it('has a row an input, with the time it covers and why it stops', async () => {
    const rows = await given.ask('evidence/sources', {
      sources: [CAPTURE, source(2, 'b.pcap', 'pcap', null, null, { complete: false, why_incomplete: 'cut' })],
    });
    expect(rows).toMatchObject([
      { path: 'a.pcap', covered_seconds: 10, complete: true },
      { path: 'b.pcap', covered_seconds: null, complete: false, why_incomplete: 'cut' },
    ]);
  });
});

describe('evidence/overlaps', () => {
  it('gives the time that a capture shares with each other source', async () => {
    const rows = await given.ask('evidence/overlaps', {
      sources: [
        CAPTURE,
        source(2, 'coredns.log', 'coredns-log', 5, 15),
        source(3, 'late.log', 'coredns-log', 30, 40),
        source(4, 'Corefile', 'corefile', null, null),
      ],
    });
    expect(rows).toMatchObject([
      { other: 'late.log', overlap_seconds: 0, capture_share: 0 },
      { other: 'coredns.log', overlap_seconds: 5, capture_share: 0.5, before_seconds: 5, after_seconds: -5 },
    ]);
  });
});

describe('evidence/overlaps of rotated files', () => {
  it('has a row for a capture of several files, and none for its files among themselves', async () => {
    const rows = await given.ask('evidence/overlaps', {
      sources: [
        CAPTURE,
        source(2, 'a.pcap1', 'pcap', 20, 30, { capture_id: 1 }),
        source(3, 'coredns.log', 'coredns-log', 5, 25),
      ],
    });
    expect(rows).toMatchObject([
      { capture: 'a.pcap', other: 'coredns.log', overlap_seconds: 15, capture_share: 0.75, after_seconds: -5 },
    ]);
  });
});

describe('evidence/legs', () => {
  const legs = async (seen: object) => {
    const rows = await given.ask('evidence/legs', {
      sources: [CAPTURE],
      messages: [{ source_id: 1, frame: 1, time: time(10) }],
      capture_visibility: [{ source_id: 1, server: '10.96.0.10', sendings: 10, ...seen }],
    });
    return rows[0]!['conclusion'];
  };

  it('says that nothing can be told of losses where no answer was ever seen', async () => {
    expect(await legs({ answered: 0, query_seen_further: 0, answer_seen_before: 0 })).toMatch(/^no answer/);
  });

  it('says that losses can be told apart where every leg is seen', async () => {
    expect(await legs({ answered: 9, query_seen_further: 9, answer_seen_before: 9 })).toMatch(
      /whether the query or the answer was lost$/,
    );
  });

  it('says that the place of a loss is open where one leg is seen', async () => {
    expect(await legs({ answered: 9, query_seen_further: 0, answer_seen_before: 0 })).toMatch(/not where/);
  });
});

describe('evidence/log-coverage', () => {
  const coverage = (rows: object[]) =>
    given.ask('evidence/log-coverage', {
      sources: [source(2, 'coredns.log', 'coredns-log', 5, 15)],
      log_queries: [{ source_id: 2, line: 1, time: time(5), time_from_wire: false }],
      log_coverage: rows as Record<string, string | number>[],
    });
  const log = { source_id: 2, server: '10.1.0.1', matched: 99, answered: 99, clock_offset_seconds: 0.01 };

  it('says that a missing line means something where nearly all answered ones have one', async () => {
    expect(await coverage([{ ...log, coverage_share: 1, complete: true }])).toMatchObject([
      { lines: 1, has_times: true, conclusion: 'complete: no line means the query never came' },
    ]);
  });

  it('says that it means nothing where the log has gaps', async () => {
    expect(await coverage([{ ...log, coverage_share: 0.6, complete: false }])).toMatchObject([
      { conclusion: 'has gaps: a missing line proves nothing' },
    ]);
  });

  it('says that a clock is off', async () => {
    const rows = await coverage([{ ...log, coverage_share: 1, complete: true, clock_offset_seconds: -32400 }]);
    expect(rows[0]!['conclusion']).toMatch(/its clock is off$/);
  });

  it('says that a log without answers with records may have nothing else', async () => {
    expect(await coverage([{ ...log, coverage_share: 1, complete: false }])).toMatchObject([
      { conclusion: expect.stringMatching(/proves nothing/) },
    ]);
  });

  it('says that a log matches nothing', async () => {
    const rows = await coverage([]);
    expect(rows[0]!['conclusion']).toMatch(/^matches no answer/);
  });
});

describe('evidence/gaps', () => {
  const active = (source_id: number, second: number) => ({
    source_id,
    first_time: time(second),
    last_time: time(second),
    number: 1,
  });

  it('shows a stretch without anything, and not a shorter one', async () => {
    const activity = [0, 5, 25].map((second) => active(1, second));
    expect(await given.ask('evidence/gaps', { sources: [CAPTURE], activity })).toMatchObject([
      { source: 'a.pcap', gap_seconds: 20 },
    ]);
  });

  it('shows one that the end of a file cuts, once', async () => {
    const rows = await given.ask('evidence/gaps', {
      sources: [
        CAPTURE,
        source(2, 'a.pcap1', 'pcap', 25, 31, { capture_id: 1 }),
        source(3, 'a.pcap2', 'pcap', 32, 32, { capture_id: 1 }),
      ],
      activity: [active(1, 0), active(1, 5), active(2, 25), active(2, 31), active(3, 32)],
    });
    expect(rows).toMatchObject([{ source: 'a.pcap', gap_seconds: 20 }]);
  });
});

describe('evidence/problems', () => {
  it('names the source of each problem', async () => {
    const problem = { source_id: 1, position: 'frame 7', code: 'cut', detail: 'd', count: 3 };
    expect(await given.ask('evidence/problems', { sources: [CAPTURE], problems: [problem] })).toMatchObject([
      { source: 'a.pcap', position: 'frame 7', count: 3 },
    ]);
  });
});

describe('evidence/conclusions', () => {
  const told = async (rows: Parameters<GivenTables['ask']>[1]) => {
    const answers = await given.ask('evidence/conclusions', { sources: [CAPTURE], ...rows });
    return answers.map(({ can_tell }) => can_tell);
  };
  const asked = { client: '10.0.0.1', query_reached_server: null, response_left_server: null };

  it('can tell nothing but that all was read, of a capture without queries', async () => {
    expect(await told({})).toEqual(['no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'yes']);
  });

  it('can tell losses but not their place, of a capture of one leg', async () => {
    const rows = await told({ transactions: [{ ...asked, transaction_id: 1, state: 'answered' }] });
    expect(rows.slice(0, 2)).toEqual(['yes', 'no']);
  });

  it('cannot tell losses of a capture of queries only', async () => {
    const rows = await told({ transactions: [{ ...asked, transaction_id: 1, state: 'unknown' }] });
    expect(rows[0]).toBe('no');
  });

  it('tells of a capture that misses frames', async () => {
    const rows = await told({
      transactions: [{ ...asked, transaction_id: 1, state: 'answered' }],
      capture_holes: [{ source_id: 1, missing: 10, expected: 500, missing_share: 0.02 }],
    });
    expect(rows[9]).toBe('no');
  });

  it('can tell half of conntrack by a single sample', async () => {
    const rows = await told({ conntrack_counters: [{ source_id: 1, sample: 0, cpu: 0, drop: 3 }] });
    expect(rows[3]).toBe('partly');
  });
});
