import * as dnsPacket from 'dns-packet';
import fc from 'fast-check';
import * as p from '../../../fixtures/captures/packets.js';

// Captures of all that matters to a decoder, as fast-check makes them.

const RESPONSE = 0x8000;
const MICROS = 1_000_000;
const START = 1_700_000_000;

const plainName = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a.example', 'b.example', 'WWW.Example', 'x'.repeat(63), '.') },
  { weight: 1, arbitrary: fc.nat(40).map((n) => `n${n}.example`) },
);
const longName = `${'y'.repeat(60)}.`.repeat(4);
const anyName = fc.oneof(
  { weight: 8, arbitrary: plainName },
  { weight: 1, arbitrary: fc.constantFrom(longName, 'a b.example', 'caf\u00e9.example') },
);
const ttl = fc.constantFrom(0, 30, 0x7fffffff, 0x80000001);
const answerWith = (name: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.record({ type: fc.constant('A'), name, ttl, data: fc.constantFrom('192.0.2.1', '192.0.2.2') }),
    fc.record({ type: fc.constant('AAAA'), name, ttl, data: fc.constant('2001:db8::1') }),
    fc.record({ type: fc.constantFrom('CNAME', 'NS', 'PTR'), name, ttl, data: name }),
    fc.record({ type: fc.constant('TXT'), name, ttl, data: fc.constantFrom('short', 'long '.repeat(40)) }),
    fc.record({
      type: fc.constant('MX'),
      name,
      ttl,
      data: fc.record({ preference: fc.nat(9), exchange: name }),
    }),
    fc.record({
      type: fc.constant('SRV'),
      name,
      ttl,
      data: fc.record({ priority: fc.nat(9), weight: fc.nat(9), port: fc.nat(65535), target: name }),
    }),
    fc.record({
      type: fc.constant('SOA'),
      name,
      ttl,
      data: fc.record({
        mname: name,
        rname: name,
        serial: fc.nat(3),
        refresh: fc.nat(9),
        retry: fc.nat(9),
        expire: fc.nat(9),
        minimum: fc.constantFrom(5, 600),
      }),
    }),
  );

const frameWith = (name: fc.Arbitrary<string>) =>
  fc.record({
    id: fc.constantFrom(1, 2, 3),
    names: fc.array(name, { minLength: 1, maxLength: 1 }),
    type: fc.constantFrom('A', 'AAAA'),
    isResponse: fc.boolean(),
    rcode: fc.constantFrom(0, 0, 3, 2),
    answers: fc.array(answerWith(name), { maxLength: 4 }),
    authorities: fc.array(answerWith(name), { maxLength: 2 }),
    options: fc.constantFrom(null, [], [], [{ code: 'COOKIE', data: Buffer.alloc(8) }]),
    client: fc.constantFrom('1', '2'),
    clientPort: fc.constantFrom(40000, 40001),
    serverPort: fc.constantFrom(53, 53, 53, 5353, 8053),
    isV6: fc.boolean(),
    ipId: fc.constantFrom<number>(0, 7),
    hops: fc.constantFrom(62, 63, 64),
    protocol: fc.constantFrom('udp', 'udp', 'udp', 'udp', 'tcp', 'icmp'),
    cut: fc.constantFrom(0, 0, 0, 0, 0, 3, 40),
    padding: fc.constantFrom(0, 0, 6),
    seconds: fc.constantFrom(START, START + 1, START - 1, 0),
    times: fc.constantFrom(1, 1, 2, 3),
    damage: fc.option(fc.tuple(fc.nat(200), fc.nat(255)), { freq: 8 }),
  });
export const frame = frameWith(anyName);
export type Frame = typeof frame extends fc.Arbitrary<infer T> ? T : never;

function payloadOf(given: Frame): Buffer {
  const { id, names, type, isResponse, rcode, answers, authorities, options } = given;
  const opt = { type: 'OPT', name: '.', udpPayloadSize: 1232, extendedRcode: 0, ednsVersion: 0, flags: RESPONSE };
  const message = {
    type: isResponse ? 'response' : 'query',
    id,
    flags: isResponse ? rcode : 0x0100,
    questions: names.map((one) => ({ type, name: one })),
    answers: isResponse ? answers : [],
    authorities: isResponse ? authorities : [],
    additionals: options ? [{ ...opt, options }] : [],
  };
  return dnsPacket.encode(message as unknown as dnsPacket.Packet);
} // prettier-ignore

