import type { Sink } from '../raw/sink.js';
import { DnsMessages } from './dns/dns-message.js';
import { ethernet, etherPayload, ppp } from './layers/ethernet.js';
import type { FrameTaker } from './files/frame-taker.js';
import { Fragments } from './layers/fragments.js';
import { DNS, DNS_SEGMENT, FrameCounts, MALFORMED, OTHER_PROTOCOL } from './layers/frame-kind.js';
import { IcmpErrors } from './layers/icmp.js';
import { extensionHeaders, ip } from './layers/ip.js';
import { ETHER_PAYLOAD, ETHERNET, GRE, IP, IP_PAYLOAD, MAX_LAYERS, PPP } from './layers/layer.js';
import { LinkLayer } from './layers/link-type.js';
import { OtherPorts } from './layers/other-ports.js';
import { Packet } from './packet/packet.js';
import { PacketEnds } from './packet/packet-addresses.js';
import type { PcapHeader } from './files/pcap-header.js';
import { RecentPackets } from './dns/recent-packets.js';
import type { Window } from './files/record-feed.js';
import { TcpStreams } from './layers/tcp-streams.js';
import { gre, ipInIp } from './layers/tunnel.js';
import { Udp } from './layers/udp.js';
import { WasmHost } from './wasm/host.js';
import { Machine } from './wasm/machine.js';
import { WasmDecoder } from './wasm/wasm-decoder.js';
import { IP_PROTOCOL } from './layers/protocol-numbers.js';
import { TimeRange } from '../raw/time-range.js';

/** Takes frames of one capture apart, layer by layer, and writes what is DNS. */
export class FrameDecoder implements FrameTaker {
  /** Facts of the frame at hand: the reader sets frame number, time and interface. */
  readonly packet = new Packet();
  readonly link: LinkLayer;
  private readonly counts = new FrameCounts();
  private readonly times = new TimeRange();
  private readonly fragments: Fragments;
  private readonly udp: Udp;
  private readonly icmp: IcmpErrors;
  private readonly others: OtherPorts;
  private readonly tcp: TcpStreams;
  /** Reads frames of the common form, where it can be had. */
  private readonly wasm: WasmDecoder | null;

  constructor(
    private readonly sink: Sink,
    ports: readonly number[],
    interfaces: ReadonlyMap<number, string> = new Map(),
  ) {
    const portSet = new Uint8Array(65536);
    for (const port of ports) portSet[port] = 1;
    this.link = new LinkLayer(sink, interfaces);
    const machine = Machine.take();
    const messages = new DnsMessages(sink, new PacketEnds(sink), new RecentPackets(machine?.recent));
    machine?.listen(new WasmHost(machine, sink, messages, this.link));
    this.wasm = machine && new WasmDecoder(machine, sink, this.packet, portSet);
    this.others = new OtherPorts(sink, messages);
    this.udp = new Udp(messages, portSet, this.others);
    this.icmp = new IcmpErrors(sink, messages, portSet, this.others.found);
    this.tcp = new TcpStreams(messages, portSet, this.others);
    this.fragments = new Fragments(this.udp, sink);
  }

  /** Where a feed is to hold the records that it gives. */
  get window(): Window | undefined {
    return this.wasm?.window;
  }

  /** Says how the records of the pcap file are written that `walk` is given next. */
  beginFile(header: PcapHeader): void {
    this.wasm?.beginFile(header);
  }

  /**
   * Reads records of the usual form at `bytes[start..end)` for as long as it is quick; where it stopped, with the seconds of
   * the last one. The next is for `layers`, if it is whole and good.
   */
  walk(bytes: Uint8Array, start: number, end: number): { at: number; seconds: number } | null {
    const walked = this.wasm?.walk(bytes, start, end);
    if (!walked || walked.frames === 0) return null;
    const { first, last, frames } = walked;
    this.counts.add(DNS, frames);
    this.times.add(first.seconds, first.nanos);
    this.times.add(last.seconds, last.nanos);
    return walked;
  }

  /** Reads the frame `bytes[start..end)` of `wireLength` bytes on the wire. */
  frame(bytes: Uint8Array, start: number, end: number, wireLength: number, linkType: number): void {
    const { packet, wasm } = this;
    if (!wasm?.frame(bytes, start, end, linkType))
      return this.layers(bytes, start, end, wireLength, linkType);
    this.times.add(packet.seconds, packet.nanos);
    this.counts.add(DNS);
  }

  /** Ends a run of frames: whoever looks at the batches sees their rows. */
  pause(): void {
    this.wasm?.leave();
  }

  /** Does what `frame` does, layer by layer. */
  layers(bytes: Uint8Array, start: number, end: number, wireLength: number, linkType: number): void {
    const { packet } = this;
    this.wasm?.leave();
    packet.begin(bytes, start, end, wireLength);
    // A time of zero is what writers without a clock leave there.
    if (packet.seconds !== 0) this.times.add(packet.seconds, packet.nanos);
    let next = this.link.enter(packet, linkType);
    for (let layers = 0; next >= ETHERNET; layers++) {
      next = layers < MAX_LAYERS ? this.layer(next) : MALFORMED;
    }
    this.counts.add(next);
  }

  /** Writes what is still held back, and the counts. */
  finish(): void {
    this.fragments.finish();
    this.tcp.finish();
    this.others.finish();
    this.counts.move(this.tcp.late, DNS_SEGMENT, DNS);
    this.counts.write(this.sink);
    this.times.tell(this.sink);
    this.wasm?.close();
  }

  private layer(layer: number): number {
    switch (layer) {
      case ETHERNET:
        return ethernet(this.packet);
      case ETHER_PAYLOAD:
        return etherPayload(this.packet);
      case IP:
        return ip(this.packet, this.fragments);
      case IP_PAYLOAD:
        return this.ipPayload();
      case PPP:
        return ppp(this.packet);
      case GRE:
        return gre(this.packet);
      default:
        return MALFORMED;
    }
  }

  private ipPayload(): number {
    const { packet } = this;
    switch (packet.ipProtocol) {
      case IP_PROTOCOL.udp:
        return this.udp.datagram(packet);
      case IP_PROTOCOL.tcp:
        return this.tcp.segment(packet);
      case IP_PROTOCOL.icmp:
      case IP_PROTOCOL.icmpv6:
        return this.icmp.message(packet);
      case IP_PROTOCOL.ipv4:
      case IP_PROTOCOL.ipv6:
        return ipInIp(packet);
      case IP_PROTOCOL.gre:
        return GRE;
      case IP_PROTOCOL.encapsulatedSecurity:
        this.others.encrypted(packet);
        return OTHER_PROTOCOL;
      case IP_PROTOCOL.hopByHop:
      case IP_PROTOCOL.routing:
      case IP_PROTOCOL.authentication:
      case IP_PROTOCOL.destinationOptions:
      case IP_PROTOCOL.mobility:
        return extensionHeaders(packet, this.fragments);
      default:
        return OTHER_PROTOCOL;
    }
  }
}
