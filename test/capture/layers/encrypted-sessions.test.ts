import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { bytesOf, ipv4, pcap, tcp, udp } from '../../../fixtures/captures/packets.js';
import { serverNameIn } from '../../../src/capture/layers/handshake.js';
import { pcapReader } from '../../../src/capture/index.js';
import { readBytes } from '../../support/memory-sink.js';

const CLIENT = '10.1.0.7';
const RESOLVER = '10.9.9.9';
const SYN = 0x02;
const SYN_ACK = 0x12;
const RST = 0x14;
const NOTHING = new Uint8Array(0);

const sized = (width: 1 | 2 | 3, body: Uint8Array) =>
  bytesOf([...(width === 3 ? [0] : []), ...(width > 1 ? [body.length >> 8] : []), body.length & 255], body);

function clientHello(name: string | null): Buffer {
  const list =
    name === null ? NOTHING : bytesOf([0, 0], sized(2, sized(2, bytesOf([0], sized(2, Buffer.from(name))))));
  const other = bytesOf([0, 43, 0, 3, 2, 3, 4]);
  const body = bytesOf(
    [3, 3],
    new Uint8Array(32),
    sized(1, new Uint8Array(32)),
    [0, 2, 0x13, 1],
    [1, 0],
    sized(2, bytesOf(other, list)),
  );
  return bytesOf([22, 3, 1], sized(2, bytesOf([1], sized(3, body))));
}
const SERVER_HELLO = bytesOf([22, 3, 3, 0, 40, 2], new Uint8Array(39));

/** A packet of a client (`>`) or a server (`<`) at so many seconds after the start. */
interface Sent {
  at: number;
  way: '>' | '<';
  payload?: Uint8Array;
  flags?: number;
}

async function sessions(server: string, ports: [number, number], ...packets: Sent[]) {
  const frames = packets.map(({ at, way, payload = NOTHING, flags = 0x18 }) => {
    const [from, to] = way === '>' ? [CLIENT, server] : [server, CLIENT];
    const [src, dst] = way === '>' ? ports : [ports[1], ports[0]];
    return {
      bytes: ipv4(from, to, 6, tcp(src, dst, 1, payload, flags)),
      seconds: 100 + Math.floor(at),
      fraction: Math.round((at % 1) * 1e6),
    };
  });
  const { rows } = await readBytes(pcapReader, new Uint8Array(pcap(101, frames)));
  return rows['encrypted_sessions'] ?? [];
}

const BEGIN: Sent[] = [
  { at: 0, way: '>', flags: SYN },
  { at: 0.02, way: '<', flags: SYN_ACK },
];

