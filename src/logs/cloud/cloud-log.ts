import { ObjectCutter } from '../../input/json-objects.js';
import type { AboutKind, Input, Reader } from '../../input/reader.js';
import type { Sink } from '../../store/sink.js';
import { readCustomFormat } from '../lines/custom-format.js';
import { QueryLine } from '../lines/query-line.js';
import { LogLine } from '../log-line.js';
import { LogWriter } from '../log-writer.js';
import { isRecord, type JsonRecord } from '../wrappers/json/record.js';
import { stamp } from '../wrappers/json/times.js';

/** Characters of one record; real ones have a few thousand. */
const LONGEST_RECORD = 1 << 20;
const LOOKED_AT = 200;
const UNKNOWN = 'A record is of no form that this kind of log has; it was passed over, the rest was read.';

/** A query and its answer as a cloud's resolver logs it: what a record does not tell is left out. */
export interface CloudQuery {
  readonly time: unknown;
  readonly client?: unknown;
  readonly port?: unknown;
  readonly id?: unknown;
  readonly name: unknown;
  readonly type: unknown;
  readonly class?: unknown;
  readonly proto?: unknown;
  readonly rcode?: unknown;
  readonly seconds?: number | undefined;
}

/** A log of a cloud's resolver: JSON records in lines, an array, or as the messages of CloudWatch's events. */
export interface CloudLog {
  readonly kind: string;
  readonly title: string;
  readonly about: AboutKind;
  /** Null of a record of another form. */
  readonly query: (record: JsonRecord) => CloudQuery | null;
}

export function cloudLogReader({ kind, title, about, query }: CloudLog): Reader {
  return {
    kind,
    title,
    about,
    sniff(head) {
      const text = new TextDecoder().decode(head);
      if (!/^\s*[[{]/.test(text)) return 0;
      let [seen, known] = [0, 0];
      const cutter = cut(query, (found) => {
        if (++seen <= LOOKED_AT && found) known++;
      });
      cutter.push(text);
      return seen === 0 ? 0 : Math.min(0.97, known / Math.min(seen, LOOKED_AT));
    },
    read: (input, sink) => read(input, sink, query),
  };
}

async function read(input: Input, sink: Sink, query: CloudLog['query']): Promise<void> {
  const rows = new CloudRows(sink);
  const cutter = cut(query, (found, line) => {
    if (!found || !rows.write(found, line))
      sink.problem({ code: 'unknown-record', detail: UNKNOWN, position: `line ${line}` });
  });
  const decoder = new TextDecoder();
  for await (const chunk of input.chunks) cutter.push(decoder.decode(chunk, { stream: true }));
  cutter.push(decoder.decode());
  if (cutter.isCut) sink.incomplete('the JSON ends inside a record');
  rows.finish();
}

function cut(query: CloudLog['query'], take: (found: CloudQuery | null, line: number) => void): ObjectCutter {
  return new ObjectCutter(
    ({ text, line }) => take(found(parsed(text), query), line),
    (line) => take(null, line),
    LONGEST_RECORD,
  );
}

/** The query of a record, or of one that a shipper has put into a message. */
function found(record: unknown, query: CloudLog['query']): CloudQuery | null {
  if (!isRecord(record)) return null;
  const own = query(record);
  if (own || typeof record.message !== 'string') return own;
  const inner = parsed(record.message);
  return isRecord(inner) ? query(inner) : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Writes queries as rows, by way of the words that are read in custom formats. */
class CloudRows {
  private readonly line: LogLine;
  private readonly query: QueryLine;
  private readonly writer: LogWriter;

  constructor(sink: Sink) {
    this.line = new LogLine(sink.texts);
    this.query = new QueryLine(sink.seed);
    this.writer = new LogWriter(sink);
  }

  write(told: CloudQuery, number: number): boolean {
    const words = [
      ...(['client', 'port', 'id', 'type', 'class', 'name', 'proto', 'rcode'] as const).flatMap((word) =>
        shown(word, told[word]),
      ),
      ...(told.seconds !== undefined && told.seconds >= 0 ? [`duration=${told.seconds.toFixed(9)}s`] : []),
    ];
    if (!readCustomFormat(words.join(' '), 0, this.query)) return false;
    this.line.begin(this.line.bytes, 0, 0, number);
    stamp(this.line, told.time);
    this.writer.query(this.line, this.query);
    return true;
  }

  finish(): void {
    this.writer.finish();
  }
}

function shown(word: string, value: unknown): string[] {
  if (typeof value !== 'string' && typeof value !== 'number') return [];
  const text = String(value).trim();
  if (text === '' || text === '-' || /[\s"]/.test(text)) return [];
  const isLower = word === 'proto';
  return [
    `${word}=${isLower ? text.toLowerCase() : word === 'client' && text.includes(':') ? `[${text}]` : text}`,
  ];
}
