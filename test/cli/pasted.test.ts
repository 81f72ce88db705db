import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dnslens, temporaryFolder } from '../support/cli.js';

/** Lines of a capture at CoreDNS whose upstreams never answer, each behind its time by `stamp`. */
function silentUpstream(stamp: (seconds: number) => string): string {
  const lines: [number, string][] = [];
  for (let i = 0; i < 14; i++) {
    const at = 86390 + i * 7.3;
    const pod = `10.4.1.${i % 3}`;
    const add = (after: number, text: string) => lines.push([at + after, `eth0  ${text}`]);
    add(0, `In  IP ${pod}.${40000 + i}0 > 10.4.0.5.53: ${100 + i}+ A? db.shop.svc.cluster.local. (43)`);
    add(0.0004, `Out IP 10.4.0.5.53 > ${pod}.${40000 + i}0: ${100 + i}*- 1/0/0 A 10.9.7.7 (84)`);
    add(0.01, `In  IP ${pod}.${50000 + i} > 10.4.0.5.53: ${200 + i}+ A? pay${i}.example.com. (36)`);
    add(0.0103, `Out IP 10.4.0.5.${30000 + i} > 192.0.2.53.53: ${200 + i}+ A? pay${i}.example.com. (36)`);
    add(2.0103, `Out IP 10.4.0.5.${31000 + i} > 192.0.2.54.53: ${200 + i}+ A? pay${i}.example.com. (36)`);
    add(4.011, `Out IP 10.4.0.5.53 > ${pod}.${50000 + i}: ${200 + i} ServFail 0/0/0 (36)`);
  }
  return lines.map(([at, text]) => `${stamp(at)}${text.replaceAll(/(\d{5})0( >|:)/g, '$1$2')}\n`).join('');
}

const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
const micros = (seconds: number) => (seconds % 60).toFixed(6).padStart(9, '0');
const clock = (s: number) => `${two((s / 3600) % 24)}:${two((s / 60) % 60)}:${micros(s)} `;
const dated = (s: number) => `2026-03-${s < 86400 ? '04' : '05'} ${clock(s)}`;

function run(text: string): { rows: unknown; report: string } {
  const folder = temporaryFolder();
  const path = join(folder, 'paste.txt');
  const db = join(folder, 'x.duckdb');
  writeFileSync(path, text);
  expect(dnslens(['ingest', path, '--db', db]).code).toBe(0);
  const causes = "select cause, verdict from causes where verdict not in ('no_evidence') order by cause";
  const lookups = 'select name, round(seconds, 3), outcome, cause from lookups order by lookup_id';
  const rows = [causes, lookups].map((sql) => dnslens(['sql', sql, '--db', db, '--csv']).stdout);
  return { rows, report: dnslens(['report', '--db', db]).stdout };
}

describe('times as tcpdump prints them', () => {
  test('the same packets have the same verdicts with and without dates, across midnight', () => {
    const withDates = run(silentUpstream(dated));
    expect(withDates.rows).toMatchObject([
      expect.stringContaining('upstream-silent,confirmed'),
      expect.anything(),
    ]);
    const without = run(silentUpstream(clock));
    expect(without.rows).toEqual(withDates.rows);
    expect(without.report).not.toContain('1970');
  });

  test('without any time nothing is called slow or quick', () => {
    const { rows, report } = run(silentUpstream(() => ''));
    expect(rows).toMatchObject([
      expect.not.stringMatching(/(?:upstream-slow|coredns-overloaded),ruled_out/),
      expect.anything(),
    ]);
    expect(report).toMatch(/cannot be told: the\s+capture tells no times/);
    expect(report).not.toMatch(/was slow/);
  });
});

test('names in the place of addresses are clients, and the pods of kubectl where they are known', () => {
  const folder = temporaryFolder();
  const db = join(folder, 'x.duckdb');
  const dump = join(folder, 'dump.txt');
  const pods = join(folder, 'pods.json');
  writeFileSync(
    dump,
    '09:00:01.0 IP web-0.41001 > kube-dns.kube-system.svc.cluster.local.domain: 5+ A? a.example. (27)\n' +
      '09:00:01.1 IP kube-dns.kube-system.svc.cluster.local.domain > web-0.41001: 5 0/0/0 (27)\n' +
      '09:00:02.0 IP other.41001 > kube-dns.kube-system.svc.cluster.local.domain: 6+ A? a.example. (27)\n',
  );
  const pod = {
    kind: 'Pod',
    metadata: { name: 'web-0', namespace: 'shop' },
    status: { podIP: '10.4.1.9', phase: 'Running' },
  };
  writeFileSync(
    pods,
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', ...pod }] }),
  );
  expect(dnslens(['ingest', dump, pods, '--db', db]).code).toBe(0);
  const clients = dnslens([
    'sql',
    'select client, pod from clients order by client',
    '--db',
    db,
    '--csv',
  ]).stdout;
  expect(clients.trim().split(/\r?\n/).slice(1)).toEqual(['10.4.1.9,web-0', 'other,']);
});

