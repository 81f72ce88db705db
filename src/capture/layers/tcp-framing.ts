import { PROTOCOL } from '../../raw/tables/wire.js';
import { u16 } from '../packet/bytes.js';
import { type DnsMessages, HEADER } from '../dns/dns-message.js';
import type { Packet } from '../packet/packet.js';

const TCP = PROTOCOL.tcp;
const PREFIX = 2;

/**
 * Cuts a TCP stream's octets, in order, into DNS messages: each comes after two octets of length (RFC 1035,
 * 4.2.2; several in one segment or one over several, RFC 7766, 6.2.1.1 and 8).
 */
export class TcpFraming {
  /** False once the place of the next message's length is not known any more. */
  inStep = true;
  /** The message begun so far with its prefix, and the packet that brought the last of it. */
  private pending = new Uint8Array(0);
  private length = 0;
  private packet: Packet | null = null;
  /** Octets to pass over: the rest of a message that was broken. */
  private skip = 0;

  constructor(private readonly messages: DnsMessages) {}

  /** Bytes held back. */
  get held(): number {
    return this.pending.length;
  }

  /** Starts at a message's length. */
  begin(): void {
    this.drop();
    this.skip = 0;
    this.inStep = true;
  }

  /** Takes the stream's next octets, `bytes[at..end)`; returns how many messages ended. */
  feed(packet: Packet, bytes: Uint8Array, at: number, end: number): number {
    let found = 0;
    while (at < end && this.inStep) {
      if (this.skip > 0) {
        const passed = Math.min(this.skip, end - at);
        this.skip -= passed;
        at += passed;
      } else if (this.length === 0 && end - at >= PREFIX && end - at - PREFIX >= u16(bytes, at)) {
        const messageEnd = at + PREFIX + u16(bytes, at);
        found += this.message(packet, bytes, at + PREFIX, messageEnd, messageEnd - at - PREFIX);
        at = messageEnd;
      } else {
        const taken = Math.min(this.missing(), end - at);
        this.append(bytes, at, taken);
        at += taken;
        if (this.length > PREFIX && this.missing() === 0) found += this.whole(packet);
      }
    }
    if (this.length > 0 && (this.packet === null || packet.frame > this.packet.frame)) {
      this.packet = packet.snapshot();
    }
    return found;
  }

  /** Passes over `count` octets that the capture does not have; a message broken by them is kept as far as it goes. */
  hole(count: number): number {
    const passed = Math.min(this.skip, count);
    this.skip -= passed;
    let missed = count - passed;
    if (missed === 0) return 0;
    const rest = this.length >= PREFIX ? this.missing() : 0;
    const found = this.broken();
    missed -= rest;
    if (missed <= 0) this.skip = -missed;
    else this.inStep = false;
    return found;
  }

  /** Gives up the message begun, keeping what can be read of it. */
  broken(): number {
    const { pending, length, packet } = this;
    this.drop();
    if (packet === null || length < PREFIX + HEADER) return 0;
    return this.messages.write(packet, pending, PREFIX, length, u16(pending, 0), TCP) ? 1 : 0;
  }

  private whole(packet: Packet): number {
    const { pending, length, packet: earlier } = this;
    this.drop();
    const last = earlier !== null && earlier.frame > packet.frame ? earlier : packet;
    return this.message(last, pending, PREFIX, length, length - PREFIX);
  }

  private message(packet: Packet, bytes: Uint8Array, at: number, end: number, length: number): number {
    if (this.messages.write(packet, bytes, at, end, length, TCP)) return 1;
    this.inStep = false;
    return 0;
  }

  /** Octets until the prefix, or the message that it announces, is whole. */
  private missing(): number {
    if (this.length < PREFIX) return PREFIX - this.length;
    return PREFIX + u16(this.pending, 0) - this.length;
  }

  private append(bytes: Uint8Array, at: number, count: number): void {
    if (this.length + count > this.pending.length) {
      const wider = new Uint8Array(Math.max(512, 2 * this.pending.length, this.length + count));
      wider.set(this.pending.subarray(0, this.length));
      this.pending = wider;
    }
    this.pending.set(bytes.subarray(at, at + count), this.length);
    this.length += count;
  }

  private drop(): void {
    if (this.length > 0) this.pending = new Uint8Array(0);
    this.length = 0;
    this.packet = null;
  }
}
