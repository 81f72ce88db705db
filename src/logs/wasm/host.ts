import { hashBytes } from '../../raw/hash.js';
import type { Sink } from '../../raw/sink.js';
import { AddressText } from '../lines/address-text.js';
import { rcodeMnemonics, typeMnemonics } from '../lines/mnemonics.js';
import { NameText } from '../lines/name-text.js';
import { minuteStart } from '../timestamps.js';
import type { Host, Machine } from './machine.js';
import { type Kind, KINDS } from './memory-map.js';

/** The meaning of a text that TypeScript is to read. */
const LEFT = -1;
const OPEN = 91;
/** Octets of a text that may be longer in a line, and is cut then. */
const LONGEST_TEXT = 512;
/** Seconds that a zone or a leap second may add or take. */
const DAY = 86_400;
/** More seconds than a cell holds: the year 2106. */
const SECONDS = 2 ** 32;

/** Answers what the reader in WebAssembly asks for, as TypeScript reads it. */
export class LogHost implements Host {
  private readonly name: NameText;
  private readonly address = new AddressText();
  private readonly kinds: readonly ((at: number, end: number) => number)[];

  constructor(
    private readonly machine: Machine,
    private readonly sink: Sink,
  ) {
    const { bytes } = machine;
    this.name = new NameText(sink.seed);
    const forget = () => machine.forgetFor(this);
    for (const known of [sink.names, sink.addresses, sink.texts]) known.whenForgetting(forget);
    const byKind: Record<Kind, (at: number, end: number) => number> = {
      types: (at, end) => typeMnemonics.code(bytes, at, end),
      rcodes: (at, end) => rcodeMnemonics.code(bytes, at, end),
      names: (at, end) => this.nameId(at, end),
      clients: (at, end) => this.clientId(at, end),
      texts: (at, end) => (end - at > LONGEST_TEXT ? LEFT : sink.texts.idOf(bytes, at, end)),
    };
    this.kinds = KINDS.map((kind) => byKind[kind]);
  }

  meaningOf(kind: number, at: number, end: number): number {
    const isVisible = !this.machine.bytes.subarray(at, end).some((byte) => byte <= 32 || byte >= 127);
    return isVisible ? this.kinds[kind]!(at, end) : LEFT;
  }

  minuteStart(at: number): number {
    const seconds = minuteStart(this.machine.bytes, at);
    return seconds >= DAY && seconds + DAY < SECONDS ? seconds : NaN;
  }

  private nameId(at: number, end: number): number {
    const { name, sink, machine } = this;
    if (name.read(machine.bytes, at, end) !== end) return LEFT;
    machine.setCell('hash', name.hash);
    return sink.names.idOfHashed(name.bytes, name.start, name.end, name.hash);
  }

  /** Of IPv4, or of IPv6 behind a bracket. */
  private clientId(at: number, end: number): number {
    const { address, sink, machine } = this;
    const { bytes } = machine;
    const isWhole =
      bytes[at] === OPEN ? address.readIPv6(bytes, at + 1, end) : address.readIPv4(bytes, at, end) === end;
    if (!isWhole) return LEFT;
    machine.setCell('hash', hashBytes(address.bytes, 0, address.length, sink.seed));
    return sink.addresses.idOf(address.bytes, 0, address.length);
  }
}
