import { describe, expect, test } from 'vitest';
import { LOG_EVENTS } from '../../src/raw/log-events.js';
import { readEvent, readLog } from './support/read-log.js';

type Expected = Record<string, unknown> & { event: string };

const ERRORS: [string, Expected][] = [
  ['[ERROR] plugin/errors: 2 x.example. AAAA: read udp 10.0.0.4:39191->8.8.8.8:53: i/o timeout', { event: 'upstream-error', level: 'error', plugin: 'errors', qname_id: 'x.example', qtype: 28, upstream: '8.8.8.8:53', reason: 'i/o timeout' }],
  ['[ERROR] plugin/errors: 2 x.example. A: dial tcp 1.1.1.1:853: connect: no route to host', { event: 'upstream-error', upstream: '1.1.1.1:853', reason: 'no route to host' }],
  ['[ERROR] plugin/errors: 2 x.example. A: read udp [fd00::4]:39191->[fd00::a]:53: read: connection refused', { event: 'upstream-error', upstream: '[fd00::a]:53', reason: 'connection refused' }],
  ['[ERROR] plugin/errors: 2 x.example. A: no healthy proxies', { event: 'no-healthy-upstream', upstream: null }],
  ['[ERROR] plugin/errors: 2 x.example. A: concurrent queries exceeded maximum 1000', { event: 'max-concurrent', reason: 'concurrent queries exceeded maximum' }],
  ['[ERROR] plugin/errors: 2 x.example. TYPE65: dns: overflow unpacking uint16', { event: 'upstream-error', qtype: 65, reason: 'malformed message' }],
  ['[ERROR] plugin/errors: 0 x.example. A: plugin/cache: no next plugin found', { event: 'query-error' }],
  ['[ERROR] plugin/errors: 2 a\\"b.example. A: EOF', { event: 'upstream-error', qname_id: 'a"b.example', reason: 'EOF' }],
  ["[WARNING] plugin/errors: 12 errors like '^read udp .* i/o timeout$' occurred in last 5m0s", { event: 'upstream-error-repeated', count: 12, reason: 'i/o timeout', level: 'warning' }],
  ["2 errors like '^read udp .* i/o timeout$' occurred in last 30s", { event: 'upstream-error-repeated', count: 2, level: null }],
  ['[WARNING] 2 example.org. A: read udp 10.0.0.1:53->8.8.8.8:53: i/o timeout', { event: 'upstream-error', upstream: '8.8.8.8:53' }],
  ['19/Apr/2018:04:27:06 +0000 [ERROR 0 google.com. A] plugin/log: no next plugin found', { event: 'query-error', level: 'error', qname_id: 'google.com' }],
]; // prettier-ignore

const LIFE: [string, Expected][] = [
  ['.:53', { event: 'listening', qname_id: '.' }],
  ['tls://example.org.:853 on 169.254.20.10', { event: 'listening', qname_id: 'example.org', upstream: '169.254.20.10:853' }],
  ['CoreDNS-1.14.6', { event: 'version' }],
  ['linux/amd64, go1.26.5, ', { event: 'version' }],
  ['maxprocs: Leaving GOMAXPROCS=2: CPU quota undefined', { event: 'runtime', level: null }],
  ['[INFO] plugin/reload: Running configuration SHA512 = 09fc', { event: 'configuration', plugin: 'reload' }],
  ['[WARNING] No files matching import glob pattern: custom/*.server', { event: 'configuration-warning' }],
  ['[INFO] Reloading', { event: 'reload-started' }],
  ['[INFO] Reloading complete', { event: 'reload-complete' }],
  ['[ERROR] plugin/reload: Corefile changed but reload failed: x', { event: 'reload-failed' }],
  ['[ERROR] Restart failed: listen tcp :53: bind: address already in use', { event: 'reload-failed' }],
  ['[INFO] plugin/health: Going into lameduck mode for 5s', { event: 'lameduck' }],
  ['[WARNING] plugin/health: Local health request to "http://:8080/health" took more than 1s: 1.3s', { event: 'health' }],
  ['[INFO] plugin/ready: Plugins not ready: "kubernetes"', { event: 'ready' }],
  ['[INFO] SIGTERM: Shutting down servers then terminating', { event: 'shutdown' }],
  ['^C[INFO] SIGINT: Shutting down', { event: 'shutdown', level: 'info' }],
  ['[FATAL] plugin/loop: Loop (127.0.0.1:4 -> :53) detected for zone ".", see https://coredns.io', { event: 'loop-detected', level: 'fatal', qname_id: '.' }],
  ['[WARNING] plugin/kubernetes: Kubernetes API connection failure: Get "https://10.0.0.1:443/version": dial tcp 10.0.0.1:443: i/o timeout', { event: 'kubernetes-api', upstream: '10.0.0.1:443', reason: 'i/o timeout' }],
  ['E1015 05:14:46.900314       1 reflector.go:178] Failed to list *v1.Service: dial tcp 10.96.0.1:443: connect: connection refused', { event: 'client-go', level: 'error', upstream: '10.96.0.1:443', reason: 'connection refused' }],
  ['[INFO] plugin/foo: bar', { event: 'plugin', plugin: 'foo', level: 'info' }],
]; // prettier-ignore

