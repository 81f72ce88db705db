import { describe, expect, test } from 'vitest';
import { corednsLog } from './support/read-log.js';

const QUERY = '[INFO] 10.1.2.3:40000 - 7 "A IN a.example. udp 45 false 1232" NOERROR qr,rd,ra 138 0.0001s\n';
const sniff = (text: string) => corednsLog.sniff(new TextEncoder().encode(text), 'x');

describe('a log is told by its lines', () => {
  test.each([
    ['query lines', QUERY],
    ['a start', 'maxprocs: Leaving GOMAXPROCS=2\n.:53\nCoreDNS-1.14.6\n'],
    ['rules', '[INFO] Added back nodelocaldns rule - {raw OUTPUT [-j NOTRACK]}\n'],
    ['an answer of CloudWatch', JSON.stringify({ events: [{ timestamp: 1767323045123, message: QUERY }] })],
  ])('%s', (_, text) => {
    expect(sniff(text)).toBeGreaterThan(0.9);
  });

  test('of which the head holds the last only in part', () => {
    expect(sniff(QUERY.repeat(1000).slice(0, 65536))).toBeGreaterThan(0.9);
  });

  test('half of which may be of another program', () => {
    expect(sniff(`${QUERY}hello\n${QUERY}world\n`)).toBeCloseTo(0.5);
  });
});

describe('no log of CoreDNS is', () => {
  test.each([
    ['nothing', ''],
    ["external-dns's log", 'time="2026-01-02T03:04:05Z" level=info msg="Desired change: CREATE a.example A [Id: /hostedzone/Z1]"\n'],
    ["external-dns's log in JSON", '{"level":"info","msg":"Desired change: CREATE a.example A","time":"2026-01-02T03:04:05Z"}\n'],
    ['conntrack -S', 'cpu=0   \tfound=0 invalid=0 insert=0 insert_failed=19 drop=19\n'],
    ['a Corefile', '.:53 {\n    errors\n    forward . /etc/resolv.conf\n}\n'],
    ['resolv.conf', 'search default.svc.cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n'],
    ['text of tcpdump', '03:04:05.123456 IP 10.1.2.3.40000 > 10.96.0.10.53: 7+ A? a.example. (27)\n'],
    ['kubectl get -o json', '{\n  "apiVersion": "v1",\n  "items": [\n    {"kind": "Pod"}\n  ]\n}\n'],
    ['bytes', '\u0000\u0001\u0002\ufffd'],
  ])('%s', (_, text) => {
    expect(sniff(text)).toBe(0);
  }); // prettier-ignore
});
