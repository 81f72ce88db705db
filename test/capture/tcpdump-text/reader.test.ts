import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { tcpdumpTextReader } from '../../../src/capture/tcpdump-text/index.js';
import { TYPES } from '../../../src/store/registries.js';
import { readBytes, type Reading } from '../../support/memory-sink.js';

const read = (text: string) => readBytes(tcpdumpTextReader, text);
const messages = (reading: Reading) => reading.rows.messages ?? [];
const answers = (reading: Reading) =>
  (reading.rows.answers ?? []).map((row) => [
    row.section,
    row.position,
    row.name_id,
    row.type,
    row.ttl,
    row.data_id,
  ]);
const frames = (reading: Reading) =>
  Object.fromEntries((reading.rows.frames ?? []).map((row) => [row.kind, Number(row.count)]));
const sniff = (text: string) => tcpdumpTextReader.sniff(new TextEncoder().encode(text), 'x');
const at = (text: string) => BigInt(Date.parse(text)) * 1_000_000n;

const QUERY = 'IP 10.0.0.1.40000 > 10.96.0.10.53: 4660+ A? Example.COM. (29)\n';
const RESPONSE = 'IP 10.96.0.10.53 > 10.0.0.1.40000: 4660 2/0/0 CNAME cdn.example.net., A 192.0.2.7 (75)\n';
const T = '2026-11-22 14:50:41.5';

describe('times', () => {
  test.each([
    ['-tttt', '2026-11-22 14:50:41.518581 ', at('2026-11-22T14:50:41Z') + 518581000n, 'date-no-zone'],
    ['-tt', '1795359041.518581 ', at('2026-11-22T14:50:41Z') + 518581000n, null],
    ['-tt in nanoseconds', '1795359041.518581123 ', at('2026-11-22T14:50:41Z') + 518581123n, null],
    ['default', '14:50:41.518581 ', at('1970-01-01T14:50:41Z') + 518581000n, 'date-unknown'],
    ['-ttttt', ' 00:00:01.000037 ', 1000037000n, 'date-unknown'],
    ['-t', '', 0n, 'date-unknown'],
  ])('%s', async (_option, time, nanos, problem) => {
    const reading = await read(time + QUERY);
    expect(messages(reading)[0]!.time).toBe(nanos);
    expect(reading.problems.map(({ code }) => code)).toEqual(problem ? [problem] : []);
    expect(reading.firstNanos).toBe(problem === 'date-unknown' ? null : nanos);
    expect(sniff(time + QUERY)).toBe(1);
  });

  test('times of day go on behind midnight, and a late packet stays before it', async () => {
    const reading = await read(
      `23:59:59.0 ${QUERY}00:00:01.0 ${QUERY}23:59:59.9 ${QUERY}00:00:02.0 ${QUERY}`,
    );
    expect(messages(reading).map((row) => Number(row.time) / 1e9)).toEqual([86399, 86401, 86399.9, 86402]);
  });

  test('offsets from packet to packet are added up, those from the first packet are not', async () => {
    const offsets = [0, 37, 362, 13, 195, 18];
    const text = offsets.map((n) => ` 00:00:00.${String(n).padStart(6, '0')} ${QUERY}`).join('');
    expect(messages(await read(text)).map((row) => Number(row.time) / 1000)).toEqual([
      0, 37, 399, 412, 607, 625,
    ]);
    const rising = [0, 37, 399, 412, 607, 625]
      .map((n) => ` 00:00:00.${String(n).padStart(6, '0')} ${QUERY}`)
      .join('');
    expect(messages(await read(rising)).map((row) => Number(row.time) / 1000)).toEqual([
      0, 37, 399, 412, 607, 625,
    ]);
  });
});

