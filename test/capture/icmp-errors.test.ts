import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, ipv4, ipv6, pcap, tcp, udp } from '../../fixtures/captures/packets.js';
import { pcapReader } from '../../src/capture/index.js';
import { readBytes } from '../support/memory-sink.js';

const CLIENT = '10.1.0.7';
const SERVER = '10.96.0.10';
const ROUTER = '10.1.0.1';
const label = (text: string) => [text.length, ...Buffer.from(text)];
const QUERY = bytesOf(
  [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0],
  label('web'),
  label('example'),
  [0, 0, 28, 0, 1],
);
const asked = ipv4(CLIENT, SERVER, 17, udp(4000, 53, QUERY), { id: 77 });
const answered = ipv4(SERVER, CLIENT, 17, udp(53, 4000, QUERY));

/** An ICMP message: type, code, and the rest of its header, then what it quotes. */
const icmp = (type: number, code: number, quoted: Uint8Array, rest = [0, 0, 0, 0]) =>
  bytesOf([type, code, 0, 0], rest, quoted);
const from = (message: Uint8Array) => ipv4(ROUTER, CLIENT, 1, message);

async function read(...packets: Uint8Array[]) {
  const { rows } = await readBytes(pcapReader, new Uint8Array(pcap(101, packets)));
  return rows;
}
const errors = async (...packets: Uint8Array[]) => (await read(...packets)).icmp_errors ?? [];

describe('ICMP errors that quote DNS', () => {
  it('give who sent them to whom, and the packet and message that they quote', async () => {
    expect(await errors(from(icmp(3, 3, asked)))).toMatchObject([
      {
        frame: 1,
        src_id: ROUTER,
        dst_id: CLIENT,
        version: 4,
        type: 3,
        code: 3,
        mtu: null,
        protocol: 0,
        quoted_src_id: CLIENT,
        quoted_src_port: 4000,
        quoted_dst_id: SERVER,
        quoted_dst_port: 53,
        quoted_ip_id: 77,
        of_response: false,
        txid: 0x1234,
        qname_id: 'web.example',
        qtype: 28,
      },
    ]);
  });

  it('have the key of the query that they quote', async () => {
    const { messages, icmp_errors } = await read(asked, from(icmp(3, 3, asked)));
    expect(icmp_errors![0]!['key']).toBe(messages![0]!['key']);
  });

  it('have the key of the response that they quote', async () => {
    const { messages, icmp_errors } = await read(asked, ipv4(CLIENT, SERVER, 1, icmp(3, 3, answered)));
    expect(icmp_errors).toMatchObject([{ of_response: true, key: messages![0]!['key'] }]);
  });

  it('have no message where eight octets of the datagram are quoted', async () => {
    expect(await errors(from(icmp(11, 0, asked.subarray(0, 28))))).toMatchObject([
      { type: 11, quoted_src_port: 4000, txid: null, qname_id: 0, qtype: null, key: null },
    ]);
  });

  it('have an id and no name where the quotation ends between them', async () => {
    expect(await errors(from(icmp(3, 1, asked.subarray(0, 45))))).toMatchObject([
      { txid: 0x1234, qname_id: 0, qtype: null, key: null },
    ]);
  });

  it.each([
    [4, 1400],
    [13, null],
  ])('of code %i have the MTU of the next hop where one is said: %s', async (code, mtu) => {
    expect(await errors(from(icmp(3, code, asked, [0, 0, 0x05, 0x78])))).toMatchObject([{ code, mtu }]);
  });

  it('are read of IPv6', async () => {
    const quoted = ipv6('fd00::7', 'fd00::53', 17, udp(4000, 53, QUERY));
    const tooBig = [0, 0, 0x05, 0];
    const rows = await errors(
      ipv6('fd00::1', 'fd00::7', 58, icmp(1, 4, quoted)),
      ipv6('fd00::1', 'fd00::7', 58, icmp(2, 0, quoted, tooBig)),
    );
    expect(rows).toMatchObject([
      {
        version: 6,
        type: 1,
        code: 4,
        quoted_dst_id: 'fd00::53',
        quoted_ip_id: null,
        qname_id: 'web.example',
        mtu: null,
      },
      { version: 6, type: 2, code: 0, mtu: 1280 },
    ]);
  });

  it('quote TCP by its ports alone', async () => {
    const quoted = ipv4(CLIENT, SERVER, 6, tcp(4000, 53, 1, QUERY));
    expect(await errors(from(icmp(3, 10, quoted)))).toMatchObject([
      { protocol: 1, quoted_src_port: 4000, txid: null, key: null },
    ]);
  });

  it.each([
    ['another port', icmp(3, 3, ipv4(CLIENT, SERVER, 17, udp(4000, 123, QUERY)))],
    ['a later fragment', icmp(3, 3, ipv4(CLIENT, SERVER, 17, udp(4000, 53, QUERY), { offset: 1480 }))],
    ['nothing, as an echo does', icmp(8, 0, asked)],
  ])('have no row where they quote %s', async (_, message) => {
    expect(await errors(from(message))).toEqual([]);
  });

  it('make at most one row of any bytes, and never a fault', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(80),
        fc.array(fc.tuple(fc.nat(79), fc.nat(255)), { maxLength: 6 }),
        fc.constantFrom(1, 58),
        async (length, changes, protocol) => {
          const bytes = icmp(protocol === 1 ? 3 : 1, 4, asked).subarray(0, length);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          expect((await errors(ipv4(ROUTER, CLIENT, protocol, bytes))).length).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 200 },
    );
  });
});
