import { readdirSync, readFileSync } from 'node:fs';
import * as dnsPacket from 'dns-packet';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ethernet, framed, ipv4, pcap, tcp, udp } from '../../fixtures/captures/packets.js';
import { pcapngReader, pcapReader } from '../../src/capture/index.js';
import { readBytes, type Reading } from '../support/memory-sink.js';

const folder = new URL('../../fixtures/captures/', import.meta.url);
const captures = readdirSync(folder)
  .filter((file) => /\.pcap(ng)?$/.test(file))
  .map((file) => ({ file, bytes: new Uint8Array(readFileSync(new URL(file, folder))) }));
const readerOf = (file: string) => (file.endsWith('ng') ? pcapngReader : pcapReader);

const label = fc.stringMatching(/^[a-z0-9_-]{1,20}$/);
const name = fc.array(label, { minLength: 1, maxLength: 6 }).map((labels) => labels.join('.'));
const record = fc.oneof(
  fc.record({ type: fc.constant('A' as const), name, ttl: fc.nat(86400), data: fc.ipV4() }),
  fc.record({ type: fc.constant('CNAME' as const), name, ttl: fc.nat(86400), data: name }),
  fc.record({
    type: fc.constant('SRV' as const),
    name,
    ttl: fc.nat(86400),
    data: fc.record({ priority: fc.nat(65535), weight: fc.nat(65535), port: fc.nat(65535), target: name }),
  }),
);
const message = fc.record({
  type: fc.constant('response' as const),
  id: fc.nat(65535),
  questions: fc.tuple(
    fc.record({ type: fc.constantFrom('A' as const, 'AAAA' as const, 'SRV' as const), name }),
  ),
  answers: fc.array(record, { maxLength: 8 }),
});

const codes = { A: 1, CNAME: 5, SRV: 33, AAAA: 28 };

function textOf(data: string | { priority: number; weight: number; port: number; target: string }): string {
  if (typeof data === 'string') return data;
  return `${data.priority} ${data.weight} ${data.port} ${data.target}`;
}

test('what dns-packet writes is read back, over UDP and over TCP', async () => {
  await fc.assert(
    fc.asyncProperty(message, async (given) => {
      const payload = dnsPacket.encode(given);
      const wrap = (protocol: number, bytes: Uint8Array) =>
        ethernet(0x0800, ipv4('10.0.0.1', '10.0.0.2', protocol, bytes));
      const { rows, problems } = await readBytes(
        pcapReader,
        new Uint8Array(
          pcap(1, [wrap(17, udp(53, 4000, payload)), wrap(6, tcp(53, 4000, 1, framed(payload)))]),
        ),
      );
      expect(problems).toEqual([]);
      const [question] = given.questions;
      expect(rows.messages).toHaveLength(2);
      for (const row of rows.messages!) {
        expect(row).toMatchObject({ txid: given.id, qname_id: question.name, qtype: codes[question.type] });
        expect(row).toMatchObject({ answers: given.answers.length, bytes: payload.length, questions: 1 });
      }
      const records = (rows.answers ?? []).map((row) => [row.name_id, row.type, row.ttl, row.data_id]);
      const expected = given.answers.map((r) => [r.name, codes[r.type], r.ttl, textOf(r.data)]);
      expect(records).toEqual([...expected, ...expected]);
    }),
    { numRuns: 200 },
  );
});

test('the place of a split between chunks changes nothing', async () => {
  for (const { file, bytes } of captures) {
    const whole = await readBytes(readerOf(file), bytes);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 5 }), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
        expect(await readBytes(readerOf(file), chunks)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  }
});

test('one byte a chunk changes nothing', async () => {
  for (const { file, bytes } of captures) {
    const chunks = Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
    expect(await readBytes(readerOf(file), chunks)).toEqual(await readBytes(readerOf(file), bytes));
  }
});

test('damaged bytes are read without a throw, and give no more frames than there are', async () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...captures), damage, async ({ file, bytes }, changes) => {
      const damaged = bytes.slice();
      for (const [at, value] of changes) damaged[at % damaged.length] = value;
      const reading = await readBytes(readerOf(file), damaged);
      expect(countOf(reading)).toBeLessThanOrEqual(bytes.length / 16);
    }),
    { numRuns: 2000 },
  );
});

test('a file cut anywhere keeps the frames that are whole', async () => {
  const { bytes } = captures.find(({ file }) => file === 'ethernet.pcap')!;
  for (let length = 24; length < bytes.length; length++) {
    const { rows, incomplete } = await readBytes(pcapReader, bytes.subarray(0, length));
    const whole = length >= 130 ? 1 : 0;
    expect(rows.messages?.length ?? 0).toBe(whole);
    expect(incomplete !== null).toBe(length !== 24 && length !== 130);
  }
});

function countOf(reading: Reading): number {
  return (reading.rows.frames ?? []).reduce((sum, row) => sum + Number(row.count), 0);
}
