import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenModels } from '../../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

const T0 = '2026-01-01 00:00:00';
const T1 = '2026-01-01 00:00:10';

describe('what Kubernetes and the kernel say of servers', () => {
  const event = (more: object) => ({ source_id: 1, line: 1, event: 'server-restarted', upstream: 'coredns-1', reason: 'Error', count: 3, ...more });
  const numbers = async (cause: string, ...rows: object[]) => given.numbers(cause, { 'raw.log_events': rows as never });

  it('is counted once where several files tell of it', async () => {
    expect(await numbers('dead-backend', event({}), event({ source_id: 2 }))).toMatchObject({
      unready: 3,
      unready_story: 'coredns-1 restarted (Error)',
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
    ['no-ready-server', { refusals: 1, refused_at: '10.96.0.10' }, 'refused-by-icmp'],
    ['no-ready-server', { refusals: 1, refused_at: '10.96.0.10', judged: 1 }, 'always-one'],
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
    ['coredns-overloaded', { buffer_rise: 1, timed: 10 }, 'quick'],
    ['coredns-overloaded', { buffer_rise: 1, timed: 9 }, 'buffers-ran-over'],
    ['coredns-overloaded', { timed: 9, judged: 9 }, 'too-few-timed'],
    ['lost-queries', { firewall_lines: 1, firewall_to: '10.96.0.10' }, 'firewall-drops'],
    ['lost-queries', { firewall_lines: 1, firewall_to: '10.96.0.10', judged: 9, reach_known: 9 }, 'none-lost'],
    ['lost-queries', { neighbour_lines: 1 }, 'neighbours-overflow'],
  ] as const)('%s with %j is judged by %s', async (cause, figures, rule) => {
    expect(await given.rule(cause, figures)).toBe(rule);
  });
});
