import type { Sink } from '../raw/sink.js';
import type { ProblemCode } from '../base/problem-codes.js';
import { EventLog } from './event-log.js';
import { logEvent } from './events.js';
import { readCustomFormat } from './lines/custom-format.js';
import { isChatter } from './lines/chatter.js';
import { readEventLine } from './lines/event-line.js';
import { type LogFormat, parseLogFormat, readByFormat } from './lines/log-format.js';
import { QueryLine } from './lines/query-line.js';
import { LogLine } from './log-line.js';
import { LogWriter } from './log-writer.js';
import { PartialLines } from './partial-lines.js';
import { UnknownLines } from './unknown-lines.js';
import { Unwrapper } from './wrappers/index.js';
import { recordsOf } from './wrappers/json/elements.js';
import { parseJson, takeRecord } from './wrappers/json/index.js';

const INFO = '[INFO] ';
/** A level that stands further on, behind a prefix of a form of its own. */
const LEVEL_WITHIN = /\[(?:DEBUG|INFO|WARNING|ERROR|FATAL|PANIC)\] /;
const LONGEST_PREFIX = 512;

/** Reads the lines of one log, one after the other, into the sink. */
export class LogLines {
  /** Lines that say something, and those of them that were understood. */
  seen = 0;
  understood = 0;
  /** Lines of the input so far. */
  number = 0;
  private readonly line: LogLine;
  private readonly query: QueryLine;
  private readonly writer: LogWriter;
  private readonly events: EventLog;
  private readonly unknown: UnknownLines;
  readonly unwrapper = new Unwrapper();
  private readonly partial = new PartialLines();

  /** Formats that lines may have, tried before the common one. */
  private readonly formats: readonly LogFormat[];

  constructor(
    private readonly sink: Sink,
    formats: readonly string[] = [],
  ) {
    this.formats = formats.map(parseLogFormat).filter((format) => typeof format !== 'string');
    this.line = new LogLine(sink.texts);
    this.query = new QueryLine(sink.seed);
    this.writer = new LogWriter(sink);
    this.events = new EventLog(this.writer);
    this.unknown = new UnknownLines(sink);
  }

  /** Whether each line stands for itself now: none before waits for it, and no format is tried that was given. */
  get areFree(): boolean {
    return !this.events.isWaiting && !this.partial.isWaiting && this.formats.length === 0;
  }

  /** Passes over query lines that another has read and written. */
  passed(lines: number): void {
    this.number += lines;
    this.seen += lines;
    this.understood += lines;
  }

  /** Notes an instant of such a line. */
  covers(seconds: number, nanos: number): void {
    this.writer.times.add(seconds, nanos);
  }

  /** Reads the next line of the input, without its end. */
  take(bytes: Uint8Array, start: number, end: number, isCut: boolean): void {
    const line = this.line;
    line.begin(bytes, start, end, ++this.number);
    if (isCut) this.problem('long-line', 'The line is longer than 1 MiB; its beginning was read.');
    this.takeWrapped(line);
  }

  /** Reads an element of a JSON document, which has no lines: its log lines are counted. Null if it was too long. */
  takeElement(json: string | null): void {
    const line = this.line;
    const records = json === null ? [] : recordsOf(parseJson(json));
    if (records.length === 0) this.unknownRecord();
    for (const record of records) {
      line.begin(line.bytes, 0, 0, ++this.number);
      if (takeRecord(record, line)) this.takeWrapped(line);
      else this.unknownRecord();
    }
  }

  private unknownRecord(): void {
    this.seen++;
    this.line.number = this.number;
    this.problem('unknown-record', 'A JSON record holds no log line of a known form; it was passed over.');
  }

  private takeWrapped(line: LogLine): void {
    this.unwrapper.unwrap(line);
    if (line.isDamaged)
      this.problem(
        'broken-json-line',
        'The JSON around the line is damaged; its text was read, without a time.',
      );
    if (!this.partial.join(line)) return;
    if (line.isDecoded && line.bytes.subarray(line.start, line.end).includes(10)) this.readEach(line);
    else this.read(line);
  }

  /** Ends the log; `fault` says what is wrong with the document that held it. */
  finish(fault: string | null): void {
    if (fault !== null)
      this.sink.problem({ code: 'broken-json', detail: fault, position: `line ${this.number + 1}` });
    this.partial.finish(this.line, (line) => this.read(line));
    this.events.finish();
    this.writer.finish();
  }

