import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenModels } from '../../support/given-models.js';

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

describe('work.probe_facts', () => {
  const probe = (more: object) => ({
    source_id: 1,
    line: 1,
    tool: 'dig',
    server: '10.96.0.10',
    qname: 'a.example',
    outcome: 'answered',
    rcode: 'NOERROR',
    seconds: 0.004,
    tries: 0,
    ...more,
  });
  const facts = async (...rows: object[]) => (await given.rows('work.probe_facts', { 'raw.probes': rows as never }))[0]!;
  const NONE = { probes_lost: 0, silent_servers: 0, probes_late: 0, probes_failed: 0, waits_by_hand: 0 };

  it('finds nothing in answers that came soon, nor in names that are not there', async () => {
    expect(await facts(probe({}), probe({ rcode: 'NXDOMAIN' }))).toMatchObject(NONE);
  });

  it('calls a server silent where it answered nothing and another did', async () => {
    const silent = probe({ server: '10.1.0.7', outcome: 'timeout', rcode: null, seconds: null });
    expect(await facts(silent)).toMatchObject({ probes_lost: 1, silent_servers: 0 });
    expect(await facts(silent, probe({}))).toMatchObject({ silent_servers: 1, silent_server: '10.1.0.7' });
    expect(await facts(silent, probe({ server: '10.1.0.7' }), probe({}))).toMatchObject({ silent_servers: 0 });
  });

  it('names all servers that its numbers are of, up to three', async () => {
    const at = (server: string | null, outcome = 'timeout') => probe({ server, outcome, rcode: null, seconds: null });
    const rows = ['10.1.0.8', '10.1.0.7', null].map((server) => at(server));
    expect(await facts(...rows, probe({}))).toMatchObject({
      probes_lost: 3,
      probes_lost_at: '10.1.0.7, 10.1.0.8, a server that is not named',
      silent_server: '10.1.0.7, 10.1.0.8',
      silent_lost: 2,
    });
    const refused = ['4', '3', '2', '1'].map((end) => at(`10.1.0.${end}`, 'refused'));
    expect(await facts(...refused)).toMatchObject({
      probes_lost: 0,
      probes_refused: 4,
      probes_refused_by: '10.1.0.1, 10.1.0.2, 10.1.0.3 and others',
    });
  });

  it("takes Go's word for an error, of no kind that it tells", async () => {
    const misbehaving = probe({ tool: 'go', rcode: null, seconds: null });
    expect(await facts(misbehaving)).toMatchObject({ probes_failed: 1, probes_error: 'an error of 10.96.0.10 for a.example' });
  });

  it('lays errors and late answers to no upstream where the name is of the cluster', async () => {
    const bad = { rcode: 'SERVFAIL', seconds: 2.1 };
    expect(await facts(probe(bad))).toMatchObject({ probes_late: 1, probes_failed: 1 });
    expect(await facts(probe({ ...bad, qname: 'web.default.svc.cluster.local' }))).toMatchObject(NONE);
  });

  it("takes getent's seconds for no server's", async () => {
    const lookup = probe({ tool: 'getent', server: null, seconds: 5.01 });
    expect(await facts(lookup)).toMatchObject({ ...NONE, waits_by_hand: 1, longest_by_hand: 5.01 });
  });
});

describe('what Kubernetes and the kernel say of servers', () => {
  const event = (more: object) => ({ source_id: 1, line: 1, event: 'server-restarted', upstream: 'coredns-1', reason: 'Error', count: 3, ...more });
  const numbers = async (cause: string, ...rows: object[]) => given.numbers(cause, { 'raw.log_events': rows as never });

  it('is counted once where several files tell of it', async () => {
    expect(await numbers('dead-backend', event({}), event({ source_id: 2 }))).toMatchObject({
      unready: 3,
      unready_story: 'coredns-1 restarted',
    });
    const unhealthy = event({ event: 'kubernetes-event', reason: 'Unhealthy' });
    expect(await numbers('dead-backend', unhealthy, { ...unhealthy, line: 2, count: 1 })).toMatchObject({
      unready: 4,
      unready_story: 'Unhealthy of coredns-1',
    });
  });

  it('is one kill for want of memory where the pod and the kernel tell of it', async () => {
    const of = (more: object) => event({ event: 'killed-for-memory', reason: 'OOMKilled', count: 1, time: T0, ...more });
    const kernel = (pid: number) =>
      of({ upstream: 'coredns', reason: 'out of memory', message: `Memory cgroup out of memory: Killed process ${pid} (coredns)` });
    const killed = async (...rows: object[]) => (await numbers('coredns-overloaded', ...rows))['killed'];
    expect(await killed(of({}), of({ source_id: 2 }), kernel(77), { ...kernel(77), source_id: 3 })).toBe(1);
    expect(await killed(of({}), of({ time: T1 }))).toBe(2);
    expect(await killed(kernel(77), kernel(78), of({}))).toBe(2);
    expect(await killed()).toBe(0);
  });
});

