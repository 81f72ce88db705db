import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenModels } from '../../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

const T0 = '2026-01-01 00:00:00';
const T1 = '2026-01-01 00:00:10';
const reading = (sample: number, value: number, more = {}) => ({
  source_id: 1,
  sample,
  line: sample + 1,
  time: sample === 0 ? T0 : T1,
  origin: 'ethtool',
  instance: 'eth0',
  counter: 'linklocal_allowance_exceeded',
  labels: '{}',
  value,
  meaning: 'total',
  about: 'what it counts',
  is_trouble: true,
  ...more,
});

describe('counter_deltas', () => {
  const increases = async (rows: object[]) =>
    (await given.rows('counter_deltas', { 'raw.counters': rows as never })).map((row) => row['increase']);

  it('are what a counter rose from one reading to the next', async () => {
    expect(await increases([reading(0, 5), reading(1, 9)])).toEqual([4]);
  });

  it('are not told of a counter that fell', async () => {
    expect(await increases([reading(0, 9), reading(1, 5)])).toEqual([null]);
  });

  it('are none of levels, of two interfaces, of two processes, or where nothing says when or whose', async () => {
    expect(await increases([reading(0, 5, { meaning: 'level' }), reading(1, 9, { meaning: 'level' })])).toEqual([]);
    expect(await increases([reading(0, 5), reading(1, 9, { instance: 'eth1' })])).toEqual([]);
    expect(
      await increases([reading(0, 5, { counting_since: T0 }), reading(1, 9, { counting_since: T1 })]),
    ).toEqual([]);
    expect(await increases([reading(0, 5, { time: null }), reading(1, 9, { time: null })])).toEqual([]);
  });

  it('are none of two readings of one moment, which are of two servers or sockets of one name', async () => {
    expect(await increases([reading(0, 5), reading(0, 900, { line: 2 }), reading(1, 6)])).toEqual([]);
  });

  it("of CoreDNS begin at 0 where others of the metric's name were read before", async () => {
    const answers = (sample: number, value: number, rcode: string, more = {}) =>
      reading(sample, value, { origin: 'coredns', counter: 'coredns_dns_responses_total', labels: `{"rcode":"${rcode}"}`, ...more });
    const rows = await given.rows('counter_deltas', {
      'raw.counters': [answers(0, 50, 'NOERROR'), answers(1, 60, 'NOERROR'), answers(1, 7, 'SERVFAIL')] as never,
    });
    expect(new Map(rows.map((row) => [row['labels'], row['increase']]))).toEqual(
      new Map([
        ['{"rcode":"NOERROR"}', 10],
        ['{"rcode":"SERVFAIL"}', 7],
      ]),
    );
    expect(new Set(rows.map((row) => String(row['from_time']))).size).toBe(1);
    expect(await increases([answers(0, 50, 'NOERROR'), answers(0, 7, 'SERVFAIL')])).toEqual([]);
    expect(await increases([reading(0, 5), reading(1, 9, { labels: '{"queue":"1"}' })])).toEqual([]);
  });

  it('are told of readings without times that one process gave', async () => {
    const of = { time: null, counting_since: T0 };
    expect(await increases([reading(0, 5, of), reading(1, 9, of)])).toEqual([4]);
  });
});

describe('counter_deltas of readings in files of their own, without times', () => {
  const TOLD = { time: null, sample: 0, origin: 'coredns', counting_since: T0, instance: null };
  const increases = async (rows: object[], labels: (string | null)[] = ['coredns-1', 'coredns-1']) =>
    (
      await given.rows('counter_deltas', {
        'raw.counters': rows as never,
        'raw.sources': labels.map((label, i) => ({ source_id: i + 1, path: `${i}`, label })) as never,
      })
    ).map((row) => [row['source_id'], row['increase']]);

  it('are what came meanwhile where one run gave both, whichever file was read first', async () => {
    const [before, after] = [reading(0, 5, TOLD), reading(0, 9, { ...TOLD, source_id: 2 })];
    expect(await increases([before, after])).toEqual([[2, 4]]);
    expect(await increases([{ ...before, source_id: 2 }, { ...after, source_id: 1 }])).toEqual([[1, 4]]);
  });

  it('are none of two runs, of two servers, or of what does not say when it began', async () => {
    const second = (more: object) => reading(0, 9, { ...TOLD, source_id: 2, ...more });
    expect(await increases([reading(0, 5, TOLD), second({ counting_since: T1 })])).toEqual([]);
    expect(await increases([reading(0, 5, TOLD), second({})], ['coredns-1', 'coredns-2'])).toEqual([]);
    expect(await increases([reading(0, 5), reading(1, 9, { source_id: 2 })])).toEqual([]);
  });
});

