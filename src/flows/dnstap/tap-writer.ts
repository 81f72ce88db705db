import { DnsMessages } from '../../capture/dns/dns-message.js';
import { DNS, FrameCounts } from '../../capture/layers/frame-kind.js';
import { Packet } from '../../capture/packet/packet.js';
import type { MessageEnds } from '../../capture/packet/packet-addresses.js';
import { type Hashed, PrintedIds } from '../../capture/printed/printed-ids.js';
import { offsetsOf, Timeline } from '../../capture/printed/timeline.js';
import type { Sink } from '../../raw/sink.js';
import type { TapMessage } from './messages.js';

/** Writes messages of dnstap, which are as they were on the wire, as those of a capture. */
export class TapWriter {
  private readonly packet = new Packet();
  private readonly ids: PrintedIds;
  private readonly ends = new NamedEnds();
  private readonly messages: DnsMessages;
  private readonly timeline: Timeline;
  private readonly counts = new FrameCounts();

  constructor(private readonly sink: Sink) {
    this.ids = new PrintedIds(sink);
    this.messages = new DnsMessages(sink, this.ends);
    this.timeline = new Timeline(sink, offsetsOf([]));
  }

  /** Writes what one frame tells; false, and no row, where that is no DNS message. */
  write(told: readonly TapMessage[], frame: number): boolean {
    const isDns = told.every((one) => this.one(one, frame));
    if (isDns) this.counts.add(DNS);
    return isDns;
  }

  finish(): void {
    this.counts.write(this.sink);
  }

  private one({ time, src, dst, protocol, direction, identity, wire }: TapMessage, frame: number): boolean {
    const { packet } = this;
    this.timeline.place(time, frame);
    this.ends.are(this.ids.endpoint(src.address), this.ids.endpoint(dst.address));
    packet.frame = frame;
    packet.seconds = this.timeline.seconds;
    packet.nanos = this.timeline.nanos;
    packet.interfaceId = this.ids.interface(identity);
    packet.direction = direction;
    packet.srcPort = src.port;
    packet.dstPort = dst.port;
    return this.messages.write(packet, wire, 0, wire.length, wire.length, protocol);
  }
}

/** Ends that are told in words: addresses, or what a server calls itself. */
class NamedEnds implements MessageEnds {
  srcId = 0;
  srcHash = 0;
  dstId = 0;
  dstHash = 0;

  are(src: Hashed, dst: Hashed): void {
    ({ id: this.srcId, hash: this.srcHash } = src);
    ({ id: this.dstId, hash: this.dstHash } = dst);
  }

  // told beforehand
  read(): void {}
}
