import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pcapReader } from '../../src/capture/index.js';
import { readBytes, type Row } from '../support/memory-sink.js';
import { cutInto } from '../support/stored-otherwise.js';

const CAPTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'captures');

/** What a message is, whatever of its end was captured. */
const IDENTITY = [
  'src_id',
  'src_port',
  'dst_id',
  'dst_port',
  'txid',
  'flags',
  'qname_id',
  'qtype',
  'questions',
];

const identity = (row: Row) => IDENTITY.map((name) => String(row[name])).join(' ');

/** Messages with a question; one that ends before its question does is a problem, and no query or answer of the models. */
async function messages(bytes: Uint8Array): Promise<string[]> {
  const { rows, problems } = await readBytes(pcapReader, bytes);
  const all = rows['messages'] ?? [];
  const asking = all.filter((row) => row['qtype'] !== 0);
  const told = problems.some(({ code }) => code === 'cut-message');
  expect(told || asking.length === all.length).toBe(true);
  return asking.map(identity);
}

describe.each(['tcp.pcap', 'fragments.pcap', 'ipv6-fragments.pcap'])(
  '%s, cut in two after any packet',
  (name) => {
    it('gives no message that it has not, and none twice', async () => {
      const bytes = readFileSync(join(CAPTURES, name));
      const packets = cutInto(bytes, 1).length;
      expect(packets).toBeGreaterThan(1);
      const whole = await messages(new Uint8Array(bytes));
      for (let at = 1; at < packets; at++) {
        const left = [...whole];
        const [first, ...more] = cutInto(bytes, at);
        const rest = Buffer.concat([first!.subarray(0, 24), ...more.map((file) => file.subarray(24))]);
        const parts = [
          ...(await messages(new Uint8Array(first!))),
          ...(await messages(new Uint8Array(rest))),
        ];
        for (const message of parts) {
          expect(left, `after packet ${at}`).toContain(message);
          left.splice(left.indexOf(message), 1);
        }
      }
    });
  },
);
