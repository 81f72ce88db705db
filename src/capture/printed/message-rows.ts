import type { Batch } from '../../raw/batch.js';
import { writeKey } from '../../raw/hash.js';
import type { Sink } from '../../raw/sink.js';
import { answers } from '../../raw/tables/wire.js';
import { Packet } from '../packet/packet.js';
import { SHAPE, WireRows } from '../dns/wire-rows.js';
import { AskedQuestions, type Asked } from './asked-questions.js';
import { PrintedIds } from './printed-ids.js';
import type { PrintedMessage, PrintedNetwork, PrintedRecord } from './printed-packet.js';

const SOA = 6;
const UDP_HEADER = 8;
/** Of the header's second word, set in responses (RFC 1035, 4.1.1). */
const QR = 0x8000;
const NOT_PRINTED =
  "A response's question is not printed and its query is not in the text, so that its name and type are not known; print with -vv to have them.";

/** Where and when a message was seen. */
export interface Sighting {
  readonly frame: number;
  readonly seconds: number;
  readonly nanos: number;
  readonly interfaceName: string | null;
  readonly direction: number;
  /** Index into PROTOCOLS. */
  readonly protocol: number;
}

/** Writes printed messages as rows, a packet each. */
export class MessageRows {
  private readonly rows: WireRows;
  private readonly packet = new Packet();
  private readonly answers: Batch<typeof answers.columns>;
  private readonly asked = new AskedQuestions();
  private readonly ids: PrintedIds;

  constructor(private readonly sink: Sink) {
    this.rows = new WireRows(sink);
    this.answers = sink.batch(answers);
    this.ids = new PrintedIds(sink);
  }

  write(at: Sighting, network: PrintedNetwork, message: PrintedMessage): void {
    const { src, dst } = network;
    const from = this.ids.endpoint(src.address);
    const to = this.ids.endpoint(dst.address);
    const client = message.isResponse ? to : from;
    const clientPort = message.isResponse ? dst.port : src.port;
    const asked = this.question(message, client.id, clientPort, at.frame);
    this.header(message, asked);
    // as printed flags have it, which what else is printed may contradict
    const isResponse = (this.rows.shape[SHAPE.flags]! & QR) !== 0;
    const { data, row } = this.rows.packets;
    if (network.ipId === null) this.rows.packets.setNull('ip_id');
    data.ip_id[row] = network.ipId ?? 0;
    data.client_port[row] = isResponse ? dst.port : src.port;
    data.txid[row] = message.txid;
    data.qname_id[row] = asked?.nameId ?? 0;
    data.qtype[row] = asked?.type ?? 0;
    const { nameHash = 0, type = 0 } = asked ?? {};
    writeKey(data.key, row, nameHash, client.hash, clientPort, message.txid, type, at.protocol);
    data.bytes[row] = message.length >= 0 ? message.length : Math.max(0, network.payloadLength - UDP_HEADER);
    this.edns(message);
    this.records(message, asked);
    const packetId = this.rows.endPacket();
    this.place(at, network);
    this.rows.see(this.packet, packetId, at.protocol, isResponse, from.id, to.id);
  }

  private question(message: PrintedMessage, clientId: number, port: number, frame: number): Asked | null {
    if (message.question) {
      const { name, type, class: klass } = message.question;
      const { id, hash } = this.ids.name(name);
      const known = message.isResponse ? this.asked.recall(clientId, port, message.txid) : null;
      const recursionDesired = message.isResponse
        ? (known?.recursionDesired ?? false)
        : (message.flags & 0x100) !== 0;
      const asked: Asked = { nameId: id, nameHash: hash, type, class: klass, recursionDesired };
      if (!message.isResponse) this.asked.remember(clientId, port, message.txid, asked);
      return asked;
    }
    if (message.questions === 0) return null;
    const known = message.isResponse ? this.asked.recall(clientId, port, message.txid) : null;
    if (!known && message.isResponse) {
      this.sink.problem({ code: 'question-not-printed', detail: NOT_PRINTED, position: `frame ${frame}` });
    }
    return known;
  }