describe('messages', () => {
  test('a query has its addresses, header and question', async () => {
    const [row] = messages(await read(`${T} ${QUERY}`));
    expect(row).toMatchObject({
      frame: 1,
      interface_id: 0,
      direction: 0,
      tunnel: 0,
      protocol: 0,
      src_id: '10.0.0.1',
      src_port: 40000,
      dst_id: '10.96.0.10',
      dst_port: 53,
      ip_id: null,
      hop_limit: 0,
      txid: 4660,
      flags: 0x100,
      rcode: 0,
      qname_id: 'example.com',
      qtype: 1,
      qclass: 1,
      questions: 1,
      answers: 0,
      authorities: 0,
      additionals: 0,
      edns_size: null,
      bytes: 29,
      min_ttl: null,
    });
  });

  test('a response without its question takes it from its query, and has the same key', async () => {
    const reading = await read(`${T} ${QUERY}${T} ${RESPONSE}`);
    const [query, response] = messages(reading);
    expect(response).toMatchObject({
      flags: 0x8180,
      qname_id: 'example.com',
      qtype: 1,
      answers: 2,
      bytes: 75,
      key: query!.key,
    });
    expect(reading.problems.map(({ code }) => code)).toEqual(['date-no-zone']);
    expect(answers(reading)).toEqual([
      [1, 0, 'example.com', 5, 0, 'cdn.example.net'],
      [1, 1, 'cdn.example.net', 1, 0, '192.0.2.7'],
    ]);
  });

  test('a response whose query is not in the text has no name, and that is said', async () => {
    const reading = await read(`${T} ${RESPONSE}`);
    expect(messages(reading)[0]).toMatchObject({ qname_id: 0, qtype: 0, questions: 1 });
    expect(reading.problems.map(({ code }) => code)).toContain('question-not-printed');
  });

  test.each([
    ['4660 NXDomain*- 0/1/0 (100)', 0x8403, 3],
    ['4660 ServFail 0/0/0 (40)', 0x8082, 2],
    ['4660 Refused- 0/0/0 (40)', 0x8005, 5],
    ['4660| 0/0/0 (40)', 0x8280, 0],
    ['4660*-| 29/0/0 A 192.0.2.1 (40)', 0x8600, 0],
    ['4660$ 0/0/0 (40)', 0x80a0, 0],
    ['4660 BadVers- 0/0/1 (40)', 0x8000, 16],
    ['4660 notify*- 0/0/0 (40)', 0xa400, 0],
    ['4660 Resp20 0/0/0 (40)', 0x8084, 20],
  ])('the header of %s', async (payload, flags, rcode) => {
    const [row] = messages(await read(`${T} IP 10.96.0.10.53 > 10.0.0.1.40000: ${payload}\n`));
    expect(row).toMatchObject({ txid: 4660, flags, rcode });
  });

  test.each([
    ['1% [1au] AAAA? a.example. (38)', 0x10, [1, 0, 0, 1], 28, 1],
    ['1+% A? a.example. (27)', 0x110, [1, 0, 0, 0], 1, 1],
    ['1+ [b2&3=0x182] A? a.example. (27)', 0x182, [1, 0, 0, 0], 1, 1],
    ['1 update [1a] [2n] [1au] SOA? a.example. (90)', 0x2800, [1, 1, 2, 1], 6, 1],
    ['1+ Type65? a.example. (27)', 0x100, [1, 0, 0, 0], 65, 1],
    ['1+ TXT CHAOS? version.bind. (30)', 0x100, [1, 0, 0, 0], 16, 3],
    ['1+ A (Class 42)? a.example. (27)', 0x100, [1, 0, 0, 0], 1, 42],
    ['1+ NS? . (17)', 0x100, [1, 0, 0, 0], 2, 1],
    ['1+ [2q] A? a.example. A? b.example. (40)', 0x100, [2, 0, 0, 0], 1, 1],
  ])('the question of %s', async (payload, flags, counts, qtype, qclass) => {
    const [row] = messages(await read(`${T} IP 10.0.0.1.40000 > 10.96.0.10.53: ${payload}\n`));
    expect([
      row!.flags,
      [row!.questions, row!.answers, row!.authorities, row!.additionals],
      row!.qtype,
      row!.qclass,
    ]).toEqual([flags, counts, qtype, qclass]);
  });

  test('-v gives the identification and TTL of the header line before', async () => {
    const text = `${T} eth0  In  IP (tos 0x0, ttl 63, id 51463, offset 0, flags [DF], proto UDP (17), length 57)\n    10.0.0.1.40000 > 10.96.0.10.53: [udp sum ok] 4660+ A? example.com. (29)\n`;
    const reading = await read(text);
    expect(messages(reading)).toHaveLength(1);
    expect(messages(reading)[0]).toMatchObject({
      hop_limit: 63,
      interface_id: 'eth0',
      direction: 1,
      qname_id: 'example.com',
    });
    expect(messages(reading)[0]!.ip_id).not.toBeNull();
    expect(sniff(text)).toBe(1);
  });

  test('-vvv gives the question, EDNS, TTLs and all sections of a response', async () => {
    const text = `${T} IP6 (hlim 64, next-header UDP (17) payload length: 200) 2001:db8::53.53 > 2001:db8::1.40000: [udp sum ok] 7* q: MX? example.com. 2/1/2 example.com. [5m30s] MX mail.example.com. 10, example.com. [1h] TXT "a, b" "c" ns: example.com. [1d] SOA ns.example.com. root.example.com. 1 2 3 4 5 ar: _x._tcp.example.com. [1w] SRV a.example.com.:80 1 2, . OPT UDPsize=1232 DO [ECS 192.0.2.0/24/0,COOKIE 0011223344556677 8899aabbccddeeff] (190)\n`;
    const reading = await read(text);
    expect(messages(reading)[0]).toMatchObject({
      qname_id: 'example.com',
      qtype: 15,
      hop_limit: 64,
      ip_id: null,
      edns_size: 1232,
      dnssec_ok: true,
      cookie_bytes: 16,
      ecs_id: '192.0.2.0/24',
      min_ttl: 330,
      src_id: '2001:db8::53',
      src_port: 53,
    });
    expect(answers(reading)).toEqual([
      [1, 0, 'example.com', 15, 330, '10 mail.example.com'],
      [1, 1, 'example.com', 16, 3600, '"a, b" "c"'],
      [2, 0, 'example.com', 6, 86400, 'ns.example.com root.example.com 1 2 3 4 5'],
      [3, 0, '_x._tcp.example.com', 33, 604800, '1 2 80 a.example.com'],
    ]);
  });

  test('of a negative answer the smallest TTL is that of its SOA or its MINIMUM', async () => {
    const soa = 'q: A? x.example. 0/1/0 ns: example. [1h] SOA ns.example. root.example. 1 2 3 4 30';
    const [row] = messages(await read(`${T} IP 10.0.0.2.53 > 10.0.0.1.40000: 7 NXDomain ${soa} (90)\n`));
    expect(row).toMatchObject({ min_ttl: 30, rcode: 3 });
  });

  test('a message over TCP is told from segments without one', async () => {
    const flags = 'Flags [P.], seq 1:32, ack 1, win 63, options [nop,nop,TS val 1 ecr 2], length 31';
    const reading = await read(
      `${T} IP 10.0.0.1.40000 > 10.96.0.10.53: Flags [S], seq 1, win 64240, options [mss 1460], length 0\n${T} IP 10.0.0.1.40000 > 10.96.0.10.53: ${flags} 4660+ A? example.com. (29)\n`,
    );
    expect(messages(reading)).toMatchObject([{ frame: 2, protocol: 1, qname_id: 'example.com', bytes: 29 }]);
    expect(frames(reading)).toEqual({ dns: 1, 'dns-segment': 1 });
  });

  test('a TCP segment that tcpdump could not decode is told', async () => {
    const flags = 'Flags [P.], seq 1:75, ack 1, win 63, length 74';
    const reading = await read(
      `${T} IP 10.0.0.1.40000 > 10.96.0.10.53: ${flags} [prefix length(35) != length(72)] (invalid)\n`,
    );
    expect(messages(reading)).toEqual([]);
    expect(reading.problems.map(({ code }) => code)).toEqual(['date-no-zone', 'segment-not-decoded']);
  });

  test('special bytes of a name are escaped as in a capture', async () => {
    const [row] = messages(
      await read(`${T} IP 10.0.0.1.40000 > 10.96.0.10.53: 1+ A? My host\\x.example. (40)\n`),
    );
    expect(row!.qname_id).toBe('my\\032host\\\\x.example');
  });
});

