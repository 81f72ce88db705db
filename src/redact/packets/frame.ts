import type { CopiedFrame } from '../../capture/files/copy-frames.js';
import { LINK_TYPE, RAW_TYPES } from '../../capture/layers/link-type.js';
import { ETHER_TYPE, IP_PROTOCOL } from '../../capture/layers/protocol-numbers.js';
import { u16, u32 } from '../../capture/packet/bytes.js';
import type { Pseudonyms } from '../pseudonyms.js';
import { ByteList, checksum } from './byte-list.js';
import { MessagePseudonyms, Unsure } from './message.js';

const { EN10MB, RAW, LINUX_SLL, LINUX_SLL2 } = LINK_TYPE;
const { ipv4: IPV4, ipv6: IPV6 } = ETHER_TYPE;
const { udp: UDP } = IP_PROTOCOL;
const DONT_FRAGMENT = 0x4000;
/** Octets that a datagram may have (RFC 768). */
const LONGEST = 65_535;
/** Octets of a hardware address that is written: those of Ethernet. */
const MAC = 6;

/** A frame's addresses as they are to be. */
interface Ends {
  src: Uint8Array;
  dst: Uint8Array;
}

/**
 * Writes frames anew: a link header, an IP header without options, a UDP header and a DNS message, in each of which names and
 * addresses are pseudonyms, those of the redacted database. What is anything else (TCP, fragments, tunnels, tags, a frame
 * that is cut) is left out.
 */
export class FramePseudonyms {
  private readonly messages: MessagePseudonyms;

  constructor(private readonly pseudonyms: Pseudonyms) {
    this.messages = new MessagePseudonyms(pseudonyms);
  }

  /** The frame with pseudonyms, or in a few words why it has none that is sure. */
  redact(frame: CopiedFrame): CopiedFrame | string {
    try {
      const { linkType, bytes } = this.link(frame);
      const name = frame.interface === '' ? '' : this.pseudonyms.redact('word', frame.interface);
      return { ...frame, interface: name, linkType, bytes, wireLength: bytes.length };
    } catch (error) {
      if (error instanceof Unsure) return error.message;
      throw error;
    }
  }

  private link({ linkType, bytes, wireLength }: CopiedFrame): { linkType: number; bytes: Uint8Array } {
    if (wireLength > bytes.length) throw new Unsure('a frame that is cut');
    const head = new ByteList();
    if (RAW_TYPES.includes(linkType)) return { linkType: RAW, bytes: this.ip(bytes, 0).bytes };
    if (linkType === EN10MB) {
      need(bytes, 14);
      const etherType = u16(bytes, 12);
      head.add(this.mac(bytes, 0)).add(this.mac(bytes, MAC)).u16(etherType);
      return { linkType, bytes: this.behind(head, bytes, 14, etherType) };
    }
    if (linkType === LINUX_SLL) {
      need(bytes, 16);
      const etherType = u16(bytes, 14);
      const hardware = u16(bytes, 4) === MAC ? this.mac(bytes, 6) : [];
      head.u16(u16(bytes, 0)).u16(u16(bytes, 2)).u16(hardware.length).add(padded(hardware)).u16(etherType);
      return { linkType, bytes: this.behind(head, bytes, 16, etherType) };
    }
    if (linkType === LINUX_SLL2) {
      need(bytes, 20);
      const etherType = u16(bytes, 0);
      const hardware = bytes[11] === MAC ? this.mac(bytes, 12) : [];
      head.u16(etherType).u16(0).u32(u32(bytes, 4)).u16(u16(bytes, 8)).u8(bytes[10]!);
      head.u8(hardware.length).add(padded(hardware));
      return { linkType, bytes: this.behind(head, bytes, 20, etherType) };
    }
    throw new Unsure('a frame of another link type');
  }

  private behind(head: ByteList, bytes: Uint8Array, at: number, etherType: number): Uint8Array {
    const { version, bytes: packet } = this.ip(bytes, at);
    if (etherType !== (version === 4 ? IPV4 : IPV6)) throw new Unsure('a frame with tags or a tunnel');
    return head.add(packet).bytes;
  }

