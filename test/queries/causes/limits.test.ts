import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Figures, GivenModels } from '../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

/** A second in the nanoseconds of the models' times. */
const S = 1_000_000_000;

/** So many rows alike, with what tells each from the others. */
function rows<T>(number: number, row: (i: number) => T): T[] {
  return Array.from({ length: number }, (_, i) => row(i));
}

/** Figures that just make a rule fire, and the rule that fires a little on the other side of the limit. */
const RULES: readonly [cause: string, limit: string, at: Figures, fires: string, beyond: Figures, then: string][] = [
  ['conntrack-race', 'least', { together: 1, halves: 3, short: 3, spares_two_sockets: true, counters_agree: true }, 'counters-agree', { halves: 2 }, 'halves-lost'],
  ['conntrack-race', 'race_half_share', { together: 1, halves: 4, short: 10, spares_two_sockets: true, counters_agree: true }, 'counters-agree', { short: 11 }, 'halves-lost'],
  ['conntrack-race', 'that two sockets are spared', { together: 1, halves: 4, short: 4, spares_two_sockets: true, counters_agree: true }, 'counters-agree', { spares_two_sockets: false }, 'halves-lost'],
  ['conntrack-race', 'pair_share', { together: 1, halves: 20, of_pairs: 5, spares_two_sockets: true, boot_insert_failed: 1 }, 'without-counters', { of_pairs: 6 }, 'halves-lost'],
  ['coredns-overloaded', 'least', { late_but_quick: 10, answered: 100, timed: 1 }, 'late-but-quick-in-the-log', { late_but_quick: 9 }, 'quick'],
  ['coredns-overloaded', 'share', { late_but_quick: 10, answered: 200, timed: 1 }, 'late-but-quick-in-the-log', { answered: 201 }, 'quick'],
  ['coredns-overloaded', 'refusals', { at_limit: 1, refused: 3 }, 'refused-at-its-limit', { refused: 2 }, 'reached-its-limit'],
  ['dead-backend', 'least', { sockets: 3, behind_service: 1 }, 'sockets-lost-whole', { sockets: 2 }, 'all-went-on'],
  ['flood', 'least_names', { domain_names: 500, domain_share: 0.5, lookups: 1 }, 'one-domain', { domain_names: 499 }, 'little'],
  ['flood', 'names_share', { domain_names: 500, domain_share: 0.5, lookups: 1 }, 'one-domain', { domain_share: 0.49 }, 'little'],
  ['flood', 'least_queries', { client_queries: 2000, queries: 3000, client_share: 0.6, all_clients: 5 }, 'one-client', { client_queries: 1999 }, 'spread'],
  ['flood', 'client_share', { client_queries: 2000, queries: 3000, client_share: 0.6, all_clients: 5 }, 'one-client', { client_share: 0.59 }, 'spread'],
  ['flood', 'clients', { client_queries: 2000, queries: 3000, client_share: 0.6, all_clients: 5, lookups: 1 }, 'one-client', { all_clients: 4 }, 'few-clients'],
  ['forwarding-loop', 'least', { came_back: 3 }, 'came-back', { came_back: 2 }, 'seldom-came-back'],
  ['forwarding-loop', 'forwarded_least', { upstream_queries: 10 }, 'none-came-back', { upstream_queries: 9 }, 'nothing-seen'],
  ['large-answers-lost', 'least', { only_large: true, large_lost: 3 }, 'large-lost', { large_lost: 2 }, 'few-large-lost'],
  ['large-answers-lost', 'enough', { large_arrived: 3, judged: 1 }, 'large-arrive', { large_arrived: 2 }, 'sizes-not-seen'],
  ['lost-queries', 'least', { lost: 3, placed: 3, places: 1 }, 'place-seen', { lost: 2, placed: 2 }, 'few-lost'],
  ['lost-replies', 'least', { left_server: 3 }, 'seen-leaving', { left_server: 2 }, 'few-seen-leaving'],
  ['not-dns', 'least', { blamed: 3 }, 'late', { blamed: 2 }, 'few-late'],
  ['not-dns', 'chances', { walks: 10, judged: 1 }, 'none-late', { walks: 9 }, 'few-walks'],
  ['overlay-checksum', 'least', { dropped: 1, signs: 1, remote: 3, remote_lost: 3 }, 'said-and-seen', { remote_lost: 2 }, 'said'],
  ['overlay-checksum', 'lost_share', { dropped: 1, signs: 1, remote: 10, remote_lost: 5 }, 'said-and-seen', { remote: 11 }, 'said'],
  ['overlay-checksum', 'enough', { remote: 20, remote_lost: 20, near: 3, judged: 1 }, 'only-the-same-node', { remote: 19, remote_lost: 19 }, 'nodes-not-known'],
  ['resolver-gives-up', 'least', { musl_hit: 1, blamed: 1 }, 'musl-waits', { musl_hit: 0 }, 'others-wait'],
  ['search-amplification', 'least', { walks: 10, wasted_share: 0.2 }, 'many-walks', { walks: 9 }, 'some-walks'],
  ['search-amplification', 'share', { walks: 10, wasted_share: 0.2 }, 'many-walks', { wasted_share: 0.19 }, 'some-walks'],
  ['search-amplification', 'few', { walks: 3, wasted_share: 0.1 }, 'some-walks', { walks: 2 }, 'few-walks'],
  ['search-amplification', 'likely_share', { walks: 3, wasted_share: 0.1 }, 'some-walks', { wasted_share: 0.09 }, 'few-walks'],
  ['search-amplification', 'possible_share', { walks: 3, wasted_share: 0.02 }, 'few-walks', { wasted_share: 0.019 }, 'hardly-any'],
  ['search-domain-unreachable', 'chances', { steps: 10, suffixes: 1, lookups: 1 }, 'all-answer', { steps: 9 }, 'too-few'],
  ['server-blind', 'least', { failed: 3 }, 'cannot-reach', { failed: 2 }, 'seldom-failed'],
  ['server-blind', 'waits', { waiting: 10 }, 'waited-long', { waiting: 9 }, 'nothing-seen'],
  ['server-blind', 'chances', { good: 10 }, 'knows', { good: 9 }, 'nothing-seen'],
  ['truncation', 'least', { answers: 3, tcp_seen: 1 }, 'came-truncated', { answers: 2 }, 'few-came-truncated'],
  ['upstream-errors', 'least', { logged: 3 }, 'logged', { logged: 2 }, 'few-logged'],
  ['upstream-packet-limit', 'least', { lost_above: 10, sent_above: 40, lost_above_share: 0.25 }, 'lost-with-the-excess', { lost_above: 9 }, 'limit-passed'],
  ['upstream-packet-limit', 'below_ratio', { lost_above: 10, sent_above: 25, lost_above_share: 0.4, lost_below_share: 0.1 }, 'lost-with-the-excess', { lost_below_share: 0.11 }, 'lost-above-and-below'],
  ['upstream-silent', 'least', { timeouts: 3, upstream_queries: 1 }, 'logged-beside-a-capture', { timeouts: 2 }, 'seldom-logged'],
  ['upstream-stalled', 'chances', { upstream_queries: 30, upstream_timed: 30 }, 'never', { upstream_timed: 29 }, 'too-few'],
];

