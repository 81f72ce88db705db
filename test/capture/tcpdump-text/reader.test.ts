import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { tcpdumpTextReader } from '../../../src/capture/tcpdump-text/index.js';
import { TYPES } from '../../../src/base/registries.js';
import { readBytes } from '../../support/memory-sink.js';
import { read, messages, frames, sniff, QUERY, RESPONSE, T } from './printed-capture.js';

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
    expect(reading.problems.map(({ code }) => code)).toEqual([]);
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
    expect(reading.problems.map(({ code }) => code)).toEqual([]);
    expect(sniff(text)).toBe(1);
  });

  test.each([
    [`IP 10.0.0.1.40000 > 10.96.0.10.53: UDP, length 29`, 'not-decoded', 'not-dns'],
    [`IP 10.0.0.1.40000 > 10.96.0.10.53: 1+[|domain]`, 'cut-message', 'cut'],
    [`IP 10.0.0.1.40000 > 10.96.0.10.53: gibberish`, 'not-a-message', 'not-dns'],
    [`IP 10.0.0.1.40000 -> 10.96.0.10.53: 1+ A? a.example. (27)`, 'unknown-line', 'malformed'],
  ])('%s is told', async (line, code, kind) => {
    const reading = await read(`${T} ${line}\n`);
    expect(reading.problems.map((problem) => problem.code)).toEqual([code]);
    expect(frames(reading)).toEqual({ [kind]: 1 });
    expect(messages(reading)).toEqual([]);
  });

  test('packets that the kernel dropped and lines of no known form are told', async () => {
    const reading = await read(`${T} ${QUERY}what is this\n12 packets dropped by kernel\n`);
    expect(reading.problems).toMatchObject([
      { code: 'unknown-line', position: 'line 2' },
      { code: 'packets-dropped', position: 'line 3' },
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

  test.each([
    ['kubectl logs --prefix', '[pod/debug-7/tcpdump] '],
    ['kubectl logs --timestamps', '2026-11-22T14:50:41.512345678Z '],
    ['a name before the line', 'debug-7 '],
  ])('what %s puts before a line is left out', async (_what, prefix) => {
    const lines = ['14:50:41.500000', '2026-11-22 14:50:41.500000'].map(
      (time) => `${prefix}${time} ${QUERY}`,
    );
    for (const line of lines) {
      const reading = await read(line + line.replace('4660', '4661'));
      expect(messages(reading).map((row) => row.txid)).toEqual([4660, 4661]);
      expect(sniff(line)).toBe(1);
    }
  });

  test('a message whose line a mail broke at a blank is read whole', async () => {
    const reading = await read(
      `${T} IP 10.0.0.1.40000 > 10.96.0.10.53: 4660+ A?\nexample.com. (29)\n${T} IP 10.96.0.10.53 > 10.0.0.1.40000: 4660 1/0/0 A\n192.0.2.7 (75)\n3 packets captured\n`,
    );
    expect(messages(reading).map((row) => [row.qname_id, row.bytes])).toEqual([
      ['example.com', 29],
      ['example.com', 75],
    ]);
    expect(reading.problems).toEqual([]);
  });

  test('a prompt with its command is no line that is missing', async () => {
    const { problems } = await read(`[ec2-user@ip-10-0-1-2 ~]$ sudo tcpdump -i eth0\n${T} ${QUERY}`);
    expect(problems).toEqual([]);
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

test('connections of DNS over TLS are told, as nothing of them is seen', async () => {
  const reading = await readBytes(
    tcpdumpTextReader,
    '10:11:12.000100 IP 10.9.0.3.51844 > 192.0.2.53.853: Flags [S], seq 123, win 64240, options [mss 1460], length 0\n10:11:12.000100 IP 10.9.0.3.51845 > 192.0.2.53.443: Flags [S], seq 123, win 64240, length 0\n',
  );
  expect(reading.problems.filter(({ code }) => code === 'dns-over-tls')).toMatchObject([
    { position: 'frame 1', count: 1, detail: expect.stringContaining('port 853') },
  ]);
});

test.each(['24:00:00.5', '10:60:00.5', '99:99:99.5'])(
  '%s is no time of a day, so that its line is a problem',
  async (time) => {
    const reading = await readBytes(
      tcpdumpTextReader,
      `10:11:12.5 IP 10.9.0.7.40000 > 10.96.0.10.53: 1+ A? a.example. (27)\n${time} IP 10.9.0.7.40000 > 10.96.0.10.53: 1+ A? a.example. (27)\n`,
    );
    expect(reading.rows['messages']).toHaveLength(1);
    expect(reading.problems.find(({ code }) => code === 'unknown-line')).toMatchObject({
      position: 'line 2',
      count: 1,
    });
  },
);
