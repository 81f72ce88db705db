import fc from 'fast-check';
import dnsPacket from 'dns-packet';
import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  ethernet,
  extension,
  framed,
  ipv4,
  ipv6,
  sll,
  sll2,
  tcp,
  udp,
  vlan,
  vxlan,
} from '../../../fixtures/captures/packets.js';
import type { CopiedFrame } from '../../../src/capture/files/copy-frames.js';
import { formatAddress } from '../../../src/base/address.js';
import { KEPT_LABELS } from '../../../src/redact/kept-labels.js';
import { checksum } from '../../../src/redact/packets/byte-list.js';
import { FramePseudonyms } from '../../../src/redact/packets/frame.js';
import { Pseudonyms } from '../../../src/redact/pseudonyms.js';

const pseudonyms = new Pseudonyms(new Uint8Array(32).fill(7));
const frames = new FramePseudonyms(pseudonyms);

const [CLIENT, SERVER] = ['10.44.3.9', '10.96.0.10'];
const query = (name = 'vault.acme-bank.example'): Buffer =>
  dnsPacket.encode({
    type: 'query',
    id: 4660,
    flags: dnsPacket.RECURSION_DESIRED,
    questions: [{ type: 'A', name }],
  });
const packet = (message: Uint8Array) => ipv4(CLIENT, SERVER, 17, udp(40123, 53, message));
const frame = (bytes: Uint8Array, more: Partial<CopiedFrame> = {}): CopiedFrame => ({
  frame: 3,
  seconds: 1_800_000_000,
  nanos: 5,
  interface: '',
  direction: 0,
  linkType: 101,
  wireLength: bytes.length,
  bytes,
  ...more,
});
const redacted = (bytes: Uint8Array, more: Partial<CopiedFrame> = {}): CopiedFrame => {
  const shown = frames.redact(frame(bytes, more));
  if (typeof shown === 'string') throw new Error(shown);
  return shown;
};
/** The message of a packet without a link header. */
const messageOf = (bytes: Uint8Array, headers = 28) => dnsPacket.decode(Buffer.from(bytes.subarray(headers)));
const name = (text: string) => pseudonyms.redact('name', text);
const address = (text: string) => pseudonyms.redact('address', text);

