import * as dnsPacket from 'dns-packet';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as p from '../../fixtures/captures/packets.js';
import { pcapngReader, pcapReader } from '../../src/capture/index.js';
import { readBytes } from '../support/memory-sink.js';

const START = 1_700_000_000;

/** One exchange's half, and how it travels. */
const sent = fc.record({
  id: fc.nat(65535),
  port: fc.integer({ min: 1024, max: 65535 }),
  isResponse: fc.boolean(),
  name: fc.array(fc.stringMatching(/^[a-z0-9_-]{1,30}$/), { minLength: 1, maxLength: 5 }),
  type: fc.constantFrom('A' as const, 'AAAA' as const, 'TXT' as const),
  isV6: fc.boolean(),
  travels: fc.constantFrom('udp', 'fragments', 'tcp', 'tcp in segments'),
  cuts: fc.array(fc.nat(1000), { maxLength: 3 }),
});
type Sent = typeof sent extends fc.Arbitrary<infer T> ? T : never;

/** What an IP packet may lie in, inside Ethernet: the EtherType that follows, and the bytes. */
const TUNNELS: Record<string, (etherType: number, packet: Buffer) => Buffer> = {
  none: (type, packet) => p.ethernet(type, packet),
  vlan: (type, packet) => p.ethernet(0x8100, p.vlan(7, type, packet)),
  qinq: (type, packet) => p.ethernet(0x88a8, p.vlan(7, 0x8100, p.vlan(8, type, packet))),
  vxlan: (type, packet) => underlay(17, p.vxlan(p.ethernet(type, packet))),
  geneve: (type, packet) => underlay(17, p.geneve(p.ethernet(type, packet))),
  gre: (type, packet) => underlay(47, p.gre(type, packet)),
};
const underlay = (protocol: number, payload: Buffer) =>
  p.ethernet(0x0800, p.ipv4('192.168.0.1', '192.168.0.2', protocol, payload));

/** Link types: the number, and what stands before an IP packet. */
const LINKS: [number, (etherType: number, packet: Buffer) => Buffer][] = [
  [12, (_, packet) => packet],
  [101, (_, packet) => packet],
  [108, (type, packet) => p.bytesOf([0, 0, 0, type === 0x0800 ? 2 : 10], packet)],
  [113, (type, packet) => p.sll(0, type, packet)],
  [276, (type, packet) => p.sll2(3, 4, type, packet)],
];

const link = fc.oneof(
  fc.constantFrom(...LINKS),
  fc.constantFrom(...Object.values(TUNNELS)).map((wrap): [number, typeof wrap] => [1, wrap]),
);

type Write = (linkType: number, packets: Buffer[]) => Buffer;
const pcapForms = (['micro', 'nano', 'modified'] as const).flatMap((form) =>
  [false, true].map((bigEndian): Write => {
    const unit = form === 'nano' ? 1000 : 1;
    return (linkType, packets) => {
      const timed = packets.map((bytes, i) => ({ bytes, seconds: START + i, fraction: i * unit }));
      return p.pcap(linkType, timed, { form, bigEndian });
    };
  }),
);
const pcapngForms = [6, 9].flatMap((resolution) =>
  [false, true].map((bigEndian): Write => {
    const ng = p.pcapngBlocks(bigEndian);
    const unit = 10n ** BigInt(resolution - 6);
    const ticks = (i: number) => (BigInt(START + i) * 1_000_000n + BigInt(i)) * unit;
    return (linkType, packets) =>
      p.bytesOf(
        ng.section(),
        ng.interface(linkType, { resolution }),
        ...packets.map((bytes, i) => ng.enhanced(0, ticks(i), bytes)),
      );
  }),
);
const writer = fc.constantFrom(...pcapForms, ...pcapngForms);

test('what is sent is read back, whatever file, link, tunnel, fragments and segments it travels in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sent, { maxLength: 8 }), link, writer, async (all, [linkType, wrap], write) => {
      const packets: Buffer[] = [];
      const expected = all.map((one, i) => {
        const own = packetsOf(one, i).map((packet) => wrap(one.isV6 ? 0x86dd : 0x0800, packet));
        packets.push(...own);
        return rowOf(one, packets.length);
      });
      const bytes = new Uint8Array(write(linkType, packets));
      const reader = pcapReader.sniff(bytes, 'x') > 0 ? pcapReader : pcapngReader;
      const { rows, problems, incomplete } = await readBytes(reader, bytes);
      expect({ problems, incomplete }).toEqual({ problems: [], incomplete: null });
      expect(rows.messages ?? []).toMatchObject(expected);
    }),
    { numRuns: 300 },
  );
});

function rowOf(one: Sent, frame: number) {
  const [src_id, dst_id] = addresses(one);
  const [src_port, dst_port] = ports(one);
  return {
    frame,
    time: BigInt(START + frame - 1) * 1_000_000_000n + BigInt(frame - 1) * 1000n,
    protocol: one.travels.startsWith('tcp') ? 1 : 0,
    txid: one.id,
    qname_id: one.name.join('.'),
    qtype: { A: 1, AAAA: 28, TXT: 16 }[one.type],
    flags: one.isResponse ? 0x8000 : 0,
    src_id,
    src_port,
    dst_id,
    dst_port,
  };
}

/** The IP packets of one message; each message on TCP is a connection of its own. */
function packetsOf(one: Sent, number: number): Buffer[] {
  const { id, isResponse, name, type, travels, cuts } = one;
  const questions = [{ type, name: name.join('.') }];
  const payload = dnsPacket.encode({ type: isResponse ? 'response' : 'query', id, questions });
  const [from, to] = ports(one);
  if (!travels.startsWith('tcp')) {
    const datagram = p.udp(from, to, payload);
    return travels === 'udp' ? [packet(one, 17, datagram)] : fragments(one, datagram, number);
  }
  const stream = p.framed(payload);
  const places = travels === 'tcp' ? [] : cuts.map((cut) => cut % stream.length).filter((at) => at > 0);
  const bounds = [0, ...[...new Set(places)].sort((a, b) => a - b), stream.length];
  const first = 1 + number * 100_000;
  const opening = packet(one, 6, p.tcp(from, to, first - 1, Buffer.alloc(0), 2));
  const segments = bounds
    .slice(1)
    .map((end, i) => packet(one, 6, p.tcp(from, to, first + bounds[i]!, stream.subarray(bounds[i], end))));
  return [opening, ...segments];
}

function packet(one: Sent, protocol: number, payload: Buffer): Buffer {
  const [src, dst] = addresses(one);
  return one.isV6 ? p.ipv6(src, dst, protocol, payload) : p.ipv4(src, dst, protocol, payload);
}

function fragments(one: Sent, datagram: Buffer, id: number): Buffer[] {
  const size = 16;
  const count = Math.ceil(datagram.length / size);
  const [src, dst] = addresses(one);
  return Array.from({ length: count }, (_, i) => {
    const offset = i * size;
    const more = i < count - 1;
    const part = datagram.subarray(offset, offset + size);
    return one.isV6
      ? p.ipv6(src, dst, 44, p.fragmentHeader(17, id, offset, more, part))
      : p.ipv4(src, dst, 17, part, { id, offset, more });
  });
}

function addresses({ isV6, isResponse }: Sent): [string, string] {
  const [client, server] = isV6 ? ['fd00::1', 'fd00::2'] : ['10.0.0.1', '10.0.0.2'];
  return isResponse ? [server!, client!] : [client!, server!];
}

function ports({ port, isResponse }: Sent): [number, number] {
  return isResponse ? [53, port] : [port, 53];
}
