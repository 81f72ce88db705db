import { TimeRange } from '../raw/time-range.js';
import type { Batch } from '../raw/batch.js';
import { finishHash, hashBytes, writeKey } from '../raw/hash.js';
import { writeNumber, writeText } from '../raw/optional-values.js';
import { typeCode } from '../base/registries.js';
import type { Sink } from '../raw/sink.js';
import { logEvents, logQueries } from '../raw/tables/logs.js';
import { writeNanos } from '../raw/word64.js';
import type { LogEvent } from './events.js';
import { NameText } from './lines/name-text.js';
import type { QueryLine } from './lines/query-line.js';
import type { LogLine } from './log-line.js';

const LONGEST_MESSAGE = 2000;
const CLIENT_SLOTS = 4096;

/** An event with the line that it stands on. */
export interface PlacedEvent extends LogEvent {
  line: number;
  timed: boolean;
  seconds: number;
  nanos: number;
  streamId: number;
  message: string;
}

/** Writes rows of log_queries and log_events. */
export class LogWriter {
  private readonly queries: Batch<typeof logQueries.columns>;
  private readonly events: Batch<typeof logEvents.columns>;
  private readonly name: NameText;
  /** IPv4 clients met lately: the address as a word, its id and its hash. */
  private readonly clients = new Int32Array(CLIENT_SLOTS);
  private readonly clientIds = new Uint32Array(CLIENT_SLOTS);
  private readonly clientHashes = new Uint32Array(CLIENT_SLOTS);
  private clientId = 0;
  private clientHash = 0;
  /** The instants of all lines. */
  readonly times = new TimeRange();

  constructor(private readonly sink: Sink) {
    this.queries = sink.batch(logQueries);
    this.events = sink.batch(logEvents);
    this.name = new NameText(sink.seed);
    sink.addresses.whenForgetting(() => this.clientIds.fill(0));
  }

  query(line: LogLine, query: QueryLine): void {
    const rows = this.queries;
    const data = rows.data;
    const row = rows.row;
    data.source_id[row] = this.sink.sourceId;
    data.line[row] = line.number;
    data.stream_id[row] = line.streamId;
    if (line.timed) {
      writeNanos(data.time, row, line.time.seconds, line.time.nanos);
      this.times.add(line.time.seconds, line.time.nanos);
    } else rows.setNull('time');

    const hasClient = query.client.length > 0;
    if (hasClient) {
      this.lookUpClient(query.client.bytes, query.client.length);
      data.client_id[row] = this.clientId;
    } else rows.setNull('client_id');
    if (query.port >= 0) data.client_port[row] = query.port;
    else rows.setNull('client_port');
    if (query.txid >= 0) data.txid[row] = query.txid;
    else rows.setNull('txid');
    const name = query.name;
    data.qname_id[row] = query.hasName
      ? this.sink.names.idOfHashed(name.bytes, name.start, name.end, name.hash)
      : 0;
    if (query.type >= 0) data.qtype[row] = query.type;
    else rows.setNull('qtype');
    if (query.class >= 0) data.qclass[row] = query.class;
    else rows.setNull('qclass');
    if (query.protocol >= 0) data.protocol[row] = query.protocol;
    else rows.setNull('protocol');
    if (
      hasClient &&
      query.hasName &&
      query.port >= 0 &&
      query.txid >= 0 &&
      query.type >= 0 &&
      query.protocol >= 0
    )
      writeKey(data.key, row, name.hash, this.clientHash, query.port, query.txid, query.type, query.protocol);
    else rows.setNull('key');

    if (query.requestBytes >= 0) data.request_bytes[row] = query.requestBytes;
    else rows.setNull('request_bytes');
    if (query.dnssecOk >= 0) data.dnssec_ok[row] = query.dnssecOk;
    else rows.setNull('dnssec_ok');
    if (query.ednsSize >= 0) data.edns_size[row] = query.ednsSize;
    else rows.setNull('edns_size');
    if (query.opcode >= 0) data.opcode[row] = query.opcode;
    else rows.setNull('opcode');
    if (query.rcode >= 0) data.rcode[row] = query.rcode;
    else rows.setNull('rcode');
    const { flagsStart, flagsEnd } = query;
    data.flags_id[row] = flagsEnd > flagsStart ? this.sink.texts.idOf(line.bytes, flagsStart, flagsEnd) : 0;
    if (query.responseBytes >= 0) data.response_bytes[row] = query.responseBytes;
    else rows.setNull('response_bytes');
    if (query.hasDuration) data.duration_seconds[row] = query.duration.seconds;
    else rows.setNull('duration_seconds');
    rows.end();
  }

  event(event: PlacedEvent): void {
    const rows = this.events;
    const data = rows.data;
    const row = rows.row;
    data.source_id[row] = this.sink.sourceId;
    data.line[row] = event.line;
    data.stream_id[row] = event.streamId;
    if (event.timed) {
      writeNanos(data.time, row, event.seconds, event.nanos);
      this.times.add(event.seconds, event.nanos);
    } else rows.setNull('time');
    writeText(rows, 'level', event.level);
    writeText(rows, 'plugin', event.plugin);
    data.event[row] = event.event;
    const nameId = event.name === null ? 0 : this.nameId(event.name);
    writeNumber(rows, 'qname_id', nameId > 0 ? nameId : null);
    const type = event.type === null ? null : typeCode(event.type);
    writeNumber(rows, 'qtype', type);
    writeText(rows, 'upstream', event.upstream);
    writeText(rows, 'reason', event.reason);
    data.count[row] = event.count;
    data.message[row] = event.message.slice(0, LONGEST_MESSAGE);
    rows.end();
  }

  /** Tells the sink which time the rows cover. */
  finish(): void {
    this.times.tell(this.sink);
  }

  private nameId(name: string): number {
    const bytes = new TextEncoder().encode(name);
    if (this.name.read(bytes, 0, bytes.length) !== bytes.length) return 0;
    return this.sink.names.idOfHashed(this.name.bytes, this.name.start, this.name.end, this.name.hash);
  }

  private lookUpClient(bytes: Uint8Array, length: number): void {
    if (length === 4) {
      const word = (bytes[0]! << 24) | (bytes[1]! << 16) | (bytes[2]! << 8) | bytes[3]!;
      const slot = finishHash(word) & (CLIENT_SLOTS - 1);
      if (this.clientIds[slot] === 0 || this.clients[slot] !== word) {
        this.clients[slot] = word;
        this.clientIds[slot] = this.sink.addresses.idOf(bytes, 0, 4);
        this.clientHashes[slot] = hashBytes(bytes, 0, 4, this.sink.seed);
      }
      this.clientId = this.clientIds[slot]!;
      this.clientHash = this.clientHashes[slot]!;
      return;
    }
    this.clientId = this.sink.addresses.idOf(bytes, 0, length);
    this.clientHash = hashBytes(bytes, 0, length, this.sink.seed);
  }
}
