import type { PrintedRecord } from '../capture/printed/printed-packet.js';
import { parseAddress } from '../base/address.js';
import { nameOf } from './flow.js';

const A = 1;
const CNAME = 5;
const AAAA = 28;
/** What Cilium writes where an answer has no TTL, and more than any has (RFC 2181, 8). */
const NO_TTL = 4294967295;

/** A record of the answer section, of which data is told and perhaps a TTL in seconds. */
export function answer(
  name: string | null,
  type: number,
  data: string,
  ttl: number | null = null,
): PrintedRecord {
  const seconds = ttl !== null && ttl >= 0 && ttl < NO_TTL ? Math.floor(ttl) : null;
  return { section: 1, name, type, class: 1, ttl: seconds, data, text: '' };
}

/** The record of an address; null of a text that is none. */
export function addressRecord(owner: string, text: string, ttl: number | null = null): PrintedRecord | null {
  return parseAddress(text) === null ? null : answer(owner, text.includes(':') ? AAAA : A, text, ttl);
}

export function aliasRecord(owner: string, alias: string, ttl: number | null = null): PrintedRecord {
  return answer(owner, CNAME, alias, ttl);
}

/** The records of an answer that is told as a list of aliases, each of which leads to the next, and one of addresses. */
export function answersOf(
  name: string,
  { aliases = [], addresses }: { aliases?: readonly string[]; addresses: readonly string[] },
  ttl: number | null = null,
): PrintedRecord[] {
  let owner = name;
  const chain = aliases.flatMap((text) => {
    const alias = nameOf(text);
    if (alias === null) return [];
    const record = aliasRecord(owner, alias, ttl);
    owner = alias;
    return record;
  });
  return [...chain, ...addresses.flatMap((text) => addressRecord(owner, text.trim(), ttl) ?? [])];
}
