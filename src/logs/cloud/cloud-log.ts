import { forEachObject, shareOfObjects } from '../../input/json-objects.js';
import { NEARLY_SURE, type Reader } from '../../raw/reader.js';
import type { Input } from '../../input/input.js';
import type { Sink } from '../../raw/sink.js';
import { readCustomFormat } from '../lines/custom-format.js';
import { QueryLine } from '../lines/query-line.js';
import { lineOf, type ToldQuery } from '../lines/told-query.js';
import { LogLine } from '../log-line.js';
import { LogWriter } from '../log-writer.js';
import { parseJson } from '../wrappers/json/index.js';
import { isRecord, type JsonRecord } from '../wrappers/json/record.js';
import { stamp } from '../wrappers/json/times.js';

/** Characters of one record; real ones have a few thousand. */
const LONGEST_RECORD = 1 << 20;
const UNKNOWN = 'A record is of no form that this kind of log has; it was passed over, the rest was read.';

/** A query and its answer as a cloud's resolver logs it. */
export interface CloudQuery extends ToldQuery {
  readonly time: unknown;
}

/** A log of a cloud's resolver: JSON records in lines, an array, or as the messages of CloudWatch's events. */
export interface CloudLog extends Pick<Reader, 'kind' | 'title' | 'about'> {
  /** Null of a record of another form. */
  readonly query: (record: JsonRecord) => CloudQuery | null;
}

export function cloudLogReader({ kind, title, about, query }: CloudLog): Reader {
  return {
    kind,
    title,
    about,
    sniff: (head) =>
      Math.min(
        NEARLY_SURE,
        shareOfObjects(head, (text) => found(parseJson(text), query) !== null),
      ),
    read: (input, sink) => read(input, sink, query),
  };
}

async function read(input: Input, sink: Sink, query: CloudLog['query']): Promise<void> {
  const rows = new CloudRows(sink);
  const unknown = (line: number) =>
    sink.problem({ code: 'unknown-record', detail: UNKNOWN, position: `line ${line}` });
  const isWhole = await forEachObject(input.chunks, {
    object({ text, line }) {
      const told = found(parseJson(text), query);
      if (!told || !rows.write(told, line)) unknown(line);
    },
    tooLong: unknown,
    limit: LONGEST_RECORD,
  });
  if (!isWhole) sink.incomplete('the JSON ends inside a record');
  rows.finish();
}

/** The query of a record, or of one that a shipper has put into a message. */
function found(record: unknown, query: CloudLog['query']): CloudQuery | null {
  if (!isRecord(record)) return null;
  const own = query(record);
  if (own || typeof record.message !== 'string') return own;
  const inner = parseJson(record.message);
  return isRecord(inner) ? query(inner) : null;
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
    if (!readCustomFormat(lineOf(told), 0, this.query)) return false;
    this.line.begin(this.line.bytes, 0, 0, number);
    stamp(this.line, told.time);
    this.writer.query(this.line, this.query);
    return true;
  }

  finish(): void {
    this.writer.finish();
  }
}