describe('links and tunnels', () => {
  const DNS = '10.0.0.1.40000 > 10.96.0.10.53: 1+ A? a.example. (27)';
  test.each([
    [`eth0  Out IP ${DNS}`, { interface_id: 'eth0', direction: 5 }],
    [
      `?     In  ifindex 5 7e:e4:db:1d:ef:75 ethertype IPv4 (0x0800), length 106: ${DNS}`,
      { interface_id: '5', direction: 1 },
    ],
    [` In ce:10:6d:a9:55:de ethertype IPv4 (0x0800), length 102: ${DNS}`, { interface_id: 0, direction: 1 }],
    [
      `7e:e4:db:1d:ef:75 > 7e:e4:db:1d:ef:76, ethertype IPv4 (0x0800), length 98: ${DNS}`,
      { interface_id: 0, tunnel: 0 },
    ],
    [
      `7e:e4:db:1d:ef:75 > 7e:e4:db:1d:ef:76, ethertype 802.1Q (0x8100), length 98: vlan 5, p 0, ethertype IPv4 (0x0800), ${DNS}`,
      { tunnel: 0 },
    ],
    [`IP 192.0.2.1.50000 > 192.0.2.2.4789: VXLAN, flags [I] (0x08), vni 1\nIP ${DNS}`, { tunnel: 1 }],
    [`IP 192.0.2.1.50000 > 192.0.2.2.6081: Geneve, Flags [none], vni 0xb: IP ${DNS}`, { tunnel: 2 }],
    [`IP 192.0.2.1 > 192.0.2.2: GREv0, length 60: IP ${DNS}`, { tunnel: 3 }],
    [`IP 192.0.2.1 > 192.0.2.2: IP ${DNS}`, { tunnel: 4 }],
    [`PPPoE  [ses 0x1] IP ${DNS}`, { tunnel: 5 }],
    [`MPLS (label 16, tc 0, [S], ttl 254) IP ${DNS}`, { tunnel: 6 }],
  ])('%s', async (line, want) => {
    const reading = await read(`${T} ${line}\n`);
    expect(messages(reading)).toMatchObject([
      { frame: 1, src_id: '10.0.0.1', dst_id: '10.96.0.10', qname_id: 'a.example', ...want },
    ]);
    expect(frames(reading)).toEqual({ dns: 1 });
  });

  test('the packet that an ICMP error quotes is no packet', async () => {
    const text = `${T} IP (tos 0xc0, ttl 64, id 1, offset 0, flags [none], proto ICMP (1), length 85)\n    10.0.0.9 > 10.0.0.1: ICMP 10.0.0.9 udp port 53 unreachable, length 65\n\tIP (tos 0x0, ttl 64, id 2, offset 0, flags [DF], proto UDP (17), length 57)\n    ${DNS}\n`;
    const reading = await read(text);
    expect(messages(reading)).toEqual([]);
    expect(frames(reading)).toEqual({ 'icmp-error-of-dns': 1 });
    expect(reading.problems.map(({ code }) => code)).toEqual(['date-no-zone']);
  });
});

