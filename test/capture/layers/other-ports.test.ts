import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, ethernet, ipv4, pcap, tcp, udp } from '../../../fixtures/captures/packets.js';
import { pcapReader } from '../../../src/capture/index.js';
import { readBytes } from '../../support/memory-sink.js';

const label = (text: string) => [text.length, ...Buffer.from(text)];
const question = (name: string[], type = 1) => [...name.flatMap(label), 0, 0, type, 0, 1];
const QUERY = bytesOf([0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0], question(['web', 'example']));
const NEGATIVE = bytesOf([0x12, 0x34, 0x81, 0x83, 0, 1, 0, 0, 0, 0, 0, 0], question(['web', 'example']));

const from = (dst: string, ports: [number, number], payload: Uint8Array) =>
  ipv4('10.1.0.7', dst, 17, udp(...ports, payload));
const SERVER = '10.1.0.2';

async function read(...packets: Uint8Array[]) {
  const { rows, problems } = await readBytes(pcapReader, new Uint8Array(pcap(101, packets)));
  const said = problems.map(({ code, detail, count }) => ({ code, count, detail }));
  const kinds = Object.fromEntries(rows['frames']!.map(({ kind, count }) => [kind, Number(count)]));
  return { messages: rows['messages'] ?? [], icmp: rows['icmp_errors'] ?? [], kinds, said };
}

describe('on ports that are not read', () => {
  it('DNS is told by its form, read, and the port said', async () => {
    const { messages, said } = await read(
      from(SERVER, [4000, 5353], QUERY),
      ipv4(SERVER, '10.1.0.7', 17, udp(5353, 4000, NEGATIVE)),
    );
    expect(messages).toMatchObject([
      { dst_port: 5353, qname_id: 'web.example' },
      { src_port: 5353, rcode: 3 },
    ]);
    expect(said).toMatchObject([
      { code: 'dns-on-other-port', count: 2, detail: expect.stringContaining('5353') },
    ]);
  });

  it('a leg behind the translation of the port has the key of the one before it', async () => {
    const { messages } = await read(from('10.96.0.10', [4000, 53], QUERY), from(SERVER, [4000, 5353], QUERY));
    expect(new Set(messages.map(({ key }) => key)).size).toBe(1);
  });

  it('an ICMP error that quotes DNS found there is read', async () => {
    const query = from(SERVER, [4000, 5353], QUERY);
    const error = ipv4(SERVER, '10.1.0.7', 1, bytesOf([3, 3, 0, 0, 0, 0, 0, 0], query));
    expect((await read(query, error)).icmp).toMatchObject([
      { quoted_dst_port: 5353, qname_id: 'web.example' },
    ]);
  });

  it.each([
    ['multicast DNS', 5353, '224.0.0.251'],
    ['LLMNR', 5355, '224.0.0.252'],
  ])('%s is counted apart', async (_, port, group) => {
    const { messages, kinds, said } = await read(from(group, [port, port], QUERY));
    expect({ messages, kinds, said }).toEqual({ messages: [], kinds: { 'multicast-dns': 1 }, said: [] });
  });

  const changed = (at: number, value: number) =>
    Uint8Array.from(QUERY, (byte, i) => (i === at ? value : byte));
  it.each([
    ['an opcode of its own', changed(2, 0x29)],
    ['an rcode in a query', changed(3, 2)],
    ['two questions', changed(5, 2)],
    ['an answer in a query', changed(7, 1)],
    ['a name that no host has', changed(14, 0)],
    ['a label longer than the payload', changed(12, 60)],
    ['a type that none knows', changed(QUERY.length - 3, 200)],
    ['a class that is not IN', changed(QUERY.length - 1, 7)],
    ['more behind its end', bytesOf(QUERY, [1, 2, 3])],
  ])('%s is no DNS', async (_, payload) => {
    expect((await read(from(SERVER, [4000, 9999], payload))).messages).toEqual([]);
  });

  it('chance makes no messages', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 17, maxLength: 60 }), async (payload) => {
        payload.set([0, 1], 4);
        expect((await read(from(SERVER, [4000, 9999], payload))).messages).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('DNS over TLS is said', async () => {
    const hello = bytesOf([22, 3, 1, 2, 0], new Uint8Array(40));
    const { said } = await read(ipv4('10.1.0.7', SERVER, 6, tcp(4000, 853, 1, hello)));
    expect(said).toMatchObject([{ code: 'dns-over-tls', detail: expect.stringContaining('853') }]);
  });

  it('DNS over QUIC is said, by server', async () => {
    const initial = bytesOf([0xc3, 0, 0, 0, 1, 8], new Uint8Array(60));
    const other = bytesOf([0xc3, 9, 9, 9, 9, 8], new Uint8Array(60));
    const { said, messages } = await read(
      from(SERVER, [4000, 853], initial),
      from(SERVER, [4000, 853], other),
    );
    expect(said).toMatchObject([{ code: 'dns-over-quic', count: 1 }]);
    expect(messages).toEqual([]);
  });

  it('DNS over TCP is told by its form where a segment holds a message, and read', async () => {
    const framed = (message: Uint8Array) => bytesOf([0, message.length], message);
    const { messages, said, kinds } = await read(
      ipv4('10.1.0.7', SERVER, 6, tcp(4000, 5353, 1, framed(QUERY))),
      ipv4(SERVER, '10.1.0.7', 6, tcp(5353, 4000, 1, framed(NEGATIVE))),
      ipv4('10.1.0.7', SERVER, 6, tcp(4000, 5353, 40, bytesOf([0, QUERY.length + 1], QUERY))),
    );
    expect(messages).toMatchObject([
      { dst_port: 5353, protocol: 1, qname_id: 'web.example' },
      { src_port: 5353, protocol: 1, rcode: 3 },
    ]);
    expect(kinds).toEqual({ dns: 2, 'other-port': 1 });
    expect(said).toMatchObject([
      { code: 'dns-on-other-port', count: 2, detail: expect.stringContaining('TCP port 5353') },
    ]);
  });

  it('DNS over HTTPS is said of a public resolver, and of no other site', async () => {
    const data = bytesOf([23, 3, 3, 0, 40], new Uint8Array(40));
    const { said } = await read(
      ipv4('10.1.0.7', '9.9.9.9', 6, tcp(4000, 443, 1, data)),
      ipv4('9.9.9.9', '10.1.0.7', 6, tcp(443, 4000, 1, data)),
      ipv4('10.1.0.7', '203.0.113.7', 6, tcp(4000, 443, 1, data)),
    );
    expect(said).toMatchObject([
      { code: 'dns-over-https', count: 2, detail: expect.stringContaining('9.9.9.9') },
    ]);
  });

  const inner = ethernet(0x0800, from(SERVER, [4000, 53], QUERY));
  const wireguard = bytesOf([4, 0, 0, 0], new Uint8Array(28));
  it.each([
    [
      'VXLAN on a port of its own',
      'VXLAN on UDP port 4788',
      ipv4('10.0.0.1', '10.0.0.2', 17, udp(4000, 4788, bytesOf([8, 0, 0, 0, 0, 0, 42, 0], inner))),
    ],
    ['WireGuard', 'WireGuard', ipv4('10.0.0.1', '10.0.0.2', 17, udp(51820, 51820, wireguard))],
    ['IPsec', 'IPsec', ipv4('10.0.0.1', '10.0.0.2', 50, new Uint8Array(40))],
  ])('%s is a tunnel that is not opened, and said so', async (_, words, packet) => {
    expect((await read(packet)).said).toMatchObject([
      { code: 'tunnel-not-opened', detail: expect.stringContaining(words) },
    ]);
  });
});
