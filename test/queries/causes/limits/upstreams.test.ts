import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ns, rows, WAIT } from '../../../support/either-side.js';
import { GivenModels } from '../../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

describe('upstream-errors', () => {
  const zones = async (answered: number, errors: number) =>
    (await given.numbers('upstream-errors', {
      'work.upstream_queries': rows(answered, (i) => ({ transaction_id: i, upstream_id: 1, zone: 'example.org', state: 'answered', rcode: i < errors ? 2 : 0 })),
      'work.address_names': [{ address_id: 1, label: '10.0.0.253' }],
    }))['zones'];

  it('takes three errors of a zone, and half of its answers', async () => {
    expect([await zones(2, 2), await zones(3, 3)]).toEqual([0, 1]);
    expect([await zones(7, 3), await zones(6, 3)]).toEqual([0, 1]);
  });

  const refused = async (answered: number, errors: number, seconds = 0) =>
    (await given.numbers('upstream-errors', {
      'raw.log_queries': rows(answered, (i) => ({ qname_id: 1, rcode: i < errors ? 2 : 0, duration_seconds: seconds })),
      'work.name_ids': [{ raw_id: 1, name: 'www.example.org' }],
    }))['refused_zones'];

  it('takes two errors of a zone that programs got, and nine of ten answers', async () => {
    expect([await refused(1, 1), await refused(2, 2)]).toEqual([0, 1]);
    expect([await refused(9, 8), await refused(10, 9)]).toEqual([0, 1]);
  });

  it('takes an error of half a second for a wait for a silent upstream', async () => {
    expect([await refused(2, 2, 0.49), await refused(2, 2, 0.5)]).toEqual([1, 0]);
  });

  it("brings a log's line and a query together up to 5 s apart", async () => {
    const signs = async (seconds: number) =>
      (
        await given.signs('upstream-errors', {
          'work.waits': [{ ...WAIT, state: 'unanswered', asked_ns: ns(100), until_ns: ns(101), upstream_errors: 0 }],
          'work.upstream_failures': [{ qname_id: 1, qtype: 1, reason: 'refused', timed_out: false, is_probe: false, asks_itself: false, time: new Date((100 - seconds) * 1000).toISOString().replace('Z', '') }],
        })
      ).length;
    expect([await signs(5), await signs(5.1)]).toEqual([1, 0]);
  });
});

describe('upstream-packet-limit', () => {
  it('counts seconds over 1,024 packets as above the limit, and up to nine tenths of it as below', async () => {
    const at = async (rate: number) => {
      const { sent_above, sent_below } = await given.numbers('upstream-packet-limit', { 'work.upstream_rates': [{ rate, lost: true }] });
      return [sent_below, sent_above];
    };
    expect([await at(921), await at(922), await at(1024), await at(1025)]).toEqual([[1, 0], [0, 0], [0, 0], [0, 1]]);
  });
});

describe('upstream-silent', () => {
  const many = async (asked: number, silent: number) =>
    (await given.numbers('upstream-silent', {
      'work.upstream_queries': rows(asked, (i) => ({ transaction_id: i, upstream_id: 1, state: i < silent ? 'unanswered' : 'answered', missed: i < silent })),
      'work.upstream_rates': rows(asked, (i) => ({ transaction_id: i, rate: 1 })),
      'work.late_transactions': [],
    }))['many'];

  it('takes three silent queries, and one of two hundred', async () => {
    expect([await many(9, 2), await many(9, 3)]).toEqual([false, true]);
    expect([await many(601, 3), await many(600, 3)]).toEqual([false, true]);
  });

  const late = (row: Record<string, number | string>) =>
    given.numbers('upstream-silent', { 'work.late_transactions': [{ transaction_id: 1, state: 'answered', rcode: 0, upstream_lost: 0, upstream_stalled: 0, ...row }] });

  it('takes a SERVFAIL after 1.9 s for one of a silent upstream', async () => {
    expect([(await late({ rcode: 2, seconds: 1.89 }))['as_if'], (await late({ rcode: 2, seconds: 1.9 }))['as_if']]).toEqual([0, 1]);
  });

  it('takes an answer up to 0.2 s after each 2 s for one that waited for tries', async () => {
    const counts = [];
    for (const seconds of [2.1, 2.19, 2.21, 3.9, 4.1, 6.1]) counts.push((await late({ seconds }))['as_if']);
    expect(counts).toEqual([1, 1, 0, 0, 1, 1]);
  });

  it('takes a query of a program of 0.9 s for one that waited', async () => {
    expect([(await late({ upstream_lost: 1, seconds: 0.89 }))['waited'], (await late({ upstream_lost: 1, seconds: 0.9 }))['waited']]).toEqual([0, 1]);
  });

  it('takes half a second for not quick', async () => {
    expect([(await late({ seconds: 0.49 }))['not_quick'], (await late({ seconds: 0.5 }))['not_quick']]).toEqual([0, 1]);
  });

  it.each(['upstream-silent', 'upstream-stalled'])("%s takes a log's line without a reply after half a second for a wait", async (cause) => {
    const signs = async (log_seconds: number) =>
      (
        await given.signs(cause, {
          'work.waits': [{ ...WAIT, upstream_lost: 0, upstream_stalled: 0, upstream_queries: 0, log_seconds, log_rcode: 2, no_reply: false }],
          'work.upstream_queries': [],
          'work.stalled_queries': cause === 'upstream-stalled' ? [{ transaction_id: 9, stall: 1, upstream_id: 3, from_ns: 0, until_ns: ns(1) }] : [],
          'work.address_names': [{ address_id: 3, label: '10.0.0.253' }],
        })
      ).filter(({ strength }) => strength === 'fits').length;
    expect([await signs(0.49), await signs(0.5)]).toEqual([0, 1]);
  });
});