test('a transcript is read part by part, each with its own line numbers', () => {
  const folder = temporaryFolder();
  const db = join(folder, 'x.duckdb');
  const path = join(folder, 'transcript.txt');
  writeFileSync(
    path,
    '> $ cat /etc/resolv.conf\n> nameserver 10.9.0.10\n> search shop.svc.cluster.local\n' +
      '> $ kubectl logs coredns-1\n> [INFO] 10.4.1.2:53157 - 7 "A IN a.example. udp 30 false 512" NOERROR qr,rd,ra 60 0.001s\n',
  );
  const { stdout } = dnslens(['ingest', path, '--db', db]);
  expect(stdout).toContain('a resolv.conf');
  expect(dnslens(['sql', 'select line from log_queries', '--db', db, '--csv']).stdout).toMatch(
    /^line\r?\n5\r?\n$/,
  );
  expect(dnslens(['ingest', path, '--db', db]).stdout).toContain('0 inputs read, 2 known already');
});

test('whatever kinds were read are among what was looked at, and a Corefile in a ConfigMap is one', () => {
  const folder = temporaryFolder();
  const inputs = {
    'dmesg.txt': '[ 1054.863739] nf_conntrack: table full, dropping packet\n',
    'flows.txt':
      'udp 17 29 src=10.9.1.7 dst=10.96.0.10 sport=40961 dport=53 [UNREPLIED] src=10.9.0.3 dst=10.9.1.7 sport=53 dport=40961 mark=0 use=1\n',
    'events.txt':
      'LAST SEEN   TYPE      REASON      OBJECT          MESSAGE\n2m          Warning   Unhealthy   pod/coredns-1   Readiness probe failed: HTTP probe failed with statuscode: 503\n',
    'hubble.txt':
      'May 14 22:45:49.859: shop/app-a:34850 (ID:1) -> kube-system/coredns-1:53 (ID:2) dns-request proxy FORWARDED (DNS Query db.example. A)\n',
    'cm.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns\n  namespace: kube-system\ndata:\n  Corefile: |\n    .:53 {\n        errors\n        forward . 192.0.2.53\n    }\n',
  };
  for (const [name, text] of Object.entries(inputs)) writeFileSync(join(folder, name), text);
  const db = join(folder, 'x.duckdb');
  expect(dnslens(['ingest', ...Object.keys(inputs), '--db', db], { cwd: folder }).code).toBe(0);
  const report = dnslens(['report', '--db', db]).stdout.replaceAll(/\s+/g, ' ');
  expect(report).toContain(
    'Looked at 1 configuration file, 1 cluster object and 4 other files (conntrack flows, hubble lines, kernel log, kubectl events).',
  );
  expect(report).toMatch(/Not collected: captures, server logs, conntrack counters\./);
});

test('what ICMP says of a server is told also where no answer was captured, which names nobody else', () => {
  const { rows, report } =
    run(`10:11:12.000100 IP 10.9.1.7.40961 > 10.96.0.10.53: 4021+ A? api.shop.example. (34)
10:11:12.000300 IP 10.96.0.10 > 10.9.1.7: ICMP 10.96.0.10 udp port 53 unreachable, length 70
10:11:17.000100 IP 10.9.1.7.40961 > 10.96.0.10.53: 4021+ A? api.shop.example. (34)
10:11:17.000300 IP 10.96.0.10 > 10.9.1.7: ICMP 10.96.0.10 udp port 53 unreachable, length 70
`);
  expect(rows).toMatchObject([expect.stringContaining('no-ready-server,possible'), expect.anything()]);
  expect(report.replaceAll(/\s+/g, ' ')).toContain(
    '2 ICMP errors say that nobody listens on the DNS port of 10.96.0.10:',
  );
});