describe('rules, on both sides of a limit', () => {
  it.each(RULES)('%s judges by %s', async (cause, _, at, fires, beyond, then) => {
    expect(await given.rule(cause, at)).toBe(fires);
    expect(await given.rule(cause, { ...at, ...beyond })).toBe(then);
  });

  it('coredns-overloaded is a consequence from so many refusals on', async () => {
    expect(await given.roots('coredns-overloaded', { refused: 3 })).toContain('upstream-silent');
    expect(await given.roots('coredns-overloaded', { refused: 2 })).toEqual([]);
  });

  it('upstream-silent is a consequence of the packet limit where half of the silent queries passed it', async () => {
    expect(await given.roots('upstream-silent', { silent: 20, silent_above_limit: 10 })).toEqual(['upstream-packet-limit']);
    expect(await given.roots('upstream-silent', { silent: 21, silent_above_limit: 10 })).toEqual([]);
  });
});

const WAIT = { transaction_id: 1, lookup_id: 1, state: 'answered', asked_ns: 0, before_ns: 0, until_ns: S, qname_id: 1, qtype: 1 };

describe('conntrack-race', () => {
  it('takes the counters to agree from half of the losses on', async () => {
    const agree = async (insert_failed: number) =>
      (await given.numbers('conntrack-race', {
        'work.evidence': [{ insert_failed, dropped: 9 }],
        'work.race_shape': [{ short: 10 }],
      }))['counters_agree'];
    expect([await agree(4), await agree(5)]).toEqual([false, true]);
  });
});