describe('upstream-stalled', () => {
  it('takes the wait of a server whose own queries are not seen for one, whatever another asked for the name', async () => {
    const signs = async (forwarder_id: number) =>
      (
        await given.signs('upstream-stalled', {
          'work.waits': [{ ...WAIT, backend_id: 5, upstream_lost: 0, upstream_stalled: 0, upstream_queries: 1, log_seconds: 2, no_reply: true }],
          'work.upstream_queries': [{ transaction_id: 9, forwarder_id }],
          'work.stalled_queries': [{ transaction_id: 9, stall: 1, upstream_id: 3, from_ns: 0, until_ns: ns(1) }],
          'work.address_names': [{ address_id: 3, label: '10.0.0.253' }],
        })
      ).filter(({ strength }) => strength === 'fits').length;
    expect([await signs(4), await signs(5)]).toEqual([1, 0]);
  });

  it('counts the queries that ICMP ended, which a process that is away explains', async () => {
    const numbers = await given.numbers('upstream-stalled', {
      'work.stalled_queries': rows(3, (i) => ({ transaction_id: i, stall: 1, upstream_id: 3, zone: 'a.example', from_ns: 0, until_ns: ns(1) })),
      'work.address_names': [{ address_id: 3, label: '10.0.0.253' }],
      'work.icmp_ends': [0, 1].map((id) => ({ transaction_id: id, error: 'port unreachable', of_response: id === 1 })),
      'work.upstream_queries': [],
      'work.late_transactions': [],
    });
    expect(numbers).toMatchObject({ queries: 3, refused: 1 });
  });
});

describe('upstream-slow', () => {
  const zones = (asked: number, late: number, seconds: number) =>
    given.numbers('upstream-slow', {
      'work.upstream_queries': rows(asked, (i) => ({ transaction_id: i, upstream_id: 1, zone: 'example.org', state: 'answered', seconds: i < late ? seconds : 0.01 })),
      'work.address_names': [{ address_id: 1, label: '10.0.0.253' }],
      'work.stalled_queries': [],
    });

  it('takes five late answers of a zone, and a tenth', async () => {
    expect([(await zones(9, 4, 1))['slow_zones'], (await zones(9, 5, 1))['slow_zones']]).toEqual([0, 1]);
    expect([(await zones(51, 5, 1))['slow_zones'], (await zones(50, 5, 1))['slow_zones']]).toEqual([0, 1]);
  });

  it('calls an answer late from 0.5 s on, and not quick from 0.25 s on', async () => {
    expect(await zones(9, 5, 0.5)).toMatchObject({ slow_zones: 1, doubtful_zones: 1 });
    expect(await zones(9, 5, 0.49)).toMatchObject({ slow_zones: 0, doubtful_zones: 1 });
    expect(await zones(9, 5, 0.25)).toMatchObject({ slow_zones: 0, doubtful_zones: 1 });
    expect(await zones(9, 5, 0.24)).toMatchObject({ slow_zones: 0, doubtful_zones: 0 });
  });

  it('takes a hundredth of the lines of a log where slow ones are few', async () => {
    const many = async (lines: number) =>
      (await given.numbers('upstream-slow', { 'raw.log_queries': rows(lines, (i) => ({ duration_seconds: i === 0 ? 1 : 0 })) }))['many_lines'];
    expect([await many(101), await many(100)]).toEqual([false, true]);
  });
});