describe('other lines', () => {
  test('packets that are no DNS are counted by kind, and numbers of -# are the frames', async () => {
    const text = `tcpdump: listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 262144 bytes\n    1  ${T} ARP, Request who-has 10.0.0.1 tell 10.0.0.2, length 28\n    2  ${T} IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [S], seq 1, win 1, length 0\n    3  ${T} IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 1, length 64\n    4  ${T} IP 10.0.0.1 > 10.0.0.2: udp\n   17  ${T} ${QUERY}\t0x0000:  4500 0056 c907 4000 4011 a308 c0a8 0371  E..V..@.@......q\n5 packets captured\n5 packets received by filter\n0 packets dropped by kernel\n`;
    const reading = await read(text);
    expect(messages(reading).map((row) => row.frame)).toEqual([17]);
    expect(frames(reading)).toEqual({
      dns: 1,
      'not-ip': 1,
      'other-port': 1,
      'other-protocol': 1,
      fragment: 1,
    });
    expect(reading.problems.map(({ code }) => code)).toEqual(['date-no-zone']);
    expect(sniff(text)).toBe(1);
  });

  test.each([
    [`IP 10.0.0.1.40000 > 10.96.0.10.53: UDP, length 29`, 'not-decoded', 'not-dns'],
    [`IP 10.0.0.1.40000 > 10.96.0.10.53: 1+[|domain]`, 'cut-message', 'cut'],
    [
      `IP 10.0.0.1.40000 > kube-dns.kube-system.svc.53: 1+ A? a.example. (27)`,
      'address-is-a-name',
      'malformed',
    ],
  ])('%s is told', async (line, code, kind) => {
    const reading = await read(`${T} ${line}\n`);
    expect(reading.problems.map((problem) => problem.code)).toEqual(['date-no-zone', code]);
    expect(frames(reading)).toEqual({ [kind]: 1 });
    expect(messages(reading)).toEqual([]);
  });

  test('packets that the kernel dropped and lines of no known form are told', async () => {
    const reading = await read(`${T} ${QUERY}what is this\n12 packets dropped by kernel\n`);
    expect(reading.problems).toMatchObject([
      { code: 'unknown-line', position: 'line 2' },
      { code: 'packets-dropped', position: 'line 3' },
      { code: 'date-no-zone' },
    ]);
  });

  test.each([
    'cpu=0 found=0\n',
    '2026-11-22 14:50:41.5 [INFO] 10.0.0.1:40000 - 1 "A IN a. udp 27 false 512"\n',
    '{"a": 1}\n',
    'nameserver 10.0.0.1\n',
    '',
  ])('%j is not tcpdump text', (text) => {
    expect(sniff(text)).toBeLessThan(0.5);
  });
});

