import { MAX_PACKET } from './pcap-record.js';

/** Types of blocks (draft-ietf-opsawg-pcapng, 4). */
export const SECTION_HEADER = 0x0a0d0d0a;
export const INTERFACE_DESCRIPTION = 1;
export const PACKET = 2;
export const SIMPLE_PACKET = 3;
export const NAME_RESOLUTION = 4;
export const INTERFACE_STATISTICS = 5;
export const ENHANCED_PACKET = 6;

/** Longest block that is looked into: a packet, its header and its options. */
export const MAX_BLOCK = MAX_PACKET + (1 << 17);

/** Whether blocks of a type hold a packet. */
export function isPacket(type: number): boolean {
  return type === ENHANCED_PACKET || type === PACKET || type === SIMPLE_PACKET;
}

/** Whether blocks of a type are never longer than MAX_BLOCK; others are passed over, however long. */
export function isKnown(type: number): boolean {
  const isOther = type === NAME_RESOLUTION || type === INTERFACE_STATISTICS || type === SECTION_HEADER;
  return isOther || type === INTERFACE_DESCRIPTION || isPacket(type);
}
