import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, ethernet, ipv4, pcapngBlocks, udp } from '../../../fixtures/captures/packets.js';
import { BIG_ENDIAN, LITTLE_ENDIAN } from '../../../src/capture/packet/bytes.js';
import { pcapngReader } from '../../../src/capture/index.js';
import { findOption } from '../../../src/capture/files/pcapng-option.js';
import { DIRECTION } from '../../../src/raw/tables/wire.js';
import { readBytes } from '../../support/memory-sink.js';

const EPB_FLAGS = 2;
const OUTBOUND = Uint8Array.of(2, 0, 0, 0);

const ng = pcapngBlocks();
const query = Uint8Array.of(0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 97, 0, 0, 1, 0, 1);
const packet = ethernet(0x0800, ipv4('10.0.0.1', '10.0.0.2', 17, udp(4000, 53, query)));

/** The direction of a packet with these options behind it. */
async function direction(...options: Uint8Array[]): Promise<unknown> {
  const head = [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, packet.length, 0, 0, 0, packet.length, 0, 0, 0];
  const padding = new Uint8Array(-packet.length & 3);
  const block = ng.block(6, Uint8Array.from(head), packet, padding, ...options);
  const { rows } = await readBytes(
    pcapngReader,
    new Uint8Array(bytesOf(ng.section(), ng.interface(1), block)),
  );
  return rows.messages![0]!['direction'];
}

/** An option that says to have `length` octets. */
const lying = (code: number, length: number, value: Iterable<number>) =>
  Uint8Array.of(code, 0, length & 255, length >> 8, ...value);

describe("a packet's options", () => {
  it('tell its direction, behind others', async () => {
    const comment = ng.option(1, Buffer.from('seen'));
    expect(await direction(comment, ng.option(EPB_FLAGS, OUTBOUND))).toBe(DIRECTION.out);
  });

  it.each([0, 3, 5, 65_535])('tell no direction where its flags say to have %i octets', async (length) => {
    expect(await direction(lying(EPB_FLAGS, length, OUTBOUND))).toBe(DIRECTION.unknown);
  });

  it('end where one would run past the block', async () => {
    expect(await direction(lying(1, 65_535, [0, 0, 0, 0]), ng.option(EPB_FLAGS, OUTBOUND))).toBe(
      DIRECTION.unknown,
    );
  });
});

it('a value that is found lies inside of the options, whatever they hold', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 64 }),
      fc.nat(70),
      fc.nat(70),
      fc.nat(3),
      (bytes, at, end, code) => {
        const to = Math.min(end, bytes.length);
        for (const order of [LITTLE_ENDIAN, BIG_ENDIAN]) {
          const found = findOption(bytes, at, to, order, code, 4);
          if (found < 0) continue;
          expect(found).toBeGreaterThanOrEqual(at + 4);
          expect(found + order.u16(bytes, found - 2)).toBeLessThanOrEqual(to);
        }
      },
    ),
  );
});
