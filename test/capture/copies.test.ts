import * as dnsPacket from 'dns-packet';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as p from '../../fixtures/captures/packets.js';
import { pcapReader } from '../../src/capture/index.js';
import { readBytes, type Reading } from '../support/memory-sink.js';

const SLL2 = 276;
const UDP = 17;

/** A message as it passes one place: few values of each, so that frames are often copies of others, or nearly. */
const frame = fc.record({
  id: fc.constantFrom(1, 2),
  name: fc.constantFrom('a.example', 'b.example'),
  isResponse: fc.boolean(),
  answers: fc.nat(2),
  client: fc.constantFrom('10.0.0.1', '10.0.0.2'),
  server: fc.constantFrom('10.96.0.10', '10.0.1.7'),
  clientPort: fc.constantFrom(40000, 40001),
  serverPort: fc.constantFrom(53, 5353),
  ipId: fc.constantFrom(0, 7, 8),
  ttl: fc.constantFrom(62, 63, 64),
  interfaceIndex: fc.constantFrom(2, 3),
  direction: fc.constantFrom(0, 4),
  edns: fc.boolean(),
  cut: fc.constantFrom(0, 0, 0, 3, 12),
});
type Frame = typeof frame extends fc.Arbitrary<infer T> ? T : never;

function bytesOf(given: Frame): Buffer {
  const { id, name, isResponse, answers, client, server, clientPort, serverPort, ipId, ttl } = given;
  const payload = dnsPacket.encode({
    type: isResponse ? 'response' : 'query',
    id,
    questions: [{ type: 'A', name }],
    answers: isResponse
      ? Array.from({ length: answers }, (_, i) => ({ type: 'A' as const, name, ttl: 5 + i, data: `192.0.2.${i}` }))
      : [],
    additionals: given.edns ? [{ type: 'OPT', name: '.', udpPayloadSize: 1232, extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] }] : [],
  });
  const [from, to] = isResponse ? [server, client] : [client, server];
  const [fromPort, toPort] = isResponse ? [serverPort, clientPort] : [clientPort, serverPort];
  const packet = p.ipv4(from, to, UDP, p.udp(fromPort, toPort, payload), { id: ipId, ttl });
  const whole = p.sll2(given.interfaceIndex, given.direction, 0x0800, packet);
  return whole.subarray(0, whole.length - given.cut);
} // prettier-ignore

const read = (frames: Buffer[]): Promise<Reading> =>
  readBytes(pcapReader, p.pcap(SLL2, frames), { ports: [53, 5353] });

test('a message is read as if it were the only one, whatever was seen before it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 25 }), async (given) => {
      const frames = given.map(bytesOf);
      const together = await read(frames);
      const alone = await Promise.all(frames.map((bytes) => read([bytes])));
      for (const table of ['messages', 'answers']) {
        const rows = alone.flatMap((reading, i) =>
          // frames of a capture lie a microsecond apart
          (reading.rows[table] ?? []).map((row) => ('time' in row ? { ...row, frame: i + 1, time: (row['time'] as bigint) + BigInt(1000 * i) } : { ...row, frame: i + 1 })),
        );
        expect(together.rows[table] ?? []).toEqual(rows);
      }
      const problems = (readings: Reading[]) =>
        readings.flatMap((reading) => reading.problems).reduce((sum, { count }) => sum + count, 0);
      expect(problems([together])).toBe(problems(alone));
    }),
    { numRuns: 25 },
  );
}); // prettier-ignore

const sent: Frame = {
  id: 1, name: 'a.example', isResponse: true, answers: 2, client: '10.0.0.1', server: '10.0.1.7', clientPort: 40000, serverPort: 53, ipId: 7, ttl: 64,
  interfaceIndex: 2, direction: 0, edns: false, cut: 0,
}; // prettier-ignore

test('copies of a packet on its way share a row, and its records', async () => {
  const translated: Frame = { ...sent, server: '10.96.0.10', ttl: 63, interfaceIndex: 3, direction: 4 };
  const { raw, rows } = await read(
    ([sent, { ...sent, interfaceIndex: 3 }, translated] satisfies Frame[]).map(bytesOf),
  );
  expect([raw['packets']!.length, raw['sightings']!.length, raw['paths']!.length]).toEqual([1, 3, 3]);
  expect([raw['answers']!.length, rows['answers']!.length]).toEqual([2, 6]);
});

test('what may be another packet has a row of its own: another IP id, another client', async () => {
  const others: Frame[] = [
    { ...sent, ipId: 8 },
    { ...sent, client: '10.0.0.2' },
  ];
  expect((await read([sent, ...others].map(bytesOf))).raw['packets']!.length).toBe(3);
});
