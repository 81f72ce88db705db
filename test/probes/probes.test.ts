import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseReader } from '../../src/ingest/choose-reader.js';
import { KINDS } from '../../src/ingest/kinds.js';
import { probeReaders } from '../../src/probes/index.js';
import { readBytes } from '../support/memory-sink.js';

const probeReader = probeReaders[0]!;
const read = async (text: string) => (await readBytes(probeReader, text)).rows['probes'] ?? [];
const kindOf = (text: string) => chooseReader(KINDS, Buffer.from(text), 'x')?.kind;

const ANSWER = `; <<>> DiG 9.18.12 <<>> shop.example @10.96.0.10
;; global options: +cmd
;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 4711
;; flags: qr rd ra; QUERY: 1, ANSWER: 0, AUTHORITY: 1, ADDITIONAL: 1

;; OPT PSEUDOSECTION:
; EDNS: version: 0, flags:; udp: 1232
;; QUESTION SECTION:
;shop.example.			IN	AAAA

;; AUTHORITY SECTION:
example.		30	IN	SOA	ns.example. host.example. 1 2 3 4 5

;; Query time: 2004 msec
;; SERVER: 10.96.0.10#53(10.96.0.10) (UDP)
;; WHEN: Tue Mar 03 10:00:00 UTC 2026
;; MSG SIZE  rcvd: 99
`;

describe('dig', () => {
  it('says server, name, type, status, seconds and when', async () => {
    expect(kindOf(ANSWER)).toBe('lookup-tools');
    expect(await read(ANSWER)).toMatchObject([
      {
        line: 1,
        time: BigInt(Date.parse('2026-03-03T10:00:00Z')) * 1_000_000n,
        tool: 'dig',
        server: '10.96.0.10',
        server_port: 53,
        qname: 'shop.example',
        qtype: 'AAAA',
        outcome: 'answered',
        rcode: 'NXDOMAIN',
        answers: 0,
        seconds: 2.004,
        tries: 0,
      },
    ]);
  });

  it.each([
    [
      'before 9.18',
      '; <<>> DiG 9.11.5 <<>> @10.96.0.10 a.example MX\n; (1 server found)\n;; global options: +cmd\n;; connection timed out; no servers could be reached\n',
      { server: '10.96.0.10', qname: 'a.example', qtype: 'MX', outcome: 'timeout', tries: 1 },
    ],
    [
      'from 9.18 on, its tries before its banner',
      ';; communications error to 10.96.0.10#53: timed out\n;; communications error to 10.96.0.10#53: timed out\n;; communications error to 10.96.0.10#53: timed out\n\n; <<>> DiG 9.18.1 <<>> a.example\n;; global options: +cmd\n;; no servers could be reached\n',
      { server: '10.96.0.10', qname: 'a.example', outcome: 'timeout', tries: 3 },
    ],
    [
      'refused',
      ';; communications error to 10.1.0.7#53: connection refused\n; <<>> DiG 9.18.1 <<>> a.example @10.1.0.7\n;; no servers could be reached\n',
      { server: '10.1.0.7', qname: 'a.example', outcome: 'refused' },
    ],
  ])('says that no answer came (%s)', async (_, text, wanted) => {
    expect(kindOf(text)).toBe('lookup-tools');
    const rows = await read(text);
    expect(rows).toMatchObject([{ ...wanted, rcode: null, seconds: null }]);
  });

  it('says an answer after tries without one', async () => {
    expect(await read(`;; communications error to 10.96.0.10#53: timed out\n${ANSWER}`)).toMatchObject([
      { outcome: 'answered', rcode: 'NXDOMAIN', tries: 1 },
    ]);
  });

  it('gives each step of +trace its server and seconds', async () => {
    const text = `; <<>> DiG 9.16.1 <<>> +trace a.example
;; global options: +cmd
.			518400	IN	NS	a.root-servers.net.
;; Received 811 bytes from 10.0.0.2#53(10.0.0.2) in 3 ms

example.		172800	IN	NS	ns1.example.
;; Received 402 bytes from 198.41.0.4#53(a.root-servers.net) in 1204 ms
`;
    expect((await read(text)).map(({ server, seconds, qname }) => [server, seconds, qname])).toEqual([
      ['10.0.0.2', 0.003, 'a.example'],
      ['198.41.0.4', 1.204, 'a.example'],
    ]);
  });

  it('lays a try that timed out to the server that it names, which answered the next try of that step', async () => {
    const text = `$ dig +trace a.example @10.96.0.10
; <<>> DiG 9.18.1 <<>> +trace a.example @10.96.0.10
;; global options: +cmd
.			30	IN	NS	a.root-servers.net.
;; Received 239 bytes from 10.96.0.10#53(10.96.0.10) in 3 ms

;; communications error to 198.41.0.4#53: timed out
example.		172800	IN	NS	ns1.example.
;; Received 402 bytes from 198.41.0.4#53(a.root-servers.net) in 20 ms
`;
    expect((await read(text)).map(({ server, outcome, tries }) => [server, outcome, tries])).toEqual([
      ['10.96.0.10', 'answered', 0],
      ['198.41.0.4', 'answered', 1],
    ]);
  });

  it('of Knot is read too', async () => {
    const text = `;; ->>HEADER<<- opcode: QUERY; status: NOERROR; id: 8451
;; Flags: qr rd ra; QUERY: 1; ANSWER: 1; AUTHORITY: 0; ADDITIONAL: 0

;; QUESTION SECTION:
;; a.example.          		IN	A

;; ANSWER SECTION:
a.example.         	30	IN	A	10.9.8.7

;; Received 45 B
;; Time 2026-03-03 10:00:00 UTC
;; From 10.96.0.10@53(UDP) in 1.2 ms
`;
    expect(kindOf(text)).toBe('lookup-tools');
    expect(await read(text)).toMatchObject([
      {
        tool: 'kdig',
        server: '10.96.0.10',
        qname: 'a.example',
        qtype: 'A',
        rcode: 'NOERROR',
        answers: 1,
        seconds: 0.0012,
      },
    ]);
  });
});