  /** When and where the packet was seen. */
  private place(at: Sighting, network: PrintedNetwork): void {
    const { packet } = this;
    packet.frame = at.frame;
    packet.seconds = at.seconds;
    packet.nanos = at.nanos;
    packet.interfaceId = this.ids.interface(at.interfaceName);
    packet.direction = at.direction;
    packet.tunnel = network.tunnel;
    packet.srcPort = network.src.port;
    packet.dstPort = network.dst.port;
    packet.hopLimit = network.hopLimit ?? 0;
  }

  private header(message: PrintedMessage, asked: Asked | null): void {
    const { shape } = this.rows;
    // RD is copied from the query (RFC 1035, 4.1.1); tcpdump does not print it for a response.
    shape[SHAPE.flags] = message.flags | (message.isResponse && asked?.recursionDesired ? 0x100 : 0);
    shape[SHAPE.rcode] = message.rcode;
    shape[SHAPE.qclass] = asked?.class ?? 0;
    shape[SHAPE.questions] = message.questions;
    shape[SHAPE.answers] = message.answers;
    shape[SHAPE.authorities] = message.authorities;
    shape[SHAPE.additionals] = message.additionals;
  }

  private edns({ edns }: PrintedMessage): void {
    const { shape } = this.rows;
    shape[SHAPE.edns_size] = edns?.size ?? -1;
    shape[SHAPE.dnssec_ok] = edns?.dnssecOk ? 1 : 0;
    shape[SHAPE.cookie_bytes] = edns?.cookieBytes ?? 0;
    shape[SHAPE.ede] = edns?.extendedError ?? -1;
    shape[SHAPE.ecs_id] = edns?.subnet == null ? -1 : this.sink.texts.idOfText(edns.subnet);
  }

  private records(message: PrintedMessage, asked: Asked | null): void {
    const { packets } = this.rows;
    let minTtl: number | null = null;
    let owner = asked?.nameId ?? 0;
    const positions = [0, 0, 0, 0];
    for (const record of message.records) {
      const ownerId = record.name === null ? owner : this.ids.name(record.name).id;
      this.record(record, ownerId, positions[record.section]!++);
      // Without -v no owner is printed: the first record's is the question, and an alias leads to the next.
      if (record.type === 5 && record.data !== null) owner = this.ids.name(record.data).id;
      const ttl = message.isResponse ? ttlOf(record, message) : null;
      if (ttl !== null) minTtl = Math.min(minTtl ?? ttl, ttl);
    }
    if (minTtl === null) packets.setNull('min_ttl');
    packets.data.min_ttl[packets.row] = minTtl ?? 0;
  }

  private record(record: PrintedRecord, ownerId: number, position: number): void {
    const { data, row } = this.answers;
    data.source_id[row] = this.sink.sourceId;
    data.packet_id[row] = this.rows.packetId;
    data.section[row] = record.section;
    data.position[row] = position;
    data.name_id[row] = ownerId;
    data.type[row] = record.type;
    data.class[row] = record.class;
    data.ttl[row] = record.ttl ?? 0;
    data.data_id[row] = this.sink.texts.idOfText(record.data ?? '');
    this.answers.end();
  }
}

/** What a record adds to the message's smallest TTL (RFC 2308, 5, for the SOA of a negative answer). */
function ttlOf(record: PrintedRecord, message: PrintedMessage): number | null {
  if (record.ttl === null) return null;
  if (record.section === 1) return record.ttl;
  const isNegative = message.answers === 0 || message.rcode === 3;
  if (record.section !== 2 || record.type !== SOA || !isNegative) return null;
  return Math.min(record.ttl, Number(record.data?.split(' ').at(-1) || record.ttl));
}