describe('any input', () => {
  const label = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_'), minLength: 1, maxLength: 12 });
  const printable = Object.entries(TYPES).filter(([code]) => Number(code) !== 41);

  test('every query comes back as it was printed', async () => {
    const query = fc.record({
      txid: fc.nat(65535),
      name: fc.array(label, { minLength: 1, maxLength: 5 }),
      type: fc.constantFrom(...printable),
      port: fc.integer({ min: 1024, max: 65535 }),
      bytes: fc.nat(512),
      rd: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(query, { minLength: 1, maxLength: 10 }), async (queries) => {
        const text = queries
          .map(
            (q) =>
              `${T} IP 10.0.0.1.${q.port} > 10.96.0.10.53: ${q.txid}${q.rd ? '+' : ''} ${q.type[1]}? ${q.name.join('.')}. (${q.bytes})\n`,
          )
          .join('');
        expect(
          messages(await read(text)).map((row) => [
            row.txid,
            row.qname_id,
            row.qtype,
            row.src_port,
            row.bytes,
            row.flags,
          ]),
        ).toEqual(
          queries.map((q) => [
            q.txid,
            q.name.join('.').toLowerCase(),
            Number(q.type[0]),
            q.port,
            q.bytes,
            q.rd ? 0x100 : 0,
          ]),
        );
      }),
    );
  });

  test('any lines are read to their end, the same however they are cut', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        `${T} `,
        'IP ',
        QUERY,
        RESPONSE,
        '    ',
        '(tos 0x0, ttl 1, id 2, length 3)\n',
        '10.0.0.1.53 > 10.0.0.2.53: ',
        '1 2/0/0 A, ',
        'VXLAN, flags [I] (0x08), vni 1\n',
        '[|domain]',
        '. OPT UDPsize=99999 [',
        '"',
        '\t',
        '\n',
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 40 }),
        fc.integer({ min: 1, max: 60 }),
        async (pieces, step) => {
          const all = new TextEncoder().encode(pieces.join(''));
          const parts = Array.from({ length: Math.ceil(all.length / step) }, (_, i) =>
            all.slice(i * step, (i + 1) * step),
          );
          expect(await readBytes(tcpdumpTextReader, parts)).toEqual(await readBytes(tcpdumpTextReader, all));
          const share = tcpdumpTextReader.sniff(all, 'x');
          expect(share >= 0 && share <= 1).toBe(true);
        },
      ),
    );
  });
});
