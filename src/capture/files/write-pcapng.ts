import { DIRECTION } from '../../raw/tables/wire.js';
import type { CopiedFrame } from './copy-frames.js';
import { ENHANCED_PACKET, INTERFACE_DESCRIPTION, SECTION_HEADER } from './pcapng-block-types.js';

const END = 0;
const COMMENT = 1;
const IF_NAME = 2;
const IF_TSRESOL = 9;
const EPB_FLAGS = 2;
const NANOSECONDS = 9;
/** Octets of an option's value. */
const LONGEST = 0xffff;

/** A frame and the capture that it is of. */
export interface FrameOf extends CopiedFrame {
  capture: string;
}

/**
 * Frames of any captures and link types as one pcapng file (draft-ietf-opsawg-pcapng): an interface for each interface of each capture,
 * times in nanoseconds, and in each packet's comment where it comes from.
 */
export function pcapngOf(frames: readonly FrameOf[]): Uint8Array {
  const blocks = [block(SECTION_HEADER, Buffer.from('4d3c2b1a01000000ffffffffffffffff', 'hex'))];
  const places = new Map<string, number>();
  for (const frame of frames) {
    const key = JSON.stringify([frame.capture, frame.interface, frame.linkType]);
    let place = places.get(key);
    if (place === undefined) {
      places.set(key, (place = places.size));
      blocks.push(interfaceBlock(frame));
    }
    blocks.push(packetBlock(frame, place));
  }
  return Buffer.concat(blocks);
}

function interfaceBlock({ capture, interface: name, linkType }: FrameOf): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(linkType, 0);
  const text = [capture, name].filter((part) => part !== '').join(' ');
  return block(
    INTERFACE_DESCRIPTION,
    Buffer.concat([
      head,
      option(IF_NAME, Buffer.from(text)),
      option(IF_TSRESOL, Buffer.from([NANOSECONDS])),
      option(END, Buffer.alloc(0)),
    ]),
  );
}

function packetBlock(frame: FrameOf, place: number): Buffer {
  const { bytes, wireLength, direction, seconds, nanos, capture } = frame;
  const time = Number.isNaN(seconds) ? 0n : BigInt(seconds) * 1_000_000_000n + BigInt(Math.round(nanos));
  const head = Buffer.alloc(20);
  head.writeUInt32LE(place, 0);
  head.writeUInt32LE(Number(BigInt.asUintN(32, time >> 32n)), 4);
  head.writeUInt32LE(Number(BigInt.asUintN(32, time)), 8);
  head.writeUInt32LE(bytes.length, 12);
  head.writeUInt32LE(wireLength, 16);
  const flags = Buffer.alloc(4);
  flags.writeUInt32LE(direction === DIRECTION.out ? 2 : direction === DIRECTION.in ? 1 : 0, 0);
  return block(
    ENHANCED_PACKET,
    Buffer.concat([
      head,
      padded(bytes),
      option(COMMENT, Buffer.from(`${capture} frame ${frame.frame}`)),
      ...(flags[0] === 0 ? [] : [option(EPB_FLAGS, flags)]),
      option(END, Buffer.alloc(0)),
    ]),
  );
}

function block(type: number, body: Uint8Array): Buffer {
  const all = Buffer.alloc(body.length + 12);
  all.writeUInt32LE(type, 0);
  all.writeUInt32LE(all.length, 4);
  all.set(body, 8);
  all.writeUInt32LE(all.length, all.length - 4);
  return all;
}

function option(code: number, value: Uint8Array): Buffer {
  const kept = value.subarray(0, LONGEST);
  const head = Buffer.alloc(4);
  head.writeUInt16LE(code, 0);
  head.writeUInt16LE(kept.length, 2);
  return Buffer.concat([head, padded(kept)]);
}

/** With zeros up to a length of whole 32 bits. */
function padded(bytes: Uint8Array): Uint8Array {
  const all = new Uint8Array((bytes.length + 3) & ~3);
  all.set(bytes);
  return all;
}
