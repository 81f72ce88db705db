import { expect, test } from 'vitest';
import { Packet } from '../../../src/capture/packet/packet.js';
import { RecentPackets } from '../../../src/capture/dns/recent-packets.js';

const UDP = 0;

/** A query with this id and filling, in this packet. */
function query(id: number, filling = 7, size = 40): Uint8Array {
  return Uint8Array.from({ length: size }, (_, i) => (i < 2 ? (id >> (8 - 8 * i)) & 255 : i === 2 ? 1 : filling));
} // prettier-ignore

function sentFrom(port: number, ipId = 9): Packet {
  return Object.assign(new Packet(), { srcPort: port, dstPort: 53, ipId });
}

/** Keeps a message of client 3 as a packet, and says as which packet one is known. */
class Kept {
  private readonly recent = new RecentPackets();

  keep(packet: Packet, bytes: Uint8Array, id: number): this {
    this.find(packet, bytes);
    this.recent.keep(3, id);
    return this;
  }

  find(packet: Packet, bytes: Uint8Array, length = bytes.length, protocol = UDP): number | null {
    const isKnown = this.recent.find(packet, bytes, 0, bytes.length, length, protocol);
    return isKnown ? this.recent.packetId : null;
  }
}

test('knows a copy by its octets, its lengths, its IP id, its port and its protocol, all of them', () => {
  const kept = new Kept().keep(sentFrom(4000), query(1), 11);
  expect(kept.find(sentFrom(4000), query(1))).toBe(11);
  expect(kept.find(sentFrom(4000), query(1, 8))).toBeNull();
  expect(kept.find(sentFrom(4000), query(1, 7, 41))).toBeNull();
  expect(kept.find(sentFrom(4000), query(1), 41)).toBeNull();
  expect(kept.find(sentFrom(4000, 10), query(1))).toBeNull();
  expect(kept.find(sentFrom(4001), query(1))).toBeNull();
  expect(kept.find(sentFrom(4000), query(1), 40, 1)).toBeNull();
});

test('knows nothing of a message that it never had, and nothing that is too long to be kept', () => {
  const kept = new Kept();
  expect(kept.find(sentFrom(0, 0), new Uint8Array(12))).toBeNull();
  const long = query(1, 7, 5000);
  expect(kept.keep(sentFrom(4000), long, 11).find(sentFrom(4000), long)).toBeNull();
});

test('lets the next message of one id and port take the place of the last', () => {
  const kept = new Kept().keep(sentFrom(4000), query(1), 11).keep(sentFrom(4000), query(1, 8), 12);
  expect(kept.find(sentFrom(4000), query(1))).toBeNull();
  expect(kept.find(sentFrom(4000), query(1, 8))).toBe(12);
});

test('forgets a message whose octets were written over, however many came since', () => {
  const kept = new Kept().keep(sentFrom(4000), query(1), 11);
  for (let id = 2; id < 200; id++) kept.keep(sentFrom(4000), query(id, 7, 4000), id);
  expect(kept.find(sentFrom(4000), query(1))).toBeNull();
  expect(kept.find(sentFrom(4000), query(199, 7, 4000))).toBe(199);
});
