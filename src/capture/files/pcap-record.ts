import type { PcapHeader } from './pcap-header.js';

/** Longest packet that any libpcap link type but a few buses may have (MAXIMUM_SNAPLEN). */
export const MAX_PACKET = 262144;

/** Bytes of a record's header by form: standard, Kuznetzov's with and without CPU numbers, Nokia's. */
const FORMS = { standard: [16], micro: [16, 24, 20], modified: [24, 28] };

/** Seconds that two neighbouring records may lie apart, to be believed when their place is in doubt. */
const NEIGHBOURS = 86400;

/** Whether a record's header may begin at `at`: it must be consistent in itself. */
export function isPlausibleRecord(bytes: Uint8Array, at: number, header: PcapHeader): boolean {
  const { order, unitsPerSecond } = header;
  const captured = order.u32(bytes, at + 8);
  const length = order.u32(bytes, at + 12);
  return (
    captured <= MAX_PACKET &&
    captured <= length &&
    length <= MAX_PACKET &&
    order.u32(bytes, at + 4) < unitsPerSecond
  );
}

/** Whether records of these seconds may stand side by side. */
export function areNeighbours(seconds: number, others: number): boolean {
  return Math.abs(seconds - others) < NEIGHBOURS;
}

/**
 * Bytes of a record's header. Some old kernels' libpcap wrote longer ones under an unchanged magic number, so
 * that the first records must tell: the first form in which the second follows the first is taken. Of an unusual
 * form the third must follow too, as a few bytes too many in the first packet would look like one.
 */
export function recordHeaderBytes(head: Uint8Array, fileHeader: number, header: PcapHeader): number {
  const forms = header.modified
    ? FORMS.modified
    : header.unitsPerSecond === 1e6
      ? FORMS.micro
      : FORMS.standard;
  const usual = forms[0]!;
  if (forms.length === 1 || fileHeader + 16 > head.length) return usual;
  const captured = header.order.u32(head, fileHeader + 8);
  if (captured > MAX_PACKET) return usual;
  const seconds = header.order.u32(head, fileHeader);
  // Without the second record's header there is nothing to tell by.
  if (fileHeader + usual + captured + 16 > head.length) return usual;
  for (const form of forms) {
    const second = fileHeader + form + captured;
    if (!follows(head, second, seconds, header)) continue;
    const third = second + form + header.order.u32(head, second + 8);
    if (form === usual || third + 16 > head.length || follows(head, third, seconds, header)) return form;
  }
  return usual;
}

/** Whether a record can begin at `at` after one of these seconds. */
function follows(head: Uint8Array, at: number, seconds: number, header: PcapHeader): boolean {
  if (at + 16 > head.length || !isPlausibleRecord(head, at, header)) return false;
  return areNeighbours(header.order.u32(head, at), seconds);
}
