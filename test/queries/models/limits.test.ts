import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenModels } from '../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

type Given = Record<string, string | number | boolean | null>;

/** Seconds as the nanoseconds of the models' times. */
function ns(seconds: number): number {
  return Math.round(seconds * 1e9);
}

/** The same instant as evidence has it. */
function time(seconds: number): string {
  const nanos = String(ns(seconds) % 1e9).padStart(9, '0');
  return `${new Date(Math.floor(ns(seconds) / 1e6)).toISOString().slice(0, 19)}.${nanos}`;
}

/** So many rows alike, with what tells each from the others. */
function rows<T>(number: number, row: (i: number) => T): T[] {
  return Array.from({ length: number }, (_, i) => row(i));
}

/** How many rows a model makes of what is given. */
async function number(model: string, tables: Parameters<GivenModels['rows']>[1]): Promise<number> {
  return (await given.rows(model, tables)).length;
}

/** What a function makes of each value, one after the other. */
async function each<V, R>(values: readonly V[], of: (value: V) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const value of values) results.push(await of(value));
  return results;
}

describe('lookups and what they waited for', () => {
  it('tells what a lookup of half a second waited for', async () => {
    const waits = (seconds: number) =>
      number('work.waits', {
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

  const answer = async (seconds: number, duration_seconds: number | null) =>
    (await given.rows('work.timed_answers', {
      'work.judged_transactions': [{ transaction_id: 1, state: 'answered', asked_ns: 0, answered_ns: ns(seconds), from_forwarder: false, rcode: 0, qname_id: 1, qtype: 1 }],
      'work.log_line_matches': duration_seconds === null ? [] : [{ transaction_id: 1, source_id: 1, line: 1 }],
      'raw.log_queries': [{ source_id: 1, line: 1, duration_seconds }],
      'work.upstream_queries': [],
    }))[0]!;

  it('calls an answer late from 0.2 s on', async () => {
    expect(await each([0.19, 0.2], async (seconds) => (await answer(seconds, null))['late_alone'])).toEqual([false, true]);
  });

  it('calls an answer quick in the log below half of its time on the wire', async () => {
    expect(await each([0.49, 0.5], async (duration) => (await answer(1, duration))['late_but_quick'])).toEqual([true, false]);
  });

  const late = async (row: Given) =>
    (await given.rows('work.late_transactions', {
      'work.judged_transactions': [{ transaction_id: 1, asked_ns: 0, from_forwarder: false, timed: true, qname_id: 1, qtype: 1, ...row }],
    }))[0]!;

  it('takes a server to be at work for an unanswered query for 10 s', async () => {
    expect((await late({ state: 'unanswered' }))['until_ns']).toBe(ns(10));
  });

  it('takes a SERVFAIL within 0.1 s to speak of what was asked up to 12 s before', async () => {
    const before = async (seconds: number) => (await late({ state: 'answered', rcode: 2, answered_ns: ns(seconds) }))['before_ns'];
    expect(await each([0.099, 0.1], before)).toEqual([ns(12), ns(0.001)]);
  });
});

describe('tables and counters of conntrack', () => {
  it('takes a table for full from 95 % on, for the second of a sample and 1.5 s either way', async () => {
    const full = (entries: number) =>
      given.rows('work.full_intervals', { conntrack_table: [{ time: time(100), entries, max_entries: 1000, full_messages: 0 }], conntrack_deltas: [] });
    expect(await full(949)).toEqual([]);
    expect(await full(950)).toMatchObject([{ from_ns: ns(98.5), until_ns: ns(102.5) }]);
  });

  it('takes no interval for full in which insertions failed as often as a tenth of what was dropped', async () => {
    const full = (failed: number) =>
      number('work.full_intervals', {
        conntrack_deltas: [
          { from_time: time(1), to_time: time(2), counter: 'drop', increase: 100 },
          { from_time: time(1), to_time: time(2), counter: 'insert_failed', increase: failed },
        ],
        conntrack_table: [],
      });
    expect(await each([9, 10, 100], full)).toEqual([1, 0, 0]);
  });

  const shape = async (losses: Given[], deltas: readonly [number, number] = [0, 1000]) =>
    (await given.rows('work.race_shape', {
      'work.race_losses': losses ,
      'work.wire_twins': [...rows(10, () => ({ one_socket: true, at_once: true })), ...rows(10, () => ({ one_socket: false, at_once: true }))],
      'work.evidence': [{ has_counters: true, insert_failed: 0 }],
      conntrack_deltas: [{ counter: 'insert_failed', from_time: time(deltas[0]), to_time: time(deltas[1]) }],
    }))[0]!;
  const half = { query_reached_server: false, half: true, together: true, pair: false, apart_at_once: false, asked_ns: ns(1) };

  it('takes two sockets for spared where they lose a quarter as often', async () => {
    const spared = async (halves: number) =>
      (await shape([...rows(halves, () => half), ...rows(10, () => ({ ...half, together: false, apart_at_once: true }))]))['spares_two_sockets'];
    expect(await each([39, 40], spared)).toEqual([false, true]);
  });

  it('takes losses for mostly halves from four of ten on', async () => {
    const mostly = async (wholes: number) =>
      (await shape([...rows(4, () => half), ...rows(wholes, () => ({ ...half, half: false, pair: true }))]))['mostly_halves'];
    expect(await each([6, 7], mostly)).toEqual([true, false]);
  });

  it('lets counters stand still where half of the losses lie within their samples', async () => {
    const still = async (within: number) => (await shape(rows(10, (i) => ({ ...half, asked_ns: ns(i < within ? 5 : 50) })), [0, 10]))['counters_still'];
    expect(await each([4, 5], still)).toEqual([false, true]);
  });

  it('takes samples that end within 10 s of the capture for those of its end', async () => {
    const until = async (seconds: number) =>
      (await given.rows('work.client_transactions', {
        'work.wire_transactions': [{ transaction_id: 1, watched_until_ns: ns(100) }],
        sources: [{ kind: 'conntrack-stats', last_time: time(100 + seconds) }],
      }))[0]!['sampled_until_ns'];
    expect(await each([9.9, 10], until)).toEqual([ns(109.9), ns(100)]);
  });
});

describe('what captures and logs can see', () => {
  it('counts what goes to an upstream within a second', async () => {
    const most = async (apart: number) =>
      (await given.rows('work.upstream_rates', {
        'work.upstream_queries': [0, apart].map((seconds, i) => ({ transaction_id: i, source_id: 1, asked_ns: ns(seconds), state: 'answered' })),
        'work.captures': [{ source_id: 1, capture_id: 1 }],
      }))[0]!['rate'];
    expect(await each([1, 1.01], most)).toEqual([2, 1]);
  });

  it('takes a way for seen that nine of ten answered queries show', async () => {
    const known = async (seen: number) =>
      (await given.rows('work.evidence', { 'work.visibility': [{ answered: 10, query_seen_further: seen }] }))[0]!['reach_known'];
    expect(await each([8, 9], known)).toEqual([0, 1]);
  });

  const joint = (answered: number, missing: number) =>
    given.rows('work.joint_log_coverage', {
      'work.wire_transactions': rows(answered, (i) => ({ transaction_id: i, answer_first_src_id: 1, asked_ns: ns(i) })),
      'work.log_line_matches': rows(answered, (i) => ({ transaction_id: i, source_id: 1, line: i })).filter(({ line }) => line < 5 || line >= 5 + missing),
    });

  it('takes logs for complete that have 97 of 100 answers', async () => {
    expect(await each([3, 4], async (missing) => (await joint(100, missing))[0]!['is_complete'])).toEqual([true, false]);
  });

  it('says nothing of logs that 20 answers do not show', async () => {
    expect(await each([19, 20], async (answered) => (await joint(answered, 0)).length)).toEqual([0, 1]);
  });

  it('takes a log of five lines for one of several, and counts from when all of them had begun', async () => {
    const counted = async (lines: number) =>
      (
        await given.rows('work.joint_log_coverage', {
          'work.wire_transactions': rows(30, (i) => ({ transaction_id: i, answer_first_src_id: 1, asked_ns: ns(i) })),
          'work.log_line_matches': [
            ...rows(30, (i) => ({ transaction_id: i, source_id: 1, line: i })),
            ...rows(lines, (i) => ({ transaction_id: 25 + i, source_id: 2, line: i })),
          ],
        })
      ).length;
    expect(await each([4, 5], counted)).toEqual([1, 0]);
  });

  it('takes a log for that of the server of which it has half of the answers', async () => {
    const covered = (matched: number) =>
      number('work.log_coverage', {
        'work.log_clocks': [],
        'raw.sources': [{ source_id: 1, first_time: null, last_time: null }],
        'work.wire_transactions': rows(10, (i) => ({ transaction_id: i, answer_first_src_id: 1, answer_first_ns: ns(i) })),
        'work.log_line_matches': rows(matched, (i) => ({ transaction_id: i, source_id: 1, line: i })),
        'raw.log_queries': rows(matched, (i) => ({ source_id: 1, line: i, time: null })),
      });
    expect(await each([4, 5], covered)).toEqual([0, 1]);
  });

  const holes = (queries: number, missing: number) =>
    number('work.capture_holes', {
      'temp.sendings': rows(queries, (i) => ({
        source_id: 1, client_id: 1, server_id: 2, answer_src_id: 3, answer_first_src_id: 3, protocol: 0, asked_ns: ns(i), frame: i, copies: i % 2 === 1 && i < 2 * missing ? 1 : 2,
      })),
      'work.captures': [{ source_id: 1, capture_id: 1, place: 1 }],
    });

  it('takes three missing legs for holes, and one of a thousand', async () => {
    expect(await each([2, 3], (missing) => holes(100, missing))).toEqual([0, 1]);
    expect(await each([1501, 1500], (queries) => holes(queries, 3))).toEqual([0, 1]);
  });

  /** Two captures that both saw some packets, the second so many seconds later. */
  const clocks = async (packets: number, apart: number, others = 0) => {
    const found = await given.rows('work.capture_clocks', {
      'work.captures': [1, 2].map((id) => ({ source_id: id, capture_id: id, from_ns: 0, until_ns: ns(100) })),
      'raw.messages': `select source_id, i as key, 7 as ip_id, 0 as flags, 0 as protocol, 1 as txid, make_timestamp_ns((i * 1000000 + if(source_id = 2, ${ns(apart)}, 0))::BIGINT) as time
        from range(1, ${packets + 1}) as p(i), range(1, 3) as s(source_id)
        union all select 1, i + 1000, 7, 0, 0, 2, make_timestamp_ns(i) from range(1, ${others + 1}) as p(i)`,
    });
    return Math.max(...found.map(({ ahead_ns }) => Math.abs(ahead_ns as number)));
  };

  it('brings clocks together from 20 ms on, where five packets show them', async () => {
    expect(await each([0.019, 0.02], (apart) => clocks(5, apart))).toEqual([0, ns(0.02)]);
    expect(await each([4, 5], (packets) => clocks(packets, 1))).toEqual([0, ns(1)]);
  });

  it('compares clocks by a sample from twice 200,000 messages on', async () => {
    expect(await each([399_989, 399_990], (others) => clocks(5, 1, others))).toEqual([ns(1), 0]);
  });

  const matches = (lines: readonly number[], offsets: readonly number[]) =>
    number('work.log_line_matches', {
      'raw.log_queries': lines.map((seconds, i) => ({ source_id: 1, line: i, key: 7, time: time(seconds), duration_seconds: 0 })),
      'work.wire_transactions': [{ transaction_id: 1, key: 7, asked_ns: ns(100), answer_first_ns: ns(100) }],
      'work.log_clocks': offsets.map((seconds) => ({ source_id: 1, ns: ns(seconds), offset_ns: 0 })),
      'work.translated_keys': [],
    });

  it('takes a line 1.5 s away for one of a sending that no capture shows', async () => {
    expect(await each([101.49, 101.5], (seconds) => matches([seconds], [0]))).toEqual([1, 0]);
  });

  it('brings lines and sendings of one key together up to 15 s apart', async () => {
    expect(await each([114.9, 115], (seconds) => matches([seconds, 500], []))).toEqual([1, 0]);
  });

  const files = async (gap: number, set: string | null) =>
    new Set(
      (
        await given.rows('work.captures', {
          'raw.sources': [0, 100 + gap].map((seconds, i) => ({
            source_id: i, kind: 'pcap', path: `f${i}`, rotation_set: set, rotation_place: set === null ? null : i, first_time: time(seconds), last_time: time(seconds + 100),
          })),
        })
      ).map(({ capture_id }) => capture_id),
    ).size;

  it('lets a file go on from another over 2 s, and over a minute where their names count on', async () => {
    expect(await each([2, 2.1], (gap) => files(gap, null))).toEqual([1, 2]);
    expect(await each([60, 61], (gap) => files(gap, 'node'))).toEqual([1, 2]);
  });

  it('takes files that overlap by what clocks of interfaces disagree, 0.1 ms, for one capture', async () => {
    const captures = async (overlap: number) =>
      new Set(
        (
          await given.rows('work.captures', {
            'raw.sources': [0, 1].map((i) => ({
              source_id: i, kind: 'pcap', path: `f${i}`, rotation_set: null, rotation_place: null, first_time: time(1), last_time: time(1 + overlap * (i + 1)),
            })),
          })
        ).map(({ capture_id }) => capture_id),
      ).size;
    expect(await each([0.000_095, 0.000_105], captures)).toEqual([1, 2]);
  });
});

describe('upstreams', () => {
  /** `quick` answers on each side of a row of `stalled` queries, in so many zones; some of those before were lost too, each by itself. */
  const stalls = (by: { quick?: number; stalled?: number; zones?: number; missed?: number; after?: number }) => {
    const { quick = 10, stalled = 5, zones = 2, missed = 0 } = by;
    const after = by.after ?? quick;
    const states = [...rows(missed, () => [false, true]).flat(), ...rows(quick - missed, () => true), ...rows(stalled, () => false), ...rows(after, () => true)];
    return number('work.stalled_queries', {
      'work.upstream_queries': states.map((answered, i) => ({
        transaction_id: i, upstream_id: 1, zone: `z${i % zones}`, asked_ns: i, state: answered ? 'answered' : 'unanswered', seconds: answered ? 0.01 : null,
      })),
    });
  };

  it('takes five queries in a row for a stall, with three answers before and after, of two zones', async () => {
    expect(await each([4, 5], (stalled) => stalls({ stalled }))).toEqual([0, 5]);
    expect(await each([2, 3], (quick) => stalls({ quick, after: 10 }))).toEqual([0, 5]);
    expect(await each([1, 2], (zones) => stalls({ zones }))).toEqual([0, 5]);
  });

  it('takes no row for a stall that losses as often make once in a thousand captures', async () => {
    // five in a row, where two more of 20 and of 22 were lost
    expect(await each([9, 10], (quick) => stalls({ quick, missed: 2 }))).toEqual([0, 5]);
  });

  const CLUSTER = [{ zone: 'cluster.local' }];

  it('takes a suffix for one of a search list that two names have', async () => {
    const suffixes = (names: number) => {
      const bases = rows(names, (i) => `www.site${i}.com`);
      const logged = bases.flatMap((base) => [`${base}.svc.cluster.local`, `${base}.corp.example`]);
      return number('work.foreign_suffixes', {
        'work.name_ids': logged.map((name, i) => ({ raw_id: i, name_id: i, name })),
        'raw.log_queries': logged.map((_, i) => ({ qname_id: i, rcode: 3 })),
        'work.cluster_zones': CLUSTER,
        'work.client_search': [],
      });
    };
    expect(await each([1, 2], suffixes)).toEqual([0, 1]);
  });

  const forwarded = async (seconds: number, again: number) =>
    (await given.rows('work.forwarded_answers', {
      'work.judged_transactions': [0, again].map((asked, i) => ({
        transaction_id: i, qname_id: 1, qtype: 1, state: 'answered', timed: true, from_forwarder: false, rcode: 0, asked_ns: ns(asked), answered_ns: ns(asked + seconds),
      })),
      'work.name_ids': [{ raw_id: 1, name_id: 1, name: 'www.example.org' }],
      'work.cluster_zones': CLUSTER,
    }))[0]!['on_wire'];

  it('counts a name that needs an upstream once in the 30 s that a cache keeps it, and answers below half a second', async () => {
    expect(await each([29.9, 30], (again) => forwarded(0.1, again))).toEqual([1, 2]);
    expect(await each([0.49, 0.5], (seconds) => forwarded(seconds, 0))).toEqual([1, 0]);
  });

  const large = async (sizes: readonly number[]) =>
    (await given.rows('work.large_losses', {
      'work.sized_losses': sizes.map((bytes, i) => ({ transaction_id: i, bytes })),
      'work.judged_transactions': rows(20, (i) => ({ transaction_id: 100 + i, state: 'answered', protocol: 0, from_forwarder: false, answer_bytes: 90 })),
    }))[0]!;

  it('calls an answer large from 1,200 octets on', async () => {
    expect(await each([1199, 1200], async (bytes) => (await large([bytes]))['large_lost'])).toEqual([0, 1]);
  });

  it('takes losses for those of size where four of five were large', async () => {
    const only = async (small: number) => (await large([...rows(8, () => 1500), ...rows(small, () => 80)]))['only_large'];
    expect(await each([2, 3], only)).toEqual([true, false]);
  });
});

describe('servers that are gone', () => {
  it('takes three questions for which a nameserver was silent', async () => {
    const dead = (questions: number) =>
      number('work.dead_nameservers', {
        'work.judged_transactions': rows(questions, (i) => [
          { transaction_id: 2 * i, client_id: 1, server_id: 1, state: 'unanswered', asked_ns: ns(i), from_forwarder: false },
          { transaction_id: 2 * i + 1, client_id: 1, server_id: 2, state: 'answered', asked_ns: ns(i + 5), from_forwarder: false, answer_src_id: 2 },
        ]).flat(),
        'work.question_attempts': rows(2 * questions, (i) => ({ transaction_id: i, question_id: i >> 1, attempt: (i % 2) + 1 })),
        'work.address_ids': [{ raw_id: 1, address: '10.96.0.10' }],
      });
    expect(await each([2, 3], dead)).toEqual([0, 1]);
  });

  const empty = (seconds: number, lost: number) =>
    number('work.empty_services', {
      'work.silences': [{ server_id: 1, seconds, lost, answered_late: 1, refused_before: 1, lost_flows: 3 }],
      'work.service_members': [{ server_id: 1, backend_id: 2 }],
      'work.judged_transactions': [],
    });

  it('takes half a second of silence, and four lost queries for each late answer', async () => {
    expect(await each([0.49, 0.5], (seconds) => empty(seconds, 9))).toEqual([0, 1]);
    expect(await each([3, 4], (lost) => empty(9, lost))).toEqual([0, 1]);
  });

  const dead = (lost: number, others: number, otherFlows: number) =>
    number('work.dead_backends', {
      'work.silences': [{ server_id: 1, backend_id: 5, address: '10.1.0.2', seconds: 0.4, other_flows: otherFlows, others, answered_late: 0 }],
      'work.lost_targets': rows(lost, (i) => ({ transaction_id: i, server_id: 1, backend_id: 5, address: '10.1.0.2', client_id: 1, client_port: i, asked_ns: ns(i), open: false, refused: false, addressed: false })),
      'work.address_ids': [{ raw_id: 1, address: '10.96.0.10' }],
    });

  it('takes a server for left out where chance would do so once in a thousand times', async () => {
    // answered by 3 others 24 times; by 4 others 31 times
    expect(await dead(7, 3, 24)).toBe(0);
    expect(await dead(7, 4, 31)).toBe(1);
  });

  it('takes a server for dead that lost three tenths of the flows that chance sends it', async () => {
    expect(await dead(14, 1, 86)).toBe(0);
    expect(await dead(15, 1, 85)).toBe(1);
  });

  it('takes what was asked a second before a server went for lost with it', async () => {
    const lost = (before: number) =>
      number('work.silent_losses', {
        'work.lost_targets': [{ transaction_id: 1, server_id: 1, asked_ns: ns(100 - before) }],
        'work.empty_services': [{ server_id: 1, from_ns: ns(100) }],
      });
    expect(await each([1, 1.01], lost)).toEqual([1, 0]);
  });

  const stale = ({ questions = 3, seconds = 2, others = 10, lost = 0 }) =>
    number('work.stale_flows', {
      'work.losses': [
        ...rows(questions, (i) => ({ transaction_id: i, question_id: i, server_id: 1, client_id: 1, client_port: 4000, asked_ns: ns(100 + (i * seconds) / (questions - 1)) })),
        ...rows(lost, (i) => ({ transaction_id: 1000 + i, question_id: 1000 + i, server_id: 1, client_id: 2, client_port: 9000 + i, asked_ns: ns(101) })),
      ],
      'work.judged_transactions': rows(others, (i) => ({
        transaction_id: 100 + i, server_id: 1, client_id: 2, client_port: 5000 + i, asked_ns: ns(101), answer_first_ns: ns(101), answer_first_src_id: 3, from_forwarder: false,
      })),
    });

  it('takes a port for stale that lost three questions in 2 s while ten flows of others were answered', async () => {
    expect(await stale({})).toBe(1);
    expect([await stale({ questions: 2 }), await stale({ seconds: 1.99 }), await stale({ others: 9 })]).toEqual([0, 0, 0]);
  });

  it('takes no port for stale while others lose more than a tenth', async () => {
    expect(await each([10, 11], (lost) => stale({ others: 100, lost }))).toEqual([1, 0]);
  });

  it('knows 64 servers of a service', async () => {
    expect(
      await number('work.service_members', {
        'work.judged_transactions': rows(65, (i) => ({ server_id: 1, answer_first_src_id: 10 + i, from_forwarder: false })),
        'work.address_ids': rows(65, (i) => ({ raw_id: 10 + i, address_id: 10 + i, address: `10.1.0.${i}` })),
      }),
    ).toBe(64);
  });
});

describe('what is told by numbers without a name of their own', () => {
  it('lets an answer seem to come 50 us before the first sending, and no more', async () => {
    const kept = async (before: number) =>
      (
        await given.rows('work.attempts', {
          'raw.messages': `select 7 as key, flags, 0 as protocol, src_id, dst_id, 64 as hop_limit, id as ip_id, 1 as source_id, make_timestamp_ns(ns::BIGINT) as time
            from (values (0, 1, 2, 5, 1000000000), (0, 1, 2, 6, 6000000000), (32768, 2, 1, 7, 1000000000 - ${before})) as m(flags, src_id, dst_id, id, ns)`,
          'temp.doubtful_keys': [{ key: 7, repeated: true, lowered: false }],
          'work.address_ids': [1, 2].map((id) => ({ raw_id: id, address_id: id })),
        })
      ).length;
    expect(await each([50_000, 51_000], kept)).toEqual([3, 2]);
  });

  it('calls a client musl by eight of ten pairs', async () => {
    const resolver = async (musl: number) =>
      (await given.rows('work.client_facts', {
        'work.wire_twins': rows(10, (i) => ({ a_id: 2 * i, aaaa_id: 2 * i + 1, one_socket: i < musl })),
        'work.wire_questions': rows(20, (i) => ({ question_id: i, transaction_id: i, client_id: 1, qtype: i % 2 === 0 ? 1 : 28, asked_ns: ns(i), ended_ns: ns(i + 5), outcome: 'answered' })),
        'work.wire_transactions': rows(20, (i) => ({ transaction_id: i, txid: 1000 + (i % 2) * 300, client_port: 4000 })),
        'work.address_ids': [{ raw_id: 1, address_id: 1, address: '10.0.0.1' }],
        'work.forwarders': [],
      }))[0]!['resolver'];
    expect(await each([7, 8], resolver)).toEqual(['several', 'musl']);
  });

  /** Of so many pairs, those that share a socket, and of these the ones whose ids are near as musl's are. */
  const told = async (pairs: number, shared: number, near: number) =>
    (await given.rows('work.client_facts', {
      'work.wire_twins': rows(pairs, (i) => ({ a_id: 2 * i, aaaa_id: 2 * i + 1, one_socket: i < shared })),
      'work.wire_questions': rows(2 * pairs, (i) => ({ question_id: i, transaction_id: i, client_id: 1, qtype: i % 2 === 0 ? 1 : 28, asked_ns: ns(i), ended_ns: ns(i + 5), outcome: 'answered' })),
      'work.wire_transactions': rows(2 * pairs, (i) => ({ transaction_id: i, txid: 1000 + (i % 2) * (i < 2 * near ? 300 : 20_000), client_port: 4000 })),
      'work.address_ids': [{ raw_id: 1, address_id: 1, address: '10.0.0.1' }],
      'work.forwarders': [],
    }))[0]!['resolver'];

  it('calls a client by no resolver before three pairs', async () => {
    expect(await each([2, 3], (pairs) => told(pairs, pairs, pairs))).toEqual([null, 'musl']);
  });

  it('calls a client glibc by nine of ten pairs that share a socket, less than a fifth of them with near ids', async () => {
    expect(await each([8, 9], (shared) => told(10, shared, 0))).toEqual(['several', 'glibc']);
    expect(await each([19, 20], (near) => told(100, 100, near))).toEqual(['glibc', 'several']);
  });
});

describe('questions, pairs and walks', () => {
  it('takes a large answer asked again within 5 ms for the same lookup', async () => {
    const lookups = async (after: number) =>
      new Set(
        (
          await given.rows('work.lookup_steps', {
            'work.wire_steps': [0, 1 + after].map((seconds, i) => ({ step_id: i + 1, client_id: 1, qname_id: 1, started_ns: ns(seconds), ended_ns: ns(seconds + 1), answer_bytes: 2000 })),
            'work.walks': [],
            'work.forwarders': [],
          })
        ).map(({ lookup_id }) => lookup_id),
      ).size;
    expect(await each([0.005, 0.006], lookups)).toEqual([1, 2]);
  });

  it('takes the same query to another server within 0.1 s for a copy', async () => {
    const copies = async (apart: number) =>
      (
        await given.rows('work.question_attempts', {
          'temp.question_links': rows(2, (i) => ({ transaction_id: i, question_id: 1 })),
          'work.client_transactions': [0, apart].map((seconds, i) => ({ transaction_id: i, txid: 7, client_port: 4000, server_id: i, asked_ns: ns(seconds), state: 'answered' })),
        })
      ).filter(({ copy }) => copy).length;
    expect(await each([0.099, 0.1], copies)).toEqual([1, 0]);
  });

  const pair = (apart: number, ports: readonly [number, number], ended: number | null) =>
    given.rows('work.wire_twins', {
      'work.wire_questions': [0, apart].map((seconds, i) => ({
        question_id: i, client_id: 1, client_port: ports[i]!, qname_id: 1, qtype: i === 0 ? 1 : 28, asked_ns: ns(seconds), ended_ns: ended === null ? null : ns(seconds + ended),
      })),
    });

  it('takes both halves for asked at once below 0.1 s', async () => {
    expect(await each([0.099, 0.1], async (apart) => (await pair(apart, [4000, 4000], 1))[0]!['at_once'])).toEqual([true, false]);
  });

  it('takes an AAAA for the other half up to 12 s after an A of its socket whose end is not seen', async () => {
    expect(await each([12, 12.1], async (apart) => (await pair(apart, [4000, 4000], null)).length)).toEqual([1, 0]);
  });

  it('takes an AAAA from another socket for the other half up to 0.25 s after', async () => {
    expect(await each([0.25, 0.26], async (apart) => (await pair(apart, [4000, 4001], null)).length)).toEqual([1, 0]);
  });

  /** Queries of one name: of so many, `nested` ask for another client what that waits for. */
  const forwarders = async (after: number, asked: number, nested: number) =>
    (
      await given.rows('work.forwarders', {
        'work.wire_transactions': rows(asked, (i) => [
          { transaction_id: 10 * i, client_id: 1, server_id: 2, qname_id: i, qtype: 1, asked_ns: ns(i), answered_ns: ns(i + 1), last_dst_id: 2 },
          { transaction_id: 10 * i + 1, client_id: 3, server_id: 4, qname_id: i, qtype: i < nested ? 1 : 28, asked_ns: ns(i + after), last_dst_id: 4 },
        ]).flat(),
      })
    ).filter(({ address_id }) => address_id === 3).length;

  it("takes a query within 0.1 s of another client's for one that is passed on, and four of five such for a forwarder", async () => {
    expect(await each([0.1, 0.101], (after) => forwarders(after, 5, 5))).toEqual([1, 0]);
    expect(await each([3, 4], (nested) => forwarders(0.01, 5, nested))).toEqual([0, 1]);
  });

  it('takes messages of a key over 0.2 s apart for sendings of their own', async () => {
    const repeated = (apart: number) =>
      number('temp.doubtful_keys', { 'raw.messages': [0, apart].map((seconds) => ({ key: 1, flags: 0, protocol: 0, hop_limit: 64, time: time(seconds) })) });
    expect(await each([0.2, 0.201], repeated)).toEqual([0, 1]);
  });

  it('takes a packet 50 ms after another of its ids for that one, translated', async () => {
    const translated = (after: number) =>
      number('work.translated_keys', {
        'raw.messages': [0, after].map((seconds, i) => ({ source_id: 1, frame: i, key: i + 1, txid: 7, ip_id: 9, qtype: 1, qname_id: 1, flags: 0, protocol: 0, hop_limit: 64 - i, time: time(10 + seconds) })),
        'temp.doubtful_keys': [{ key: 2, repeated: false, lowered: true }],
        'work.name_ids': [{ raw_id: 1, name_id: 1, name: 'www.example.org' }],
        'work.source_ranks': [{ source_id: 1, source_rank: 1 }],
      });
    expect(await each([0.05, 0.051], translated)).toEqual([1, 0]);
  });

  const step = { client_id: 1, base_id: 1, first_place: 1, last_place: 3 };
  const walk = (before: { outcome: string; active: number; ended: number }, started: number) =>
    number('temp.walk_links', {
      'temp.walk_places': [
        { ...step, step_id: 1, place: 1, started_ns: 0, active_ns: ns(before.active), ended_ns: ns(before.ended), outcome: before.outcome },
        { ...step, step_id: 2, place: 2, started_ns: ns(started), active_ns: ns(started), ended_ns: ns(started + 0.01), outcome: 'answered' },
      ],
    });

  it('lets a walk go on within a second, or 2.5 s where the end of the step is not seen', async () => {
    expect(await each([10.99, 11], (started) => walk({ outcome: 'negative', active: 0, ended: 10 }, started))).toEqual([1, 0]);
    expect(await each([12.49, 12.5], (started) => walk({ outcome: 'unknown', active: 0, ended: 10 }, started))).toEqual([1, 0]);
  });

  it('lets a step begin 0.3 s before one timed out whose wait is not known', async () => {
    expect(await each([9.7, 9.69], (started) => walk({ outcome: 'unanswered', active: 1, ended: 10 }, started))).toEqual([1, 0]);
  });

  it('lets a step begin up to 50 ms after the last query of one that was given up', async () => {
    expect(await each([10.049, 10.05], (started) => walk({ outcome: 'unanswered', active: 10, ended: 99 }, started))).toEqual([1, 0]);
  });

  it('lets a step begin 5 s after the last query of one, 50 ms less or 0.25 s more', async () => {
    const links = await each([4.94, 4.95, 5.25, 5.26], (wait) => walk({ outcome: 'unanswered', active: 10, ended: 99 }, 10 + wait));
    expect(links).toEqual([0, 1, 1, 0]);
  });

  it('takes a step for the next of a walk within 50 ms, or 2.5 s where its end is not seen', async () => {
    const names = ['db.default.svc.cluster.local', 'db.svc.cluster.local'];
    const followed = (outcome: string, after: number) =>
      number('work.observed_suffixes', {
        'work.wire_steps': [0, 1 + after].map((seconds, i) => ({ step_id: i, client_id: 1, qname_id: i, started_ns: ns(seconds), ended_ns: ns(seconds + 1), outcome, address_lookup: true })),
        'work.name_ids': names.map((name, i) => ({ raw_id: i, name_id: i, name })),
        'work.forwarders': [],
      });
    expect(await each([0.05, 0.051], (after) => followed('negative', after))).toEqual([1, 0]);
    expect(await each([2.5, 2.51], (after) => followed('unknown', after))).toEqual([1, 0]);
  });

  const query = { client_id: 1, client_port: 4000, server_id: 2, qname_id: 1, qtype: 1, protocol: 0, truncated: false, open_at_end: false };
  const linked = (first: Given, next: Given) =>
    number('temp.question_links', {
      'work.client_transactions': [
        { ...query, transaction_id: 1, txid: 1, asked_ns: 0, state: 'unanswered', ...first },
        { ...query, transaction_id: 2, txid: 2, state: 'answered', rcode: 0, ...next },
      ] ,
      'work.configured_search': [],
    });

  it('takes a query 5 s after an unanswered one for its retry, up to 0.15 s late on its socket and 0.1 s from another', async () => {
    expect(await each([5.149, 5.16], (after) => linked({}, { asked_ns: ns(after) }))).toEqual([2, 0]);
    expect(await each([5.09, 5.11], (after) => linked({}, { client_port: 4001, asked_ns: ns(after) }))).toEqual([2, 0]);
  });

  it('takes a query within 30 ms of an unanswered one for an answer to an error of its host', async () => {
    expect(await each([0.03, 0.031], (after) => linked({}, { client_port: 4001, asked_ns: ns(after) }))).toEqual([2, 0]);
  });

  it('takes the same id within 31 s for the same question', async () => {
    expect(await each([31, 31.01], (after) => linked({}, { txid: 1, asked_ns: ns(after) }))).toEqual([2, 0]);
  });

  it('takes TCP within 0.1 s of a truncated answer for what follows it', async () => {
    const truncated = { state: 'answered', rcode: 0, truncated: true, answered_ns: ns(1) };
    expect(await each([1.1, 1.11], (after) => linked(truncated, { protocol: 1, client_port: 4001, asked_ns: ns(after) }))).toEqual([2, 0]);
  });

  it('takes an answer for heard that no retry on a whole second follows, up to 11 s on', async () => {
    const unheard = (after: number, txid: number) => {
      const sending = { source_id: 1, client_id: 1, qname_id: 1, qtype: 1, attempt: 1 };
      return number('temp.unheard', {
        'temp.undelivered': [{ key: 1, attempt: 1 }],
        'temp.sendings': [{ ...sending, key: 1, txid: 1, asked_ns: ns(10) }, { ...sending, key: 2, txid, asked_ns: ns(10 + after) }],
        'work.captures': [{ source_id: 1, capture_id: 1 }],
        'work.capture_holes': [{ capture_id: 1 }],
      });
    };
    expect(await each([5.009, 5.011], (after) => unheard(after, 2))).toEqual([0, 1]);
    expect(await each([11, 12], (after) => unheard(after, 2))).toEqual([0, 1]);
    expect(await each([30.9, 31], (after) => unheard(after, 1))).toEqual([0, 1]);
  });

  it('brings ICMP errors to what they quote, up to 30 s after it, and 5 s before it by the clock of another capture', async () => {
    const quoted = (after: number, source: number) =>
      number('work.icmp_quotes', {
        'raw.icmp_errors': [{ source_id: 1, frame: 1, time: time(100 + after), version: 4, type: 3, code: 3, key: 7, src_id: 1, dst_id: 1, quoted_src_id: 1, quoted_dst_id: 1, of_response: false }],
        'work.wire_transactions': [{ transaction_id: 1, key: 7, source_id: source, asked_ns: ns(100) }],
        'work.address_ids': [{ raw_id: 1, address_id: 1, address: '10.0.0.1' }],
      });
    expect(await each([30, 30.1], (after) => quoted(after, 1))).toEqual([1, 0]);
    expect(await each([-5.1, -5], (after) => quoted(after, 2))).toEqual([0, 1]);
    expect(await each([-0.002, -0.001], (after) => quoted(after, 1))).toEqual([0, 1]);
  });
});
