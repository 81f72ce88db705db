import { PROSE_WORDS, CONFIGURATION_WORDS } from './vocabulary.js';
import type { AddressPseudonyms } from './addresses.js';
import type { NamePseudonyms } from './names.js';
import type { PortPseudonyms } from './ports.js';

/** What stands for a word that is not known. */
const HIDDEN = '***';

/** What separates the words of a text; `->` stands between two endpoints. */
const SEPARATORS = /(->|[\s"'`“”‘’(){}[\]<>,;=|/!?&]+)/u;
/** Amounts and spans; a whole number that could be a port, an account or a phone is none. */
const AMOUNT =
  /^[-+~]?(?:\d{1,3}|\d{1,6}\.\d{1,9}|\d{1,6}(?:\.\d{1,9})?(?:ns|µs|us|ms|s|m|h|d|%|k|kb|mb|gb|kib|mib|gib|b|x))$/i;
const SPAN = /^(?:\d{1,4}(?:\.\d{1,9})?(?:ns|µs|us|ms|s|m|h))+$/;
const COUNT = /^\d{1,12}$/;
/** A whole number where only settings stand. */
const SETTING = /^\d{1,6}$/;
/** Versions of CoreDNS and Go, and the names that Linux gives to interfaces. */
const HARMLESS =
  /^(?:(?:coredns-|go|v)\d{1,3}(?:\.\d{1,4}){1,2}|(?:eth|ens|enp0s|bond|cni|docker|wlan)\d{1,2}|lo|any)$/i;
/** CoreDNS's word for the node's own upstreams; reports tell it from an address. */
const NODES_UPSTREAMS = '/etc/resolv.conf';
const ENDPOINT = /^(.*?):(\d{1,5})$/;

/** Replaces free text word by word: what is not known to be harmless goes. */
export class TextPseudonyms {
  constructor(
    private readonly names: NamePseudonyms,
    private readonly addresses: AddressPseudonyms,
    private readonly ports: PortPseudonyms,
  ) {}

  /** A text as the evidence has it. */
  line(text: string): string {
    return this.each(text, (word) => (PROSE_WORDS.has(word.toLowerCase()) ? word : null));
  }

  /** A text whose form nobody knows: a number in it may be an account, a card or a password, and none stays. */
  example(text: string): string {
    return this.each(
      text,
      (word) => (PROSE_WORDS.has(word.toLowerCase()) ? word : null),
      (word) => this.place(word) ?? (/\d/.test(word) ? HIDDEN : null),
    );
  }

  /** A sentence of dnslens: its numbers are frames, lines and bytes. */
  sentence(text: string): string {
    return this.each(text, (word) => (COUNT.test(word) || PROSE_WORDS.has(word.toLowerCase()) ? word : null));
  }

  /** A word of a configuration or an object: it is replaced where it is not known, never hidden. */
  word(text: string): string {
    if (CONFIGURATION_WORDS.has(text.toLowerCase()) || text === NODES_UPSTREAMS) return text;
    if (SETTING.test(text)) return text;
    if (/[\s{}"']/.test(text)) return this.line(text);
    const known = this.known(text);
    if (known !== null) return known;
    if (!text.includes('/')) return this.names.redact(text);
    return this.each(text, (part) =>
      CONFIGURATION_WORDS.has(part.toLowerCase()) ? part : this.names.redact(part),
    );
  }

  port(port: number): number {
    return this.ports.of[port] ?? port;
  }

  /** A number of a JSON document: a port, or nobody knows what. */
  number(number: number): number | string {
    return this.ports.of[number] ?? HIDDEN;
  }

  private each(
    text: string,
    keep: (word: string) => string | null,
    known = (word: string): string | null => this.known(word),
  ): string {
    return text
      .split(SEPARATORS)
      .map((piece, i) => (i % 2 === 1 || piece === '' ? piece : this.piece(piece, keep, known)))
      .join('');
  }

  /** What stands between two separators: a word with its punctuation. */
  private piece(
    piece: string,
    keep: (word: string) => string | null,
    known: (word: string) => string | null,
  ): string {
    const whole = known(piece);
    if (whole !== null) return whole;
    const before = /^[-.:]*/.exec(piece)![0];
    const after = /(?<![.:])[.:]*$/.exec(piece.slice(before.length))![0];
    const word = piece.slice(before.length, piece.length - after.length);
    if (word === '') return piece;
    const hidden = /[^\p{L}]/u.test(word) ? this.names.redact(word) : HIDDEN;
    return before + (known(word) ?? keep(word) ?? hidden) + after;
  }

  /** An amount, address, endpoint or version; null for everything else. */
  private known(word: string): string | null {
    return AMOUNT.test(word) || SPAN.test(word) || HARMLESS.test(word) ? word : this.place(word);
  }

  /** An address or endpoint. */
  private place(word: string): string | null {
    const address = this.addresses.redact(word);
    if (address !== null) return address;
    const [, host, port] = ENDPOINT.exec(word) ?? [];
    if (host === undefined || Number(port) > 65535) return null;
    const shown = CONFIGURATION_WORDS.has(host.toLowerCase()) || host === '' ? host : this.host(host);
    return `${shown}:${this.port(Number(port))}`;
  }

  private host(host: string): string {
    const bracketed = /^\[(.*)\]$/.exec(host);
    const address = this.addresses.redact(bracketed?.[1] ?? host);
    if (address === null) return this.names.redact(host);
    return bracketed ? `[${address}]` : address;
  }
}