describe('a frame with pseudonyms', () => {
  it('has those of the redacted database, and what a query is told by besides', () => {
    const { bytes } = redacted(packet(query()));
    const { id, flags, questions } = messageOf(bytes);
    expect({ id, flags, questions }).toEqual({
      id: 4660,
      flags: dnsPacket.RECURSION_DESIRED,
      questions: [{ type: 'A', class: 'IN', name: name('vault.acme-bank.example') }],
    });
    expect([formatAddress(bytes.subarray(12, 16)), formatAddress(bytes.subarray(16, 20))]).toEqual([
      address(CLIENT),
      address(SERVER),
    ]);
    const { ports } = pseudonyms;
    expect([(bytes[20]! << 8) | bytes[21]!, (bytes[22]! << 8) | bytes[23]!]).toEqual([ports.of[40123], 53]);
  });

  it('has lengths and checksums of its own', () => {
    const { bytes, wireLength } = redacted(packet(query()));
    expect([(bytes[2]! << 8) | bytes[3]!, wireLength, ((bytes[24]! << 8) | bytes[25]!) + 20]).toEqual([
      bytes.length,
      bytes.length,
      bytes.length,
    ]);
    // a sum over what holds its own checksum is zero
    expect(checksum(bytes.subarray(0, 20))).toBe(0);
    const pseudo = bytesOf([0, 17], bytes.subarray(24, 26));
    expect(checksum(bytes.subarray(12, 20), pseudo, bytes.subarray(20))).toBe(0);
  });

  it("has addresses of cards that are nobody's, and the interface and way of cooked headers", () => {
    const { bytes } = redacted(ethernet(0x0800, packet(query())), { linkType: 1 });
    const original = ethernet(0x0800, packet(query()));
    expect([bytes[0], bytes[6]]).toEqual([2, 2]);
    expect(Buffer.from(bytes).includes(original.subarray(1, 6))).toBe(false);
    const cooked = redacted(sll2(7, 4, 0x0800, packet(query())), { linkType: 276 }).bytes;
    expect([cooked[7], cooked[10]]).toEqual([7, 4]);
    expect(redacted(sll(4, 0x0800, packet(query())), { linkType: 113 }).bytes[1]).toBe(4);
  });

  it('has what an answer holds by its type, and EDNS without options', () => {
    const answers = [
      { type: 'CNAME', name: 'vault.acme-bank.example', ttl: 30, data: 'lb.acme-bank.example' },
      { type: 'A', name: 'lb.acme-bank.example', ttl: 30, data: '203.0.113.77' },
      { type: 'AAAA', name: 'lb.acme-bank.example', ttl: 30, data: '2001:db8:77::5' },
      {
        type: 'SRV',
        name: '_ldap._tcp.acme-bank.example',
        ttl: 5,
        data: { priority: 1, weight: 2, port: 4389, target: 'dc1.acme-bank.example' },
      },
      {
        type: 'MX',
        name: 'acme-bank.example',
        ttl: 5,
        data: { preference: 7, exchange: 'mx.acme-bank.example' },
      },
    ] as const;
    const authorities = [
      {
        type: 'SOA',
        name: 'acme-bank.example',
        ttl: 60,
        data: {
          mname: 'ns.acme-bank.example',
          rname: 'root.acme-bank.example',
          serial: 9,
          refresh: 8,
          retry: 7,
          expire: 6,
          minimum: 5,
        },
      },
      { type: 'TXT', name: 'acme-bank.example', ttl: 60, data: ['licence-4711'] },
    ] as const;
    const additionals = [
      {
        type: 'OPT',
        name: '.',
        udpPayloadSize: 1232,
        flags: dnsPacket.DNSSEC_OK,
        options: [{ code: 'CLIENT_SUBNET', ip: '198.51.100.0', sourcePrefixLength: 24 }],
      },
    ] as const;
    const message = dnsPacket.encode({
      type: 'response',
      id: 9,
      questions: [{ type: 'A', name: 'vault.acme-bank.example' }],
      answers: answers as never,
      authorities: authorities as never,
      additionals: additionals as never,
    });
    const { bytes } = redacted(ipv6('fd00:10:44::9', 'fd00:10:96::a', 17, udp(53, 40123, message)), {
      linkType: 101,
    });
    const shown = messageOf(bytes, 48);
    expect(shown.answers).toMatchObject([
      { type: 'CNAME', name: name('vault.acme-bank.example'), ttl: 30, data: name('lb.acme-bank.example') },
      { type: 'A', name: name('lb.acme-bank.example'), data: address('203.0.113.77') },
      { type: 'AAAA', data: address('2001:db8:77::5') },
      {
        type: 'SRV',
        name: name('_ldap._tcp.acme-bank.example'),
        data: {
          priority: 1,
          weight: 2,
          port: pseudonyms.ports.of[4389],
          target: name('dc1.acme-bank.example'),
        },
      },
      { type: 'MX', data: { preference: 7, exchange: name('mx.acme-bank.example') } },
    ]);
    expect(shown.authorities).toMatchObject([
      {
        type: 'SOA',
        name: name('acme-bank.example'),
        data: {
          mname: name('ns.acme-bank.example'),
          rname: name('root.acme-bank.example'),
          serial: 9,
          refresh: 8,
          retry: 7,
          expire: 6,
          minimum: 5,
        },
      },
    ]);
    expect(shown.additionals).toMatchObject([
      { type: 'OPT', udpPayloadSize: 1232, flag_do: true, options: [] },
    ]);
  });

  it('is none where something in it cannot be rewritten surely', () => {
    const txt = dnsPacket.encode({
      type: 'response',
      id: 1,
      questions: [{ type: 'TXT', name: 'a.example' }],
      answers: [{ type: 'TXT', name: 'a.example', data: 'secret' }],
    });
    const whole = packet(query());
    const offset = ipv4(CLIENT, SERVER, 17, udp(40123, 53, query()), { offset: 8, more: false });
    const update = Buffer.from(query());
    update[2] = 0x28;
    const cases: [string, CopiedFrame][] = [
      ['answer of a type', frame(packet(txt))],
      ['TCP', frame(ipv4(CLIENT, SERVER, 6, tcp(40123, 53, 1, framed(query()))))],
      ['fragment', frame(offset)],
      ['cut', frame(whole, { wireLength: whole.length + 1 })],
      ['tags or a tunnel', frame(ethernet(0x8100, vlan(3, 0x0800, whole)), { linkType: 1 })],
      [
        '',
        frame(ethernet(0x0800, ipv4('10.1.0.1', '10.1.0.2', 17, vxlan(ethernet(0x0800, whole)))), {
          linkType: 1,
        }),
      ],
      ['TCP, or another', frame(ipv6('fd00::1', 'fd00::2', 0, extension(17, udp(40123, 53, query()))))],
      ['no query', frame(packet(update))],
      ['cut', frame(packet(query().subarray(0, -2)))],
      ['behind it', frame(packet(Buffer.concat([query(), Buffer.from('secret')])))],
      ['name', frame(packet(query().subarray(0, 14)))],
      ['another link type', frame(whole, { linkType: 239 })],
    ];
    for (const [why, one] of cases) {
      const shown = frames.redact(one);
      expect(shown).toBeTypeOf('string');
      expect(shown).toContain(why);
    }
  });
});