describe('nslookup', () => {
  it.each([
    [
      'an answer',
      'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\nNon-authoritative answer:\nName:\ta.example\nAddress: 10.9.8.7\nName:\ta.example\nAddress: fd00::7\n',
      { server: '10.96.0.10', qname: 'a.example', outcome: 'answered', rcode: 'NOERROR' },
    ],
    [
      'an error',
      "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\n** server can't find a.example: SERVFAIL\n\n",
      { server: '10.96.0.10', qname: 'a.example', outcome: 'answered', rcode: 'SERVFAIL' },
    ],
    [
      "busybox's answer",
      'Server:    10.96.0.10\nAddress 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local\n\nName:      a.example\nAddress 1: 10.9.8.7\n',
      { server: '10.96.0.10', qname: 'a.example', outcome: 'answered' },
    ],
    [
      'a record of another type',
      '$ nslookup -type=txt a.example\n;; Truncated, retrying in TCP mode.\nServer:\t\t127.0.0.53\nAddress:\t127.0.0.53#53\n\nNon-authoritative answer:\na.example\ttext = "v=spf1 -all"\n',
      { server: '127.0.0.53', qname: 'a.example', outcome: 'answered', rcode: 'NOERROR' },
    ],
    [
      "busybox's failure",
      "Server:    10.96.0.10\nAddress 1: 10.96.0.10\n\nnslookup: can't resolve 'a.example'\n",
      { server: '10.96.0.10', qname: 'a.example', outcome: 'failed', rcode: null },
    ],
    [
      'no answer',
      '$ kubectl exec -it busybox -- nslookup a.example 10.96.0.10\n;; connection timed out; no servers could be reached\n\ncommand terminated with exit code 1\n',
      { server: '10.96.0.10', qname: 'a.example', outcome: 'timeout' },
    ],
  ])('says %s', async (_, text, wanted) => {
    expect(kindOf(text)).toBe('lookup-tools');
    expect(await read(text)).toMatchObject([{ tool: 'nslookup', ...wanted }]);
  });
});

describe('host and getent', () => {
  it('host tells one question by its lines', async () => {
    const text =
      'a.example has address 10.9.8.7\na.example has IPv6 address fd00::7\nHost b.example not found: 3(NXDOMAIN)\n';
    expect((await read(text)).map(({ qname, rcode }) => [qname, rcode])).toEqual([
      ['a.example', 'NOERROR'],
      ['b.example', 'NXDOMAIN'],
    ]);
  });

  it('getent is told by its command, with the seconds of time', async () => {
    const text =
      '$ time getent hosts a.example\n10.9.8.7        a.example\n\nreal\t0m5.012s\nuser\t0m0.001s\nsys\t0m0.002s\n';
    expect(kindOf(text)).toBe('lookup-tools');
    expect(await read(text)).toMatchObject([
      { tool: 'getent', qname: 'a.example', server: null, seconds: 5.012 },
    ]);
  });
});

describe('what is none of them', () => {
  it.each([
    [
      'a zone file',
      '$ORIGIN a.example.\n@ 30 IN SOA ns.a.example. host.a.example. 1 2 3 4 5\nwww 30 IN A 10.0.0.1\n',
    ],
    ['an ini file', '; comment\n[main]\nkey = 1\n'],
    ['prose that names dig', 'I ran dig and it took long.\nThen nslookup failed.\n'],
    ['a hosts file', '10.0.0.1 a.example\n10.0.0.2 b.example\n'],
  ])('%s is not taken for one', (_, text) => {
    expect(kindOf(text)).not.toBe('lookup-tools');
  });

  it('no text makes it throw', async () => {
    const lines = fc.constantFrom(
      ...ANSWER.split('\n'),
      'Server: x',
      'real 0m1.0s',
      '$ dig',
      '$ time getent hosts',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(lines, fc.string())), async (text) => {
        await readBytes(probeReader, text.join('\n'));
      }),
      { numRuns: 100 },
    );
  });
});

describe("busybox's nslookup", () => {
  const HEAD = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n';
  const told = async (text: string) =>
    (await read(HEAD + text)).map(({ server, qname, rcode }) => [server, qname, rcode]);

  it('tells each name of the search list', async () => {
    const text =
      "** server can't find db.shop.svc.cluster.local: NXDOMAIN\n\nName:\tdb.svc.cluster.local\nAddress: 10.1.2.3\n\n** server can't find db.cluster.local: SERVFAIL\n";
    expect(await told(text)).toEqual([
      ['10.96.0.10', 'db.shop.svc.cluster.local', 'NXDOMAIN'],
      ['10.96.0.10', 'db.svc.cluster.local', 'NOERROR'],
      ['10.96.0.10', 'db.cluster.local', 'SERVFAIL'],
    ]);
  });

  it('takes "No answer" behind a name that was not found, or was, for its other type', async () => {
    const missing = "** server can't find kube.default: NXDOMAIN\n\n*** Can't find kube.default: No answer\n";
    expect(await told(missing)).toEqual([['10.96.0.10', 'kube.default', 'NXDOMAIN']]);
    const found = "Name:\tdb.example\nAddress: 10.1.2.3\n\n*** Can't find db.example: No answer\n";
    expect(await told(found)).toEqual([['10.96.0.10', 'db.example', 'NOERROR']]);
  });
});