describe('coredns-overloaded', () => {
  it('takes a zone that is refused nine times of ten for one that a rule refuses', async () => {
    const shown = async (refused: number) =>
      (
        await given.signs('coredns-overloaded', {
          'work.judged_transactions': rows(10, (i) => ({ transaction_id: i, qname_id: 1, state: 'answered', from_forwarder: false, rcode: i < refused ? 5 : 0 })),
          'work.name_ids': [{ raw_id: 1, name: 'www.example.org' }],
          'work.waits': [{ ...WAIT, rcode: 5, zone: 'example.org' }],
          'work.timed_answers': [],
        })
      ).length;
    expect([await shown(8), await shown(9)]).toEqual([1, 0]);
  });
});

describe('lists in sentences', () => {
  it('dead-backend names three clients whose flows lead nowhere', async () => {
    const flow = { dst: '10.96.0.10', dst_port: 53, reply_src: '10.96.0.10', reply_src_port: 53, unreplied: true };
    const { untranslated_clients } = await given.numbers('dead-backend', {
      'raw.conntrack_flows': [
        ...rows(4, (i) => ({ ...flow, src: `10.0.0.${i}` })),
        { ...flow, src: '10.0.0.9', reply_src: '10.1.0.2', unreplied: false },
      ],
    });
    expect(untranslated_clients).toBe('10.0.0.0, 10.0.0.1, 10.0.0.2');
  });

  it('stale-conntrack names three ports', async () => {
    const { flows, ports } = await given.numbers('stale-conntrack', {
      'work.silent_losses': rows(4, (i) => ({ transaction_id: i, cause: 'stale-conntrack' })),
      'work.losses': rows(4, (i) => ({ transaction_id: i, server_id: 1, client_id: 2, client_port: 4000 + i })),
      'work.stale_flows': rows(4, (i) => ({ server_id: 1, client_id: 2, client_port: 4000 + i, lost: 3, kept: true, first_lost_ns: i })),
      'work.address_ids': [{ raw_id: 2, address_id: 2, address: '10.0.0.1' }],
      'work.address_names': [],
    });
    expect(ports).toBe(4);
    expect(String(flows).match(/port \d+/g)).toEqual(['port 4000', 'port 4001', 'port 4002']);
  });
});

describe('flood', () => {
  it('takes names for hardly asked twice up to three lookups of two names', async () => {
    const domain = async (lookups: number) =>
      (await given.numbers('flood', {
        'work.lookup_domains': rows(lookups, (i) => ({ lookup_id: i, client_id: 1, name: `n${i % 10}.list.example`, domain: 'list.example', hurt: false })),
      }))['domain'];
    expect([await domain(15), await domain(16)]).toEqual(['list.example', null]);
  });
});

describe('nodelocal-bypass', () => {
  it('takes five queries of a client past the cache', async () => {
    const bypassing = async (queries: number) =>
      (await given.numbers('nodelocal-bypass', {
        'work.judged_transactions': rows(queries, (i) => ({ transaction_id: i, client_id: 1, server_id: 2, answer_first_src_id: 3, from_forwarder: false })),
        'work.address_names': [{ address_id: 1, label: 'app' }],
      }))['bypassing'];
    expect([await bypassing(4), await bypassing(5)]).toEqual([0, 1]);
  });
});

describe('resolver-gives-up', () => {
  const again = async (duration: number, after: number) =>
    (await given.numbers('resolver-gives-up', {
      'raw.log_queries': [0, after].map((seconds, i) => ({
        key: 7, qname_id: 1, client_id: 1, rcode: i === 0 ? 5 : 0, duration_seconds: duration, time: new Date(seconds * 1000).toISOString().replace('Z', ''),
      })),
      'work.name_ids': [{ raw_id: 1, name: 'www.example.org' }],
    }))['asked_again'];

  it('takes an error for one at once below a second', async () => {
    expect([await again(0.99, 2.5), await again(1, 2.5)]).toEqual([1, 0]);
  });

  it('takes the next query of the same id and port for its retry from 0.9 to 6 s after', async () => {
    expect([await again(0, 0.89), await again(0, 0.9), await again(0, 6), await again(0, 6.1)]).toEqual([0, 1, 1, 0]);
  });
});

