import { parseAddress } from '../base/address.js';
import type { AddressPseudonyms } from './addresses.js';
import { KEPT_LABELS, KEPT_STEMS } from './kept-labels.js';
import type { PseudonymMaker } from './pseudonym.js';

/** Characters for a label, or for the first part of one with hyphens: 49 bits. */
const FIRST = 10;
/** Characters for a part after a hyphen, which need only differ from its siblings: 29 bits. */
const NEXT = 6;
/** Parts told apart, so that the label fits into 63 octets: 10 + 7 * 7 = 59. */
const PARTS = 8;

const DASHED_ADDRESS = /^(?:(.+?)-)?(\d{1,3}(?:-\d{1,3}){3})$/;

/**
 * Replaces labels of names, and the parts of Kubernetes' names, which are labels themselves. The same label is
 * replaced alike everywhere. Where a label is another one with `-` and more after it, so is its pseudonym: a pod's
 * name still begins with its workload's.
 */
export class LabelPseudonyms {
  constructor(
    private readonly maker: PseudonymMaker,
    private readonly addresses: AddressPseudonyms,
  ) {}

  redact(label: string): string {
    if (KEPT_LABELS.has(label) || label === '*' || label === '') return label;
    if (label.startsWith('_')) return `_${this.redact(label.slice(1))}`.slice(0, 63);
    return this.dashedAddress(label) ?? this.parts(label);
  }

  /** `ip-10-0-1-7` is the name of an address. */
  private dashedAddress(label: string): string | null {
    const found = DASHED_ADDRESS.exec(label);
    const bytes = found && parseAddress(found[2]!.replaceAll('-', '.'));
    if (!bytes) return null;
    const dashed = this.addresses.redactBytes(bytes).join('-');
    const shown = found[1] === undefined ? dashed : `${this.redact(found[1])}-${dashed}`;
    return shown.length <= 63 ? shown : null;
  }

  private parts(label: string): string {
    const parts = label.split('-');
    const stem = stemOf(parts);
    const shown = stem === 0 ? [] : [parts.slice(0, stem).join('-')];
    for (let at = stem; at < parts.length; at++) {
      const isLast = at === parts.length - 1 || shown.length === PARTS - 1;
      const beginning = (isLast ? parts : parts.slice(0, at + 1)).join('-');
      shown.push(this.maker.word('label', beginning, shown.length === 0 ? FIRST : NEXT));
      if (isLast) break;
    }
    return shown.join('-');
  }
}

/** How many parts at the beginning are a known label together. */
function stemOf(parts: readonly string[]): number {
  for (let length = parts.length - 1; length > 0; length--) {
    if (KEPT_STEMS.has(parts.slice(0, length).join('-'))) return length;
  }
  return 0;
}