describe('work.counter_facts', () => {
  const facts = async (series: object[], sums: object[] = []) =>
    (await given.rows('work.counter_facts', { 'work.counter_sums': sums as never, counter_series: series as never }))[0]!;
  const sum = (rise: number | null, total: number | null) => ({
    origin: 'ethtool',
    counter: 'linklocal_allowance_exceeded',
    rise,
    total,
    risen_at: 'eth0',
  });
  const socket = (counter: string, last_value: number, more = {}) => ({
    source_id: 1,
    origin: 'socket',
    instance: '*:53',
    labels: '{"process":"coredns"}',
    counter,
    last_value,
    ...more,
  });

  it('tells a rise from a total of unknown age', async () => {
    expect(await facts([], [sum(3, null)])).toMatchObject({ linklocal_rise: 3, linklocal_total: 0, linklocal_compared: true });
    expect(await facts([], [sum(null, 90)])).toMatchObject({ linklocal_rise: 0, linklocal_total: 90, linklocal_compared: false });
  });

  it('calls a socket full from half of its buffer on, of the size that it has or that Linux gives', async () => {
    const room = socket('receive_buffer_bytes', 1000);
    expect(await facts([socket('receive_queue_bytes', 500), room])).toMatchObject({ full_sockets: 1, full_names: '*:53 (coredns)' });
    expect(await facts([socket('receive_queue_bytes', 499), room])).toMatchObject({ full_sockets: 0 });
    expect(await facts([socket('receive_queue_bytes', 106496)])).toMatchObject({
      full_sockets: 1,
      full_names: '*:53 (coredns), if it has the usual 212,992 bytes',
    });
    expect(await facts([socket('receive_queue_bytes', 106495)])).toMatchObject({ full_sockets: 0 });
  });

  it('names the sockets that dropped between readings apart from those that ever did', async () => {
    const old = { instance: '10.1.0.9:53' };
    expect(
      await facts([socket('drops', 7, { increase: 2 }), socket('drops', 90, old), socket('drops', 5, { instance: '10.1.0.8:53', increase: 0 })]),
    ).toMatchObject({
      socket_drop_rise: 2,
      socket_drop_names: '*:53 (coredns)',
      socket_drop_total: 90,
      socket_total_names: '10.1.0.9:53 (coredns)',
    });
  });

  it("leaves out the stub of a node's systemd-resolved", async () => {
    const stub = { instance: '127.0.0.53%lo:53', labels: '{"process":"systemd-resolve"}' };
    expect(await facts([socket('drops', 9, stub)])).toMatchObject({ socket_drop_total: 0, socket_total_names: '' });
  });
});

describe('work.counter_sums', () => {
  it('keeps what cannot be compared apart from what can, and names what rose', async () => {
    const of = (instance: string | null, increase: number | null, last_value: number) => ({
      source_id: 1,
      origin: 'ethtool',
      counter: 'linklocal_allowance_exceeded',
      labels: '{}',
      meaning: 'total',
      instance,
      increase,
      last_value,
    });
    const sums = async (...series: object[]) => given.rows('work.counter_sums', { counter_series: series as never });
    expect(await sums(of('eth0', 4, 90), of('eth1', 0, 50), of('eth2', null, 7))).toMatchObject([
      { rise: 4, total: 7, risen_at: 'eth0' },
    ]);
    expect(await sums(of(null, 4, 90))).toMatchObject([{ rise: 4, total: null, risen_at: 'not named' }]);
  });
});

describe('work.upstream_metrics', () => {
  const TO = '10.0.0.2:53';
  const one = (counter: string, labels: object, increase: number | null, last_value = 1000) => ({
    source_id: 1,
    origin: 'coredns',
    counter,
    labels: JSON.stringify({ to: TO, ...labels }),
    increase,
    last_value,
  });
  const histogram = (generation: string, late: number, all: number) => [
    one(`coredns_${generation}_request_duration_seconds_bucket`, { rcode: 'NOERROR', le: '0.256' }, 0),
    one(`coredns_${generation}_request_duration_seconds_bucket`, { rcode: 'NOERROR', le: '0.512' }, all - late),
    one(`coredns_${generation}_request_duration_seconds_bucket`, { rcode: 'NOERROR', le: '1.024' }, all),
    one(`coredns_${generation}_request_duration_seconds_count`, { rcode: 'NOERROR' }, all),
  ];
  const metrics = async (series: object[]) => given.rows('work.upstream_metrics', { counter_series: series as never });

  it('counts as late what is past the first class that holds 0.5 s', async () => {
    expect(await metrics(histogram('forward', 7, 100))).toMatchObject([
      { upstream: TO, risen: true, timed: 100, late: 7, edge: 0.512, answered: 100, errors: 0 },
    ]);
  });

  it('counts one generation of metrics where both are there', async () => {
    expect(await metrics([...histogram('forward', 7, 100), ...histogram('proxy', 7, 100)])).toMatchObject([
      { timed: 100, late: 7 },
    ]);
  });

  it('keeps what rose apart from what is since the start', async () => {
    const rows = await metrics([
      one('coredns_forward_responses_total', { rcode: 'SERVFAIL' }, 5),
      one('coredns_forward_responses_total', { rcode: 'NOERROR' }, 5),
      one('coredns_proxy_healthcheck_failures_total', {}, null, 12),
    ]);
    expect(rows.find(({ risen }) => risen)).toMatchObject({ answered: 10, errors: 5, failures: 0 });
    expect(rows.find(({ risen }) => !risen)).toMatchObject({ failures: 12 });
  });
});

describe('work.upstream_metrics of a server that was read twice', () => {
  it('takes nothing since the start of a value that was read once', async () => {
    const of = (rcode: string, increase: number | null, last_value: number) => ({
      source_id: 1,
      origin: 'coredns',
      counter: 'coredns_forward_responses_total',
      labels: JSON.stringify({ to: '10.0.0.2:53', rcode }),
      increase,
      last_value,
    });
    const rows = await given.rows('work.upstream_metrics', {
      counter_series: [of('NOERROR', 40, 5000), of('SERVFAIL', null, 6)] as never,
    });
    expect(rows).toMatchObject([{ risen: true, answered: 40, errors: 0 }]);
  });
});
