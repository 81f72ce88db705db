import { formatAddress, parseAddress } from '../base/address.js';
import type { AddressPseudonyms } from './addresses.js';
import type { LabelPseudonyms } from './labels.js';
import type { PseudonymMaker } from './pseudonym.js';

/** Characters that a name may have, so that it fits into 255 octets. */
const LONGEST = 253;

/**
 * Replaces domain names in presentation form label by label, so that a suffix of a name stays the suffix of its
 * pseudonym. Addresses in names (reverse zones, `10.0.0.1`) are replaced as addresses are.
 */
export class NamePseudonyms {
  constructor(
    private readonly maker: PseudonymMaker,
    private readonly labels: LabelPseudonyms,
    private readonly addresses: AddressPseudonyms,
  ) {}

  redact(name: string): string {
    const labels = labelsOf(name.toLowerCase());
    const shown = this.reverse(labels) ?? this.forward(labels);
    const redacted = this.fitting(shown, name).join('.');
    return name.endsWith('.') ? `${redacted}.` : redacted;
  }

  /** The labels of a name below in-addr.arpa or ip6.arpa, which a search suffix may follow; null for other names. */
  private reverse(labels: readonly string[]): string[] | null {
    const zone = labels.findIndex(
      (label, i) => (label === 'in-addr' || label === 'ip6') && labels[i + 1] === 'arpa',
    );
    if (zone < 1) return null;
    const [digit, most] = labels[zone] === 'ip6' ? [/^[0-9a-f]$/, 32] : [/^\d{1,3}$/, 4];
    let from = zone;
    while (from > 0 && zone - from < most && digit.test(labels[from - 1]!)) from--;
    const digits = labels.slice(from, zone).toReversed();
    const shown = most === 32 ? this.nibbles(digits) : this.octets(digits);
    return [...labels.slice(0, from).map((label) => this.labels.redact(label)), ...shown.toReversed()].concat(
      labels.slice(zone).map((label) => this.labels.redact(label)),
    );
  }

  private octets(octets: readonly string[]): string[] {
    const bytes = Uint8Array.from({ length: 4 }, (_, i) => Number(octets[i] ?? 0));
    return [...this.addresses.redactBytes(bytes)].slice(0, octets.length).map(String);
  }

  private nibbles(nibbles: readonly string[]): string[] {
    const hex = nibbles.join('').padEnd(32, '0');
    const bytes = this.addresses.redactBytes(Uint8Array.from(Buffer.from(hex, 'hex')));
    return [...Buffer.from(bytes).toString('hex')].slice(0, nibbles.length);
  }

  private forward(labels: readonly string[]): string[] {
    const address = labels.length < 4 ? null : parseAddress(labels.slice(0, 4).join('.'));
    const start = address === null ? [] : formatAddress(this.addresses.redactBytes(address)).split('.');
    return [...start, ...labels.slice(start.length).map((label) => this.labels.redact(label))];
  }

  /** Cuts the leftmost labels, which are many and short then, so that a character each is left for those before. */
  private fitting(shown: string[], name: string): string[] {
    if (shown.reduce((sum, label) => sum + label.length + 1, -1) <= LONGEST) return shown;
    const whole = this.maker.word('long name', name.toLowerCase(), 51);
    let left = LONGEST + 1;
    return shown.reduceRight<string[]>((fitted, label, before) => {
      const room = left - 1 - 2 * before;
      const kept = label.length <= room ? label : whole.slice(before % 32, (before % 32) + Math.max(1, room));
      left -= kept.length + 1;
      fitted.unshift(kept);
      return fitted;
    }, []);
  }
}

/** The labels of a name in presentation form, escapes as they are; none for the root. */
function labelsOf(name: string): string[] {
  return name.match(/(?:\\\d{3}|\\[^]|[^.\\]|\\$)+/g) ?? [];
}
