import { expect, test } from 'vitest';
import { bytesOf, ipv4, pcap, udp } from '../../../fixtures/captures/packets.js';
import { pcapReader } from '../../../src/capture/index.js';
import { readBytes, type Reading } from '../../support/memory-sink.js';

/** `a.b TXT`, answered with a text of so many octets. */
function answer(octets: number): Buffer {
  const header = [0, 1, 0x84, 0, 0, 1, 0, 1, 0, 0, 0, 0];
  const question = [1, 97, 1, 98, 0, 0, 16, 0, 1];
  const record = [0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 30, 0, octets + 1, octets];
  return bytesOf(header, question, record, Array<number>(octets).fill(120));
}

/** A datagram's two fragments; the second begins at octet `at` of it. */
function fragments(at: number, id: number): [first: Buffer, second: Buffer] {
  const datagram = udp(53, 4000, answer(120));
  const fragment = (part: Buffer, offset: number, more: boolean) =>
    ipv4('10.0.0.2', '10.0.0.1', 17, part, { id, offset, more });
  return [fragment(datagram.subarray(0, at), 0, true), fragment(datagram.subarray(at), at, false)];
}

function read(...packets: Parameters<typeof pcap>[1][number][]): Promise<Reading> {
  return readBytes(pcapReader, new Uint8Array(pcap(101, packets)));
}

test('fragments that the capture has whole make one answer', async () => {
  const [first, second] = fragments(80, 5);
  const { rows, problems } = await read(first, second);
  expect(problems).toEqual([]);
  expect(rows.answers).toMatchObject([{ data_id: expect.stringContaining('x'.repeat(120)) }]);
});

test('what a snap length cut off a first fragment is a hole, not octets of zero', async () => {
  const [first, second] = fragments(80, 5);
  const { rows, problems } = await read(
    { bytes: first.subarray(0, first.length - 16), length: first.length },
    second,
  );
  expect(problems.map(({ code }) => code)).toEqual(['cut-message']);
  expect(rows.messages).toMatchObject([{ qname_id: 'a.b', answers: 1 }]);
  expect(rows.answers ?? []).toEqual([]);
});

test.each([29, 31])('fragments wait 30 s for each other, and no longer: %i s', async (apart) => {
  const [first, second] = fragments(80, 5);
  const { problems } = await read({ bytes: first, seconds: 1000 }, { bytes: second, seconds: 1000 + apart });
  expect(problems.some(({ code }) => code === 'missing-fragments')).toBe(apart > 30);
});