describe('search-domain-unreachable', () => {
  const wavering = async (suffix: { failed: number; failed_share: number }, other = 0) =>
    (await given.numbers('search-domain-unreachable', {
      'work.suffix_health': [{ suffix: 'corp.example', steps: 30, ...suffix }, { suffix: 'ec2.internal', steps: 30, failed: 0, failed_share: other }],
    }))['wavering'];

  it('doubts a suffix from three failed steps on', async () => {
    expect([await wavering({ failed: 2, failed_share: 0.5 }), await wavering({ failed: 3, failed_share: 0.5 })]).toEqual([0, 1]);
  });

  it('doubts a suffix of which a tenth failed', async () => {
    expect([await wavering({ failed: 3, failed_share: 0.09 }), await wavering({ failed: 3, failed_share: 0.1 })]).toEqual([0, 1]);
  });

  it('doubts a suffix that fails five times as often as others', async () => {
    expect([await wavering({ failed: 9, failed_share: 0.5 }, 0.11), await wavering({ failed: 9, failed_share: 0.5 }, 0.1)]).toEqual([0, 1]);
  });

  const logged = async (lines: number, failed: number) =>
    (await given.numbers('search-domain-unreachable', {
      'raw.log_queries': [...rows(lines, (i) => ({ qname_id: 1, rcode: i < failed ? 2 : 0 })), { qname_id: 2, rcode: 0 }],
      'work.foreign_names': [{ raw_id: 1, suffix: 'corp.example' }],
    }))['failing_suffixes'];

  it('takes two failed lines of a log, and four of five', async () => {
    expect([await logged(1, 1), await logged(2, 2)]).toEqual([0, 1]);
    expect([await logged(9, 7), await logged(10, 8)]).toEqual([0, 1]);
  });
});

describe('search-wildcard', () => {
  const judged = (row: { answered: number; denied: number }) =>
    given.numbers('search-wildcard', { 'work.wildcard_suffixes': [{ suffix: 'corp.example', of_cluster: 1, lookups: 1, ...row }] });

  it('is sure from three names on and in doubt from two', async () => {
    expect(await judged({ answered: 3, denied: 0 })).toMatchObject({ wild: 1, few_answer: 1 });
    expect(await judged({ answered: 2, denied: 0 })).toMatchObject({ wild: 0, few_answer: 1 });
    expect(await judged({ answered: 1, denied: 0 })).toMatchObject({ wild: 0, few_answer: 0 });
  });

  it('takes three denied names to say that a suffix has no wildcard', async () => {
    expect([(await judged({ answered: 0, denied: 2 }))['denying'], (await judged({ answered: 0, denied: 3 }))['denying']]).toEqual([0, 1]);
  });
});

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
          'work.waits': [{ ...WAIT, state: 'unanswered', asked_ns: 100 * S, until_ns: 101 * S, upstream_errors: 0 }],
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
      'work.upstream_queries': rows(asked, (i) => ({ transaction_id: i, upstream_id: 1, state: i < silent ? 'unanswered' : 'answered' })),
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
          'work.stalled_queries': cause === 'upstream-stalled' ? [{ transaction_id: 9, stall: 1, upstream_id: 3, from_ns: 0, until_ns: S }] : [],
          'work.address_names': [{ address_id: 3, label: '10.0.0.253' }],
        })
      ).filter(({ strength }) => strength === 'fits').length;
    expect([await signs(0.49), await signs(0.5)]).toEqual([0, 1]);
  });
});

describe('upstream-stalled', () => {
  it('counts the queries that ICMP ended, which a process that is away explains', async () => {
    const numbers = await given.numbers('upstream-stalled', {
      'work.stalled_queries': rows(3, (i) => ({ transaction_id: i, stall: 1, upstream_id: 3, zone: 'a.example', from_ns: 0, until_ns: S })),
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

describe('lost-replies', () => {
  it("takes no SERVFAIL in a server's log for an answer that was lost", async () => {
    const signs = async (log_rcode: number) =>
      (await given.signs('lost-replies', { 'work.waits': [{ ...WAIT, state: 'unanswered', in_log: true, no_reply: false, upstream_lost: 0, log_rcode }] })).length;
    expect([await signs(0), await signs(2)]).toEqual([1, 0]);
  });
});