describe('a connection of encrypted DNS', () => {
  it('over TLS tells how long TCP and TLS took, and the name that was asked for', async () => {
    const rows = await sessions(
      RESOLVER, [4000, 853],
      ...BEGIN,
      { at: 0.03, way: '>', payload: clientHello('Dns.example') },
      { at: 0.28, way: '<', payload: SERVER_HELLO },
      { at: 0.29, way: '<', flags: RST },
    ); // prettier-ignore
    expect(rows).toMatchObject([
      {
        frame: 1, protocol: 'DoT', client_id: CLIENT, client_port: 4000, server_id: RESOLVER, server_port: 853, server_name: 'dns.example',
        attempts: 1, asked_handshake: true, was_reset: false,
      },
    ]); // prettier-ignore
    expect(rows[0]!['connect_seconds']).toBeCloseTo(0.02, 6);
    expect(rows[0]!['handshake_seconds']).toBeCloseTo(0.25, 6);
  });

  it('that is not answered, or reset, has no such times', async () => {
    const again = await sessions(
      RESOLVER,
      [4000, 853],
      BEGIN[0]!,
      { at: 1, way: '>', flags: SYN },
      { at: 3, way: '>', flags: SYN },
    );
    expect(again).toMatchObject([
      { attempts: 3, connect_seconds: null, handshake_seconds: null, asked_handshake: false },
    ]);
    const refused = await sessions(RESOLVER, [4000, 853], BEGIN[0]!, { at: 0.001, way: '<', flags: RST });
    expect(refused).toMatchObject([{ connect_seconds: null, was_reset: true }]);
    const silent = await sessions(RESOLVER, [4000, 853], ...BEGIN, {
      at: 0.03,
      way: '>',
      payload: clientHello(null),
    });
    expect(silent).toMatchObject([{ server_name: null, asked_handshake: true, handshake_seconds: null }]);
  });

  it('begins with what its client sends to begin it: a reset of one that was begun before is none', async () => {
    expect(await sessions(RESOLVER, [4000, 853], { at: 0, way: '>', flags: RST })).toEqual([]);
    expect(await sessions(RESOLVER, [4000, 853], { at: 0, way: '<', payload: SERVER_HELLO })).toEqual([]);
    const hello = { at: 0, way: '>' as const, payload: clientHello('dns.example') };
    expect(await sessions(RESOLVER, [4000, 853], hello)).toMatchObject([
      { connect_seconds: null, server_name: 'dns.example' },
    ]);
  });

  it('over HTTPS is told by the address of the server or by the name in the hello, and is no other site', async () => {
    const hello = (name: string): Sent => ({ at: 0.03, way: '>', payload: clientHello(name) });
    expect(await sessions('1.1.1.1', [4000, 443], ...BEGIN, hello('site.example'))).toMatchObject([
      { protocol: 'DoH' },
    ]);
    expect(await sessions(RESOLVER, [4000, 443], ...BEGIN, hello('dns.google'))).toMatchObject([
      { protocol: 'DoH', server_name: 'dns.google' },
    ]);
    expect(await sessions(RESOLVER, [4000, 443], ...BEGIN, hello('site.example'))).toEqual([]);
    expect(await sessions(RESOLVER, [4000, 443], ...BEGIN)).toEqual([]);
  });

  it('over QUIC tells how long the first answer took', async () => {
    const initial = bytesOf([0xc3, 0, 0, 0, 1], new Uint8Array(60));
    const frames = [0, 0.3, 1.5].map((at, i) => ({
      bytes:
        i < 2
          ? ipv4(CLIENT, RESOLVER, 17, udp(4000, 853, initial))
          : ipv4(RESOLVER, CLIENT, 17, udp(853, 4000, initial)),
      seconds: 100 + Math.floor(at),
      fraction: Math.round((at % 1) * 1e6),
    }));
    const { rows } = await readBytes(pcapReader, new Uint8Array(pcap(101, frames)));
    expect(rows['encrypted_sessions']).toMatchObject([
      { protocol: 'DoQ', attempts: 2, connect_seconds: null, handshake_seconds: 1.5 },
    ]);
  });

  it('is one of so many that are kept, of whatever number there are', async () => {
    const frames = Array.from({ length: 20_000 }, (_, i) => ({
      bytes: ipv4(CLIENT, RESOLVER, 6, tcp(10_000 + i, 853, 1, NOTHING, SYN)),
      seconds: 100,
    }));
    const { rows } = await readBytes(pcapReader, new Uint8Array(pcap(101, frames)));
    expect(rows['encrypted_sessions']).toHaveLength(20_000);
  });
});

it('a name is read of no hello that is cut or made up, and nothing is read past its end', () => {
  const hello = clientHello('dns.example');
  fc.assert(
    fc.property(fc.nat(hello.length), fc.uint8Array({ maxLength: 40 }), (cut, noise) => {
      const bytes = bytesOf(hello.subarray(0, cut), noise);
      const name = serverNameIn(bytes, 0, bytes.length);
      expect(name === null || /^[a-z\d_.-]+$/.test(name)).toBe(true);
    }),
  );
  expect(serverNameIn(hello, 0, hello.length)).toBe('dns.example');
  expect(serverNameIn(hello, 0, hello.length - 4)).toBeNull();
});
