import type { Input } from '../input/input.js';
import type { Sink } from './sink.js';
import type { MessagePart } from './tables/ledger.js';

/** How sure a reader can be, at most, of records such as another reader knows by more than their members. */
export const NEARLY_SURE = 0.97;

/** What the documentation says of a kind. */
export interface AboutKind {
  /** A line or two of it. */
  readonly sample: string;
  /** A short text of it that can be read, where its sample needs other lines around it. Tests and fuzzing take it. */
  readonly whole?: string;
  /** Where people have it from. */
  readonly from: string;
  /** What it gives: capture, log, counters, configuration, ... */
  readonly gives: string;
  /** What it can prove. */
  readonly proves: string;
}

/** A reader for one kind of evidence. */
export interface Reader {
  /** The kind as `sources.kind` shows it: `pcap`, `coredns-log`, `conntrack-stats`. */
  readonly kind: string;
  /** What a user would call it: `a pcap capture`, `a CoreDNS log`. */
  readonly title: string;
  readonly about: AboutKind;
  /**
   * Whether an input's name is part of what it says, as whose resolv.conf it is: then equal bytes under another
   * name are other evidence.
   */
  readonly namedByPath?: true;
  /**
   * Whether it holds all packets that went by where it was made, so that a response that is not in it did not come. Of
   * what is no capture, and yet holds messages, nothing is concluded from what is missing.
   */
  readonly isCapture?: true;
  /** Parts of a message that it never tells. */
  readonly lacks?: readonly MessagePart[];
  /** Whether zero bytes are part of what it reads; a text's are left out before it sees them. */
  readonly isBinary?: true;
  /**
   * How surely these first bytes are of this kind: 0 (not), to 1 (a magic number). Text kinds return about
   * the share of the lines that they can read. Never throws.
   */
  sniff(head: Uint8Array, path: string, options?: ReadOptions): number;
  /**
   * Reads the input to its end into the sink. What cannot be read becomes a problem and is passed over;
   * throws only for faults that are no property of the input (a disk error, a bug).
   */
  read(input: Input, sink: Sink, options: ReadOptions): Promise<void>;
}

/** What a user may set for reading. */
export interface ReadOptions {
  /** Ports that carry DNS, 53 by default. */
  readonly ports: readonly number[];
  /** Names of the interfaces that a capture knows by index, where they are known otherwise. */
  readonly interfaces?: ReadonlyMap<number, string>;
  /** Formats of CoreDNS's log plugin that lines may have beside its own (logs/lines/log-format.ts). */
  readonly logFormats?: readonly string[];
}