describe('flows that conntrack prints', () => {
  const flow = (port: number, backend: string, unreplied: boolean) => ({
    source_id: 1,
    line: port,
    protocol: 'udp',
    src: '10.1.0.9',
    src_port: port,
    dst: '10.96.0.10',
    dst_port: 53,
    reply_src: backend,
    reply_src_port: 53,
    unreplied,
    assured: false,
  });
  const many = (from: number, count: number, backend: string, unreplied: boolean) =>
    Array.from({ length: count }, (_, i) => flow(from + i, backend, unreplied));
  const silent = async (...rows: object[]) =>
    (await given.numbers('dead-backend', { 'raw.conntrack_flows': rows as never }))['silent_backends'];
  const well = many(2000, 5, '10.2.0.1', false);

  it('show a server that replies to none while others do', async () => {
    expect(await silent(...well, ...many(3000, 5, '10.2.0.2', true))).toBe(1);
  });

  it('show nothing of a few, of one that replies to some, or where none replies', async () => {
    expect(await silent(...well, ...many(3000, 4, '10.2.0.2', true))).toBe(0);
    expect(await silent(...well, ...many(3000, 9, '10.2.0.2', true), flow(4000, '10.2.0.2', false))).toBe(0);
    expect(await silent(...many(2000, 4, '10.2.0.1', false), ...many(3000, 9, '10.2.0.2', true))).toBe(0);
  });

  it('are one flow where -E tells of it several times', async () => {
    const told = many(3000, 5, '10.2.0.2', true).flatMap((one) => [one, { ...one, unreplied: false }]);
    expect(await silent(...well, ...told)).toBe(0);
    expect(await silent(...well, ...Array.from({ length: 9 }, () => flow(3000, '10.2.0.2', true)))).toBe(0);
  });
});

describe('causes by counters', () => {
  it.each([
    ['upstream-packet-limit', { linklocal_rise: 5, sent_above: 20, lost_above: 2 }, 'counted-and-lost'],
    ['upstream-packet-limit', { linklocal_rise: 5 }, 'counted-by-the-interface'],
    ['upstream-packet-limit', { linklocal_total: 5 }, 'counted-since-boot'],
    ['upstream-packet-limit', { linklocal_total: 5, upstream_queries: 50 }, 'below-the-limit'],
    ['upstream-packet-limit', { linklocal_compared: true }, 'counter-at-rest'],
    ['conntrack-table-full', { tracking_rise: 4 }, 'instance-counted'],
    ['conntrack-table-full', { tracking_total: 4 }, 'instance-counted-since-boot'],
    ['coredns-overloaded', { reject_rise: 1 }, 'metrics-count-refusals'],
    ['coredns-overloaded', { reject_total: 1 }, 'refused-since-its-start'],
    ['coredns-overloaded', { socket_drop_rise: 1 }, 'socket-drops'],
    ['coredns-overloaded', { full_sockets: 1 }, 'socket-full'],
    ['coredns-overloaded', { socket_drop_total: 1 }, 'dropped-since-its-start'],
    ['coredns-overloaded', { buffer_rise: 1 }, 'buffers-ran-over'],
    ['coredns-overloaded', {}, 'nothing-seen'],
    ['coredns-overloaded', { killed: 2 }, 'killed-for-memory'],
    ['coredns-overloaded', { killed: 1 }, 'once-killed-for-memory'],
    ['dead-backend', { silent_backends: 1 }, 'flows-without-a-reply'],
    ['dead-backend', { silent_backends: 1, behind_service: 9 }, 'all-went-on'],
    ['dead-backend', { unready: 3 }, 'kubernetes-says-so'],
    ['dead-backend', { unready: 2 }, 'nothing-seen'],
    ['no-ready-server', { kernel_lines: 1 }, 'kernel-found-none'],
    ['upstream-silent', { check_rise: 3, servfail_rise: 1 }, 'health-checks-and-clients-fail'],
    ['upstream-silent', { check_rise: 3 }, 'health-checks-fail'],
    ['upstream-silent', { check_rise: 2, servfail_rise: 9 }, 'upstreams-not-seen'],
    ['upstream-silent', { check_total: 3 }, 'health-checks-failed-since-its-start'],
    ['upstream-slow', { counted_slow: 1 }, 'metrics-count-slow'],
    ['upstream-slow', { counted_once: 1 }, 'metrics-counted-slow-once'],
    ['upstream-errors', { counted_failing: 1 }, 'metrics-count-errors'],
    ['upstream-errors', { counted_once: 1 }, 'metrics-counted-errors-once'],
    ['server-blind', { failed_rise: 3, request_rise: 30 }, 'metrics-count-failures'],
    ['server-blind', { failed_rise: 3, request_rise: 31 }, 'nothing-seen'],
    ['server-blind', { failed_total: 3, request_total: 30 }, 'metrics-counted-failures'],
    ['server-blind', { failed_total: 3, request_total: 300 }, 'nothing-seen'],
    ['dead-backend', { probes_refused: 1, probes_refused_by: 'x' }, 'refused-by-hand'],
    ['dead-backend', { silent_servers: 1, silent_lost: 1 }, 'silent-by-hand'],
    ['lost-queries', { probes_lost: 1 }, 'no-answer-by-hand'],
    ['lost-queries', { waits_by_hand: 1 }, 'waited-by-hand'],
    ['upstream-slow', { probes_late: 1 }, 'late-by-hand'],
    ['upstream-errors', { probes_failed: 1 }, 'errors-by-hand'],
    ['upstream-errors', { probes_failed: 1, upstream_queries: 50, errors: 0 }, 'none-answered-so'],
    ['lost-queries', { instance_rise: 1 }, 'instance-over-its-limits'],
    ['lost-queries', { backlog_rise: 1 }, 'backlog-full'],
    ['lost-queries', { backlog_rise: 1, judged: 9 }, 'backlog-full'],
    ['lost-queries', { backlog_rise: 1, judged: 9, reach_known: 9 }, 'none-lost'],
    ['lost-queries', { probes_lost: 1, judged: 9, reach_known: 9 }, 'no-answer-by-hand'],
    ['coredns-overloaded', { buffer_rise: 1, timed: 9 }, 'quick'],
    ['lost-queries', { neighbour_lines: 1 }, 'neighbours-overflow'],
  ] as const)('%s with %j is judged by %s', async (cause, figures, rule) => {
    expect(await given.rule(cause, figures)).toBe(rule);
  });
});