  private ip(bytes: Uint8Array, at: number): { version: 4 | 6; bytes: Uint8Array } {
    need(bytes, at + 20);
    const version = bytes[at]! >> 4;
    if (version === 4) return { version, bytes: this.ipv4(bytes, at) };
    if (version === 6) return { version, bytes: this.ipv6(bytes, at) };
    throw new Unsure('a frame with tags or a tunnel');
  }

  private ipv4(bytes: Uint8Array, at: number): Uint8Array {
    const headerLength = (bytes[at]! & 15) << 2;
    const end = at + u16(bytes, at + 2);
    if ((u16(bytes, at + 6) & 0x3fff) !== 0) throw new Unsure('a fragment');
    if (bytes[at + 9] !== UDP) throw new Unsure('a segment of TCP, or another protocol');
    if (headerLength < 20 || at + headerLength > end || end > bytes.length)
      throw new Unsure('a packet whose length is wrong');
    const ends = this.ends(bytes, at + 12, 4);
    const payload = this.udp(bytes, at + headerLength, end, ends);
    if (20 + payload.length > LONGEST) throw new Unsure('a message that would be too long');
    const head = new ByteList()
      .u8(0x45)
      .u8(bytes[at + 1]!)
      .u16(20 + payload.length)
      .u16(u16(bytes, at + 4));
    head
      .u16(u16(bytes, at + 6) & DONT_FRAGMENT)
      .u8(bytes[at + 8]!)
      .u8(UDP);
    const addresses = new ByteList().add(ends.src).add(ends.dst).bytes;
    return head.u16(checksum(head.bytes, addresses)).add(addresses).add(payload).bytes;
  }

  private ipv6(bytes: Uint8Array, at: number): Uint8Array {
    need(bytes, at + 40);
    const end = at + 40 + u16(bytes, at + 4);
    if (bytes[at + 6] !== UDP) throw new Unsure('a segment of TCP, or another protocol');
    if (end > bytes.length) throw new Unsure('a packet whose length is wrong');
    const ends = this.ends(bytes, at + 8, 16);
    const payload = this.udp(bytes, at + 40, end, ends);
    if (payload.length > LONGEST) throw new Unsure('a message that would be too long');
    // without the label of its flow
    const head = new ByteList()
      .u32(0x60000000)
      .u16(payload.length)
      .u8(UDP)
      .u8(bytes[at + 7]!);
    return head.add(ends.src).add(ends.dst).add(payload).bytes;
  }

  private udp(bytes: Uint8Array, at: number, end: number, { src, dst }: Ends): Uint8Array {
    const length = at + 8 > end ? 0 : u16(bytes, at + 4);
    if (length < 8 || at + length > end) throw new Unsure('a packet whose length is wrong');
    const message = this.messages.redact(bytes, at + 8, at + length);
    const ports = this.pseudonyms.ports.of;
    const size = 8 + message.length;
    if (size > LONGEST) throw new Unsure('a message that would be too long');
    const head = new ByteList()
      .u16(ports[u16(bytes, at)]!)
      .u16(ports[u16(bytes, at + 2)]!)
      .u16(size);
    const pseudo = new ByteList().u16(UDP).u16(size).bytes;
    // a sum of zero would say that there is none (RFC 768)
    const sum = checksum(src, dst, pseudo, head.bytes, new Uint8Array(2), message) || 0xffff;
    return head.u16(sum).add(message).bytes;
  }

  private ends(bytes: Uint8Array, at: number, size: number): Ends {
    const address = (from: number) => this.pseudonyms.addressBytes(bytes.slice(from, from + size));
    return { src: address(at), dst: address(at + size) };
  }

  private mac(bytes: Uint8Array, at: number): Uint8Array {
    return this.pseudonyms.hardware(bytes.slice(at, at + MAC));
  }
}

function need(bytes: Uint8Array, length: number): void {
  if (bytes.length < length) throw new Unsure('a frame that is cut');
}

/** In the eight octets that cooked headers have for it. */
function padded(hardware: Iterable<number>): Uint8Array {
  const field = new Uint8Array(8);
  field.set([...hardware]);
  return field;
}
