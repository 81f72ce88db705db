import { u16 } from '../../capture/packet/bytes.js';
import { HEADER } from '../../capture/dns/dns-message.js';
import { skipName } from '../../capture/dns/dns-name.js';
import type { Endpoint, PrintedTime } from '../../capture/printed/printed-packet.js';
import { formatAddress, unmapped } from '../../base/address.js';
import { DIRECTION, PROTOCOL } from '../../raw/tables/wire.js';
import { portOf } from '../ends.js';
import { NO_TIME } from '../times.js';
import { type ProtoFields, readFields } from './protobuf.js';

/** Fields of Dnstap and of its Message (dnstap.proto). */
const IDENTITY = 1;
const MESSAGE = 14;
const [TYPE, PROTOCOL_FIELD, QUERY_ADDRESS, RESPONSE_ADDRESS, QUERY_PORT, RESPONSE_PORT] = [
  1, 3, 4, 5, 6, 7,
] as const;
const QUERY = { seconds: 8, nanos: 9, message: 10 };
const RESPONSE = { seconds: 12, nanos: 13, message: 14 };
/** SocketProtocol: UDP, DNSCrypt over UDP and DoQ; the others go over TCP. */
const OVER_UDP = [1, 5, 7];
/** Message.Type: pairs of query and response; of AUTH, CLIENT and UPDATE the server is who was asked. */
const CLIENT_QUERY = 5;
const ASKED = [1, 2, 5, 6, 13, 14];
const MOST_TYPES = 14;
/** Queries and clients remembered at a time; the oldest is forgotten first. */
const REMEMBERED = 1 << 16;
const NAMELESS = 'server';

/** A DNS message as a record of dnstap holds it. */
export interface TapMessage {
  readonly time: PrintedTime;
  readonly src: Endpoint;
  readonly dst: Endpoint;
  /** Index into PROTOCOLS. */
  readonly protocol: number;
  /** Index into DIRECTIONS. */
  readonly direction: number;
  /** What the server calls itself. */
  readonly identity: string | null;
  /** Its octets. */
  readonly wire: Uint8Array;
}

/** Makes messages of dnstap's records, one after the other. */
export class Messages {
  /** Queries whose answer has not come, and ports that clients asked from. */
  private readonly asked = new Recent();
  private readonly clients = new Recent();

  /** The messages of one frame; `no-message` of a record that holds none, `unreadable` of what is no dnstap. */
  read(frame: Uint8Array): readonly TapMessage[] | 'unreadable' | 'no-message' {
    const outer = readFields(frame);
    const inner = outer?.bytes.get(MESSAGE);
    const message = inner && readFields(inner);
    if (!outer || !message) return 'unreadable';
    const type = message.numbers.get(TYPE) ?? 0;
    if (type < 1 || type > MOST_TYPES) return 'unreadable';
    const isResponse = type % 2 === 0;
    const side = isResponse ? RESPONSE : QUERY;
    const wire = message.bytes.get(side.message);
    if (!wire || wire.length === 0) return 'no-message';
    const identity = textOf(outer.bytes.get(IDENTITY));
    const { client, server } = this.ends(message, type, identity);
    const isAsked = ASKED.includes(type);
    const protocol = OVER_UDP.includes(message.numbers.get(PROTOCOL_FIELD) ?? 1)
      ? PROTOCOL.udp
      : PROTOCOL.tcp;
    const common = { protocol, identity };
    const query: TapMessage = {
      ...common,
      src: client,
      dst: server,
      direction: isAsked ? DIRECTION.in : DIRECTION.out,
      time: timeOf(message, QUERY),
      wire: queryOf(wire),
    };
    const key = [type + (isResponse ? 0 : 1), client.address, client.port, textOfQuery(query.wire)].join(' ');
    if (!isResponse) {
      this.asked.add(key);
      return [{ ...query, wire }];
    }
    const response: TapMessage = {
      ...common,
      src: server,
      dst: client,
      direction: isAsked ? DIRECTION.out : DIRECTION.in,
      time: timeOf(message, RESPONSE),
      wire,
    };
    const wasSeen = this.asked.take(key);
    // a server that logs responses alone tells in them when it was asked
    return wasSeen || query.time.form === 'none' ? [response] : [query, response];
  }

  /** Who asked and who was asked. CoreDNS leaves out its own address towards clients, and older ones name their client as who asks the upstream. */
  private ends(
    message: ProtoFields,
    type: number,
    identity: string | null,
  ): { client: Endpoint; server: Endpoint } {
    const client = endOf(message, QUERY_ADDRESS, QUERY_PORT);
    const server = endOf(message, RESPONSE_ADDRESS, RESPONSE_PORT);
    const itself = { address: identity ?? NAMELESS, port: 0 };
    if (ASKED.includes(type)) {
      if (type === CLIENT_QUERY && client) this.clients.add(`${client.address} ${client.port}`);
      return { client: client ?? { address: 'client', port: 0 }, server: server ?? itself };
    }
    const isClients = client !== null && this.clients.has(`${client.address} ${client.port}`);
    return {
      client: client && !isClients ? client : itself,
      server: server ?? { address: 'upstream', port: 0 },
    };
  }
}

function endOf(message: ProtoFields, address: number, port: number): Endpoint | null {
  const bytes = message.bytes.get(address);
  if (!bytes || (bytes.length !== 4 && bytes.length !== 16)) return null;
  return { address: formatAddress(unmapped(bytes)), port: portOf(message.numbers.get(port) ?? null) };
}

function timeOf({ numbers }: ProtoFields, side: { seconds: number; nanos: number }): PrintedTime {
  const seconds = numbers.get(side.seconds);
  if (seconds === undefined || seconds > 1e11) return NO_TIME;
  return { form: 'epoch', seconds, nanos: Math.min(999_999_999, numbers.get(side.nanos) ?? 0) };
}

/** The query that a message repeats: its id, opcode, whether recursion is desired, and its first question. */
function queryOf(message: Uint8Array): Uint8Array {
  if (message.length < HEADER) return message;
  const name = skipName(message, HEADER, message.length);
  const end = u16(message, 4) > 0 && name > 0 ? Math.min(name + 4, message.length) : HEADER;
  const query = message.slice(0, end);
  query[2]! &= 0x79;
  query.fill(0, 3, HEADER);
  query[5] = end > HEADER ? 1 : 0;
  return query;
}

/** What of a query its response has in common: id and question, whatever the case of its name. */
function textOfQuery(query: Uint8Array): string {
  const { buffer, byteOffset, length } = query;
  const text = Buffer.from(buffer, byteOffset, length).toString('latin1').toLowerCase();
  return text.slice(0, 2) + text.slice(HEADER);
}

/** What a server calls itself, short and visible. */
function textOf(bytes: Uint8Array | undefined): string | null {
  const text = bytes
    ? Buffer.from(bytes.subarray(0, 253))
        .toString('utf8')
        .replace(/[^\w.:/-]/g, '_')
    : '';
  return text === '' ? null : text;
}

/** Keys met lately. */
class Recent {
  private readonly keys = new Set<string>();

  add(key: string): void {
    this.keys.add(key);
    if (this.keys.size > REMEMBERED) this.keys.delete(this.keys.values().next().value!);
  }

  has(key: string): boolean {
    return this.keys.has(key);
  }

  /** Whether it was there; it is not any more. */
  take(key: string): boolean {
    return this.keys.delete(key);
  }
}
