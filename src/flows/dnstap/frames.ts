import { u32 } from '../../capture/packet/bytes.js';

/** The content that a frame stream of dnstap declares. */
const CONTENT_TYPE = 'protobuf:dnstap.Dnstap';
/** Octets of a control frame at most (fstrm's FSTRM_CONTROL_FRAME_LENGTH_MAX). */
const LONGEST_CONTROL = 512;
/** Octets of a data frame: two DNS messages of 64 KiB and what stands beside them. */
const LONGEST_FRAME = 1 << 18;
const LENGTH = 4;

/** Whether bytes begin a frame stream of dnstap: a control frame (READY, ACCEPT or START) that names it. */
export function isFrameStream(head: Uint8Array): boolean {
  if (head.length < 16 || u32(head, 0) !== 0) return false;
  const length = u32(head, 4);
  if (length > LONGEST_CONTROL || 8 + length > head.length) return false;
  const type = u32(head, 8);
  return type >= 1 && type <= 4 && Buffer.from(head.subarray(8, 8 + length)).includes(CONTENT_TYPE);
}

/** What a stream of frames is told of. */
export interface FrameTaker {
  data(bytes: Uint8Array, start: number, end: number): void;
  /** A frame longer than any, which was passed over. */
  tooLong(): void;
}

/**
 * One step of a frame stream (fstrm): a length and that many octets, or, behind a length of zero, a control frame.
 * As `RecordStep` wants it: the octets consumed, or minus those needed.
 */
export function stepOf(taker: FrameTaker): (bytes: Uint8Array, start: number, end: number) => number {
  return (bytes, start, end) => {
    if (end - start < LENGTH) return -LENGTH;
    const length = u32(bytes, start);
    if (length === 0) {
      if (end - start < 2 * LENGTH) return -2 * LENGTH;
      return 2 * LENGTH + u32(bytes, start + LENGTH);
    }
    if (length > LONGEST_FRAME) {
      taker.tooLong();
      return LENGTH + length;
    }
    if (end - start < LENGTH + length) return -(LENGTH + length);
    taker.data(bytes, start + LENGTH, start + LENGTH + length);
    return LENGTH + length;
  };
}
