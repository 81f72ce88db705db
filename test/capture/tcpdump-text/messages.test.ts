import { describe, expect, test } from 'vitest';
import { read, messages, answers, frames, sniff, QUERY, RESPONSE, T } from './printed-capture.js';

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
    expect(reading.problems.map(({ code }) => code)).toEqual([]);
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
    expect(reading.problems.map(({ code }) => code)).toEqual(['segment-not-decoded']);
  });

  test('special bytes of a name are escaped as in a capture', async () => {
    const [row] = messages(
      await read(`${T} IP 10.0.0.1.40000 > 10.96.0.10.53: 1+ A? My host\\x.example. (40)\n`),
    );
    expect(row!.qname_id).toBe('my\\032host\\\\x.example');
  });
});
