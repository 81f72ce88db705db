import { expect, test } from 'vitest';
import { bytesOf, ipv4, pcap, udp } from '../../../fixtures/captures/packets.js';
import { pcapReader } from '../../../src/capture/index.js';
import { readBytes } from '../../support/memory-sink.js';

const QUERY = bytesOf([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0], [1, 97, 0, 0, 1, 0, 1]);

test.each([
  ['says', QUERY.length + 8],
  ['leaves to the IP header', 0],
])('a message is as long as the UDP header %s', async (_, length) => {
  const payload = length === 0 ? QUERY : bytesOf(QUERY, [9, 9, 9, 9]);
  const packet = ipv4('10.0.0.1', '10.0.0.2', 17, udp(4000, 53, payload, length));
  const { rows, problems } = await readBytes(pcapReader, new Uint8Array(pcap(101, [packet])));
  expect(rows.messages).toMatchObject([{ qname_id: 'a', bytes: QUERY.length }]);
  expect(problems).toEqual([]);
});