const NODELOCAL: [string, Expected][] = [
  ['2023/05/05 09:56:07 [INFO] Added interface - nodelocaldns', { event: 'nodelocal-interface-added' }],
  ['[INFO] Added back nodelocaldns rule - {raw OUTPUT [-p udp -s 169.254.20.10 --sport 53 -j NOTRACK -m comment --comment NodeLocal DNS Cache: skip conntrack]}', { event: 'nodelocal-rule-added', upstream: '169.254.20.10:53' }],
  ['[INFO] Error checking/adding iptables rule {raw OUTPUT [-d 10.96.0.10 -j NOTRACK]}, due to xtables lock in use, retrying in 60', { event: 'nodelocal-rule-failed', upstream: '10.96.0.10', reason: 'xtables lock in use' }],
  ['[ERROR] Failed to add non-existent interface nodelocaldns: operation not permitted', { event: 'nodelocal-interface-failed', reason: 'operation not permitted' }],
  ['[INFO] Starting node-cache image: 1.26.4', { event: 'nodelocal-started' }],
  ['[INFO] Updated Corefile with 0 custom stubdomains and upstream servers /etc/resolv.conf', { event: 'nodelocal-configuration' }],
  ['[WARNING] plugin/forward: no healthy upstreams', { event: 'no-healthy-upstream', reason: 'no healthy proxies' }],
  ['[INFO] Tearing down', { event: 'nodelocal-teardown' }],
  ['[INFO] Hit error during teardown - Link not found', { event: 'nodelocal-teardown' }],
  ['[INFO] Setting up networking for node cache', { event: 'nodelocal-started' }],
]; // prettier-ignore

describe('an event', () => {
  test.each([...ERRORS, ...LIFE, ...NODELOCAL])('%s', async (line, expected) => {
    const row = await readEvent(line);
    expect(row).toMatchObject(expected);
    expect(LOG_EVENTS).toHaveProperty(row.event as string);
  });

  test('carries its whole message, no longer than 2,000 characters', async () => {
    expect((await readEvent(`[ERROR] plugin/foo: ${'y'.repeat(5000)}`)).message).toHaveLength(2000);
  });
});

describe('lines that follow an event', () => {
  test('are its Corefile', async () => {
    const { rows, problems } = await readLog(
      '[INFO] Using config file:\n.:53 {\n    errors\n    cache {\n        success 9984 30\n    }\n}\n.:53 on 169.254.20.10\n',
    );
    expect(problems).toEqual([]);
    expect(rows.log_events!.map(({ event, line }) => [event, line])).toEqual([
      ['nodelocal-configuration', 1],
      ['listening', 8],
    ]);
    expect(rows.log_events![0]!.message).toContain('success 9984 30');
  });

  test('are its stack trace, of its own pod', async () => {
    const trace = [
      '[pod/a/coredns] panic: runtime error: invalid memory address',
      '[pod/b/coredns] [INFO] Reloading',
      '[pod/a/coredns] [signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x1]',
      '[pod/a/coredns] ',
      '[pod/a/coredns] goroutine 51 [running]:',
      '[pod/a/coredns] github.com/coredns/coredns/plugin/forward.(*Forward).ServeDNS(0xc0, {0x1})',
      '[pod/a/coredns] \t/go/src/forward.go:97 +0x1d',
      '[pod/a/coredns] CoreDNS-1.14.6',
    ];
    const { rows, problems } = await readLog(trace.join('\n'));
    expect(problems).toEqual([]);
    const panic = rows.log_events!.find(({ event }) => event === 'panic');
    expect(panic).toMatchObject({ line: 1, stream_id: 'a/coredns', level: 'panic' });
    expect(panic?.message).toMatch(/forward\.go:97/);
    expect(rows.log_events!.map(({ event }) => event)).toContain('version');
  });
});