function packetOf(given: Frame): Buffer {
  const { client, clientPort, serverPort, isV6, isResponse, ipId, hops, protocol } = given;
  const ends = isV6 ? [`fd00::${client}`, 'fd00::a'] : [`10.0.0.${client}`, '10.96.0.10'];
  const [src, dst] = isResponse ? [ends[1]!, ends[0]!] : [ends[0]!, ends[1]!];
  const [from, to] = isResponse ? [serverPort, clientPort] : [clientPort, serverPort];
  const payload = payloadOf(given);
  const inner = protocol === 'tcp' ? p.tcp(from, to, 1, p.framed(payload)) : p.udp(from, to, payload);
  const number = protocol === 'tcp' ? 6 : 17;
  const packet = isV6 ? p.ipv6(src, dst, number, inner, hops) : p.ipv4(src, dst, number, inner, { id: ipId, ttl: hops });
  if (protocol !== 'icmp' || isV6) return packet;
  return p.ipv4('10.0.0.9', src, 1, p.bytesOf([3, 3, 0, 0, 0, 0, 0, 0], packet), { id: 1 });
} // prettier-ignore

const LINKS: Record<string, [number, (etherType: number, packet: Buffer) => Buffer]> = {
  ethernet: [1, (type, packet) => p.ethernet(type, packet)],
  sll: [113, (type, packet) => p.sll(4, type, packet)],
  sll2: [276, (type, packet) => p.sll2(packet[8]! & 3, packet[8]! & 4, type, packet)],
  vlan: [1, (type, packet) => p.ethernet(0x8100, p.vlan(7, type, packet))],
  raw: [101, (_, packet) => packet],
};

const FORMS = ['micro', 'nano', 'modified', 'pcapng'] as const;

/** A capture with these frames behind a link, in a form of file. */
export function captureOf(
  frames: Frame[],
  link: string,
  form: (typeof FORMS)[number],
  bigEndian: boolean,
): Uint8Array {
  const [linkType, wrap] = LINKS[link]!;
  const packets = frames.flatMap((given, i) => {
    const { isV6, cut, padding, damage, seconds, times } = given;
    const whole = p.bytesOf(wrap(isV6 ? 0x86dd : 0x0800, packetOf(given)), Buffer.alloc(padding));
    const bytes = Buffer.from(whole.subarray(0, Math.max(1, whole.length - cut)));
    if (damage) bytes[damage[0] % bytes.length] = damage[1];
    return Array.from({ length: times }, () => ({
      bytes,
      seconds,
      fraction: i * (form === 'nano' ? 1000 : 1),
      length: whole.length,
    }));
  });
  if (form !== 'pcapng') return new Uint8Array(p.pcap(linkType, packets, { form, bigEndian }));
  const ng = p.pcapngBlocks(bigEndian);
  const blocks = packets.map(({ bytes, seconds, fraction, length }) =>
    ng.enhanced(0, BigInt(seconds) * BigInt(MICROS) + BigInt(fraction), bytes, { length, flags: 1 }),
  );
  return new Uint8Array(p.bytesOf(ng.section(), ng.interface(linkType, { name: 'eth0' }), ...blocks));
}

/** Names of LINKS. */
export const link = fc.constantFrom(...Object.keys(LINKS));
export const form = fc.constantFrom(...FORMS);
export const frames = fc.array(frame, { minLength: 1, maxLength: 25 });

/** What WebAssembly reads. */
export const COMMON = {
  protocol: 'udp',
  serverPort: 53,
  cut: 0,
  damage: null,
  options: null,
  seconds: START,
} as const;
export const commonFrames = fc.array(
  frameWith(plainName).map((given): Frame => ({ ...given, ...COMMON })),
  { minLength: 1, maxLength: 40 },
);
