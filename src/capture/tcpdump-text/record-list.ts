import { formatAddress, parseAddress } from '../../base/address.js';
import { classCode, typeCode } from '../../base/registries.js';
import { presentationName } from '../printed/name-text.js';
import type { PrintedRecord } from '../printed/printed-packet.js';

const CLASSES: Readonly<Record<string, number>> = { CHAOS: 3, CH: 3, HS: 4, ANY: 255 };
const OWNED =
  /^(\S*?\.|.{1,300}?\.) (?:\(Cache flush\) )?(?:(CHAOS|CH|HS|ANY|\(Class \d{1,5}\)) )?(?:\(Cache flush\) )?(?:\[([\dwdhms]+)\] )?([A-Za-z][\w-]*)(?: (.*))?$/s;
const UNOWNED = /^(?:(CHAOS|CH|HS|ANY|\(Class \d{1,5}\)) )?(?:\(Cache flush\) )?([A-Z][\w-]*)(?: (.*))?$/s;

/** Splits the sections behind the counts: records with commas between, `ns:` and `ar:` before the later ones. */
export function splitRecords(text: string, first: number): { section: number; text: string }[] {
  const parts: { section: number; text: string }[] = [];
  let section = first;
  let start = 0;
  let isQuoted = false;
  let depth = 0;
  const take = (end: number) => {
    const part = text.slice(start, end).trim();
    if (part !== '') parts.push({ section, text: part });
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (char === '[') depth++;
    else if (char === ']') depth = Math.max(0, depth - 1);
    else if (depth === 0 && char === ',' && text[i + 1] === ' ') {
      take(i);
      start = i + 1;
    } else if (depth === 0 && char === ':' && (i === 2 || text[i - 3] === ' ')) {
      const word = text.slice(i - 2, i);
      if (word !== 'ns' && word !== 'ar') continue;
      take(i - 2);
      section = word === 'ns' ? 2 : 3;
      start = i + 1;
    }
  }
  take(text.length);
  return parts;
}

/** Reads one record, or null if it is cut before its type. */
export function readRecord({ section, text }: { section: number; text: string }): PrintedRecord | null {
  const unowned = UNOWNED.exec(text);
  const type = unowned && printedType(unowned[2]!);
  if (unowned && type !== null) {
    return {
      section,
      name: null,
      type,
      class: printedClass(unowned[1]),
      ttl: null,
      data: dataOf(type, unowned[3] ?? ''),
      text,
    };
  }
  const owned = OWNED.exec(text);
  const ownedType = owned && printedType(owned[4]!);
  if (!owned || ownedType === null) return null;
  const ttl = owned[3] === undefined ? null : seconds(owned[3]);
  const name = presentationName(owned[1]!);
  return {
    section,
    name,
    type: ownedType,
    class: printedClass(owned[2]),
    ttl,
    data: dataOf(ownedType, owned[5] ?? ''),
    text,
  };
}

/** A type as tcpdump prints it: a mnemonic, or `Type65`. */
export function printedType(word: string): number | null {
  return typeCode(word.replace(/^Type(?=\d)/, 'TYPE').replace('NSAP_PTR', 'NSAP-PTR'));
}

/** A class as tcpdump prints it where it is not IN. */
export function printedClass(word: string | undefined): number {
  if (word === undefined) return 1;
  const number = /^\(Class (\d{1,5})\)$/.exec(word);
  return number ? Number(number[1]) & 0xffff : (CLASSES[word] ?? classCode(word) ?? 1);
}

/** `1w2d3h4m5s` in seconds. */
function seconds(text: string): number {
  const units: Readonly<Record<string, number>> = { w: 604800, d: 86400, h: 3600, m: 60, s: 1 };
  let sum = 0;
  for (const [, count, unit] of text.matchAll(/(\d{1,10})([wdhms])/g)) sum += Number(count) * units[unit!]!;
  return Math.min(sum, 0xffffffff);
}

function dataOf(type: number, text: string): string | null {
  if (type === 1 || type === 28) {
    const bytes = parseAddress(text);
    return bytes && text !== '' ? formatAddress(bytes) : null;
  }
  if (type === 2 || type === 5 || type === 12 || type === 39)
    return text.endsWith('.') ? presentationName(text) : null;
  if (type === 6) {
    const soa = /^(\S*\.) (\S*\.) (\d+ \d+ \d+ \d+ \d+)$/.exec(text);
    if (text === '') return '';
    return soa ? `${presentationName(soa[1]!)} ${presentationName(soa[2]!)} ${soa[3]}` : null;
  }
  const mx = type === 15 ? /^(.*\.) (\d{1,5})$/.exec(text) : null;
  if (type === 15) return mx ? `${mx[2]} ${presentationName(mx[1]!)}` : null;
  const srv = type === 33 ? /^(.*\.):(\d{1,5}) (\d{1,5}) (\d{1,5})$/.exec(text) : null;
  if (type === 33) return srv ? `${srv[3]} ${srv[4]} ${srv[2]} ${presentationName(srv[1]!)}` : null;
  return text;
}
