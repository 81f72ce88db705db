import type {
  Endpoint,
  PrintedMessage,
  PrintedRecord,
  PrintedTime,
} from '../capture/printed/printed-packet.js';
import { presentationName } from '../capture/printed/name-text.js';
import { rcodeCode, typeCode } from '../base/registries.js';
import { DIRECTION, PROTOCOL } from '../raw/tables/wire.js';

/** A DNS message as another program recorded it. */
export interface Flow {
  readonly time: PrintedTime;
  readonly src: Endpoint;
  readonly dst: Endpoint;
  /** Index into PROTOCOLS. */
  readonly protocol: number;
  /** Index into DIRECTIONS. */
  readonly direction: number;
  readonly interfaceName: string | null;
  readonly message: PrintedMessage;
}

type Where = Pick<Flow, 'protocol' | 'direction' | 'interfaceName'>;

/** What records in words tell of a message; the rest is left open. What a query cannot have is left out of it. */
export interface Told extends Pick<Flow, 'time' | 'src' | 'dst'>, Partial<Where> {
  readonly isResponse: boolean;
  /** Null where the kind never tells it. */
  readonly txid: number | null;
  /** AA, TC, RD, RA and the other bits of the header's second word, without QR and rcode. */
  readonly flags?: number;
  /** Null where it is not told, which is read as NOERROR. */
  readonly rcode?: number | null;
  /** In presentation form. */
  readonly name: string;
  readonly type: number;
  readonly class?: number;
  /** Of the answer section. */
  readonly records?: readonly PrintedRecord[];
  /** Records of the answer section where their number is told and not they; else null. */
  readonly answers?: number | null;
}

/** A pod or service that the record names beside an address of it. */
export interface FlowObject {
  readonly kind: 'Pod' | 'Service';
  readonly namespace: string;
  readonly name: string;
  readonly address: string;
}

/** What a record says: messages, and whose the addresses are. */
export interface FlowRecord {
  readonly flows: readonly Flow[];
  readonly objects: readonly FlowObject[];
}

/** A record that was understood and is of no DNS message. */
export const NOTHING: FlowRecord = { flows: [], objects: [] };

/** Records of one message that are kept; real ones have some dozens. */
const MOST_RECORDS = 1000;
const RESPONSE = 0x8000;
/** Of the header's second word all but QR and rcode. */
const BITS = 0x7ff0;

/** A message of what a record in words tells. */
export function flow(told: Told): Flow {
  const { time, src, dst, isResponse } = told;
  const records = isResponse ? (told.records ?? []).slice(0, MOST_RECORDS) : [];
  const rcode = isResponse ? (told.rcode ?? 0) : 0;
  return {
    time,
    src,
    dst,
    protocol: told.protocol ?? PROTOCOL.udp,
    direction: told.direction ?? DIRECTION.unknown,
    interfaceName: told.interfaceName ?? null,
    message: {
      txid: told.txid ?? 0,
      isResponse,
      flags: ((told.flags ?? 0) & BITS) | (isResponse ? RESPONSE : 0) | (rcode & 15),
      rcode,
      question: { name: told.name, type: told.type, class: told.class ?? 1 },
      questions: 1,
      answers: told.answers ?? records.length,
      authorities: 0,
      additionals: 0,
      edns: null,
      records,
      length: 0,
      isCut: false,
    },
  };
}

/** A question's name as programs write it; null where there is none. */
export function nameOf(text: string | null): string | null {
  return text === null || text === '' || text.length > 1024 ? null : presentationName(text);
}

/** A type by its mnemonic in any case, its number, or 0. */
export function typeOf(text: string | number | null): number {
  if (typeof text === 'number') return text >= 0 && text < 65536 ? Math.trunc(text) : 0;
  if (text === null) return 0;
  const name = text.toUpperCase() === 'ALL' ? 'ANY' : text.toUpperCase();
  return typeCode(name) ?? (/^\d{1,5}$/.test(name) && Number(name) < 65536 ? Number(name) : 0);
}

/** How Go's DNS libraries call response codes, letters only. */
const WORDS: Readonly<Record<string, number>> = {
  success: 0, noerror: 0, formaterror: 1, formerr: 1, serverfailure: 2, servfail: 2, nameerror: 3, nonexistentdomain: 3,
  nxdomain: 3, notimplemented: 4, notimp: 4, refused: 5, queryrefused: 5,
}; // prettier-ignore

/** A response code by its number, its mnemonic, or what Go's libraries call it; null if it is none of these. */
export function rcodeOf(value: string | number | null): number | null {
  if (typeof value === 'number') return value >= 0 && value < 4096 ? Math.trunc(value) : null;
  if (value === null || value.length > 40) return null;
  const word = value.toLowerCase().replace(/[^a-z]/g, '');
  return Object.hasOwn(WORDS, word) ? WORDS[word]! : rcodeCode(value.trim().toUpperCase());
}