describe('no byte of an original', () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9]{5,20}$/).filter((text) => !KEPT_LABELS.has(text));
  const host = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.'));
  const quad = fc
    .array(fc.integer({ min: 20, max: 250 }), { minLength: 3, maxLength: 3 })
    .map((octets) => ['100', ...octets].join('.').replace(/^100/, '9'));
  const record = fc.oneof(
    fc.record({ type: fc.constant('A'), name: host, data: quad }),
    fc.record({ type: fc.constantFrom('CNAME', 'NS', 'PTR', 'DNAME'), name: host, data: host }),
    fc.record({ type: fc.constant('TXT'), name: host, data: label.map((text) => [text]) }),
    fc.record({
      type: fc.constant('CAA'),
      name: host,
      data: label.map((value) => ({ flags: 0, tag: 'issue', value })),
    }),
    fc.record({
      type: fc.constant('MX'),
      name: host,
      data: host.map((exchange) => ({ preference: 1, exchange })),
    }),
  );
  /** Labels, and addresses as they stand in a packet, of what a message says. */
  const secrets = (value: unknown): string[] => {
    const texts =
      typeof value === 'string'
        ? [value]
        : value !== null && typeof value === 'object'
          ? Object.values(value).flatMap((one) => secrets(one))
          : [];
    return texts.flatMap((text) =>
      /^\d+\.\d+\.\d+\.\d+$/.test(text)
        ? [Buffer.from(text.split('.').map(Number)).toString('latin1')]
        : text.split('.'),
    );
  };

  it('is left in a frame that is written: no label, no address, no text of a record', () => {
    let written = 0;
    fc.assert(
      fc.property(
        host,
        fc.array(record, { maxLength: 4 }),
        fc.array(record, { maxLength: 3 }),
        quad,
        quad,
        (asked, answers, authorities, src, dst) => {
          const message = { questions: [{ type: 'A', name: asked }], answers, authorities };
          const bytes = dnsPacket.encode({ type: 'response', id: 1, ...(message as object) });
          const shown = frames.redact(frame(ipv4(src, dst, 17, udp(53, 40123, bytes))));
          if (typeof shown === 'string') return;
          written++;
          const text = Buffer.from(shown.bytes).toString('latin1');
          const words = [
            asked,
            src,
            dst,
            ...[...answers, ...authorities].flatMap(({ name: of, data }) => [of, data]),
          ].flatMap(secrets);
          for (const word of words.filter((one) => one.length > 3)) expect(text).not.toContain(word);
        },
      ),
      { numRuns: 300, seed: 11 },
    );
    expect(written).toBeGreaterThan(50);
  });

  it('makes it throw, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 90 }),
        fc.constantFrom(1, 101, 113, 276),
        fc.nat(40),
        fc.nat(255),
        (noise, linkType, at, value) => {
          expect(['string', 'object']).toContain(typeof frames.redact(frame(noise, { linkType })));
          const bent = Buffer.from(packet(query()));
          bent[at] = value;
          frames.redact(frame(bent));
          expect(typeof frames.redact(frame(packet(noise)))).toMatch(/string|object/);
        },
      ),
      { numRuns: 500, seed: 12 },
    );
  });
});
