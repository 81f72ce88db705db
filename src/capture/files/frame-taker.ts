import type { Dictionary, Sink } from '../../raw/sink.js';
import type { LinkLayer } from '../layers/link-type.js';
import type { Packet } from '../packet/packet.js';
import type { PcapHeader } from './pcap-header.js';
import type { Window } from './record-feed.js';

/** What the readers of pcap and pcapng give each frame of a capture to. */
export interface FrameTaker {
  /** Number, time and place of the frame at hand; the reader sets them. */
  readonly packet: Packet;
  readonly link: Pick<LinkLayer, 'interfaceId'>;
  /** Where a feed is to hold the records that it gives; anywhere where undefined. */
  readonly window: Window | undefined;
  /** Says how the records of the pcap file are written that `walk` is given next. */
  beginFile(header: PcapHeader): void;
  /** Takes records of the usual form for as long as it likes; null where it takes none. */
  walk(bytes: Uint8Array, start: number, end: number): { at: number; seconds: number } | null;
  /** Takes the frame `bytes[start..end)` of `wireLength` bytes on the wire. */
  frame(bytes: Uint8Array, start: number, end: number, wireLength: number, linkType: number): void;
  /** The same, of a frame that `walk` passed over. */
  layers(bytes: Uint8Array, start: number, end: number, wireLength: number, linkType: number): void;
  /** Ends a run of frames. */
  pause(): void;
  /** Ends them all. */
  finish(): void;
}

/** What those readers tell beside: what is wrong, and names of interfaces. */
export interface CaptureSink extends Pick<Sink, 'problem' | 'incomplete'> {
  readonly texts: Pick<Dictionary, 'idOfText'>;
}