  /** Reads a text of several lines, which a shipper has put together. */
  private readEach(line: LogLine): void {
    const bytes = line.bytes;
    const end = line.end;
    for (let start = line.start; start < end;) {
      const feed = bytes.indexOf(10, start);
      const stop = feed < 0 || feed > end ? end : feed;
      line.bytes = bytes;
      line.start = start;
      line.end = stop > start && bytes[stop - 1] === 13 ? stop - 1 : stop;
      this.read(line);
      start = stop + 1;
      // Each line has a number of its own, so that rows can be told apart.
      if (start < end) line.number = ++this.number;
    }
  }

  private read(line: LogLine): void {
    this.seen++;
    const hasLevel = beginsWithInfo(line.bytes, line.start);
    const start = hasLevel ? line.start + INFO.length : line.start;
    if (
      (this.formats.length > 0 && this.isOfFormat(line, start)) ||
      (mayBeQuery(line.bytes[start]!, hasLevel) && this.query.read(line.bytes, start, line.end))
    ) {
      if (this.query.hasDate) line.writtenAt(this.query.date.seconds, this.query.date.nanos);
      if (this.events.isWaiting) this.events.close(line.streamId);
      if (this.query.isCut)
        this.problem('cut-query-line', 'The line ends within its duration; it was kept without one.');
      this.writer.query(line, this.query);
      this.understood++;
      return;
    }
    this.readOther(line, start);
  }

  private readOther(line: LogLine, start: number): void {
    const text = line.text();
    if (this.events.isWaiting && this.events.continues(line.streamId, text)) {
      this.understood++;
      return;
    }
    if (text.trim() === '' || isChatter(text)) {
      this.seen--;
      return;
    }
    const { text: said, level, event } = readEventLine(text);
    if (event) {
      this.understood++;
      this.events.add(line, event, text, said);
      return;
    }
    if (level === 'info' && this.isCustomFormat(line, said, start)) {
      this.understood++;
      this.writer.query(line, this.query);
      return;
    }
    if (level === null || level === 'info') {
      if (
        mayBeQuery(line.bytes[start]!, level !== null) &&
        this.query.beginsLikeQuery(line.bytes, start, line.end)
      ) {
        this.problem(
          'broken-query-line',
          'The line begins as a query line, and is cut or damaged; it was passed over.',
        );
        return;
      }
    }
    if (level === null && this.readBehindPrefix(line)) return;
    this.unknown.add(text, line.number, level !== null);
    if (level !== null) this.events.add(line, logEvent('other', { level }), text, said);
  }

  /** Whether a line is of a format that was given. */
  private isOfFormat(line: LogLine, start: number): boolean {
    const text = line.text().slice(start - line.start);
    return this.formats.some((format) => readByFormat(format, text, start, this.query));
  }

  /** Whether a line is of a custom format; one that begins in the common format must be whole to be that. */
  private isCustomFormat(line: LogLine, text: string, start: number): boolean {
    const isCommon = this.query.beginsLikeQuery(line.bytes, start, line.end);
    return readCustomFormat(text, start, this.query) && (!isCommon || this.query.hasDuration);
  }

  /** Tries again behind a prefix of no known form, if a level stands there. */
  private readBehindPrefix(line: LogLine): boolean {
    const at = line.ascii(LONGEST_PREFIX).search(LEVEL_WITHIN);
    if (at <= 0) return false;
    line.start += at;
    this.seen--;
    this.read(line);
    return true;
  }

  private problem(code: ProblemCode, detail: string): void {
    this.sink.problem({ code, detail, position: `line ${this.line.number}` });
  }
}

function beginsWithInfo(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === 91 &&
    bytes[at + 1] === 73 &&
    bytes[at + 2] === 78 &&
    bytes[at + 5] === 93 &&
    bytes[at + 6] === 32
  );
}

/** Whether a line with this first byte after its level can be a query line; without a level it begins with an address. */
function mayBeQuery(byte: number, hasLevel: boolean): boolean {
  if ((byte >= 48 && byte <= 58) || byte === 91) return true;
  const letter = byte | 32;
  return hasLevel ? byte !== undefined : letter >= 97 && letter <= 102;
}
