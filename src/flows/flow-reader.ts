import { forEachObject, shareOfObjects } from '../input/json-objects.js';
import { forEachLine, headLines } from '../input/lines.js';
import { isToolLine } from '../input/tool-line.js';
import { NEARLY_SURE, type Reader } from '../raw/reader.js';
import type { Input } from '../input/input.js';
import type { Sink } from '../raw/sink.js';
import type { FlowRecord } from './flow.js';
import { FlowWriter } from './flow-writer.js';

/** Lines looked at to tell what an input is. */
const LOOKED_AT = 200;
/** Characters of one object; a DNS message of 64 KiB with all its records is shorter. */
const LONGEST_OBJECT = 1 << 20;
const LONGEST_LINE = 1 << 17;

/** What a record says; null if it is of another form. */
export type ReadRecord<Given> = (given: Given) => FlowRecord | null;

/** How a program writes down DNS messages: as objects of JSON, one a line or however set, or as lines. */
export type FlowForm = Pick<Reader, 'kind' | 'title' | 'about' | 'lacks'> &
  (
    | { readonly object: ReadRecord<object>; readonly lines?: never }
    /** A new reader of lines, as what one says may rest on those before it, such as a header. */
    | { readonly lines: () => ReadRecord<string>; readonly object?: never }
  );

/** The reader of a form. */
export function flowReader(form: FlowForm): Reader {
  const { kind, title, about, lacks, object, lines } = form;
  const reader = {
    sniff: (head: Uint8Array) => (object ? sniffObjects(head, object) : sniffLines(head, lines())),
    read: (input: Input, sink: Sink) =>
      object ? readObjects(input, sink, object) : readLines(input, sink, lines()),
  };
  return { kind, title, about, ...(lacks ? { lacks } : {}), ...reader };
}

function sniffObjects(head: Uint8Array, readObject: ReadRecord<object>): number {
  return Math.min(
    NEARLY_SURE,
    shareOfObjects(head, (text) => recordOf(text, readObject) !== null),
  );
}

function sniffLines(head: Uint8Array, readLine: ReadRecord<string>): number {
  const lines = headLines(head).filter((line) => line.trim() !== '' && !isToolLine(line));
  const looked = lines.slice(0, LOOKED_AT);
  const records = looked.map((line) => (line.length > LONGEST_LINE ? null : readLine(line)));
  const known = records.filter((record) => record !== null).length;
  return records.some((record) => record && record.flows.length > 0)
    ? Math.min(NEARLY_SURE, known / looked.length)
    : 0;
}

async function readObjects(input: Input, sink: Sink, readObject: ReadRecord<object>): Promise<void> {
  const writer = new FlowWriter(sink);
  const isWhole = await forEachObject(input.chunks, {
    object({ text, line }) {
      const record = recordOf(text, readObject);
      if (record) writer.take(record, line);
      else writer.unread(line);
    },
    tooLong: (line) => writer.unread(line),
    limit: LONGEST_OBJECT,
  });
  if (!isWhole) sink.incomplete('the JSON ends inside a record');
  writer.finish();
}

async function readLines(input: Input, sink: Sink, readLine: ReadRecord<string>): Promise<void> {
  const writer = new FlowWriter(sink);
  await forEachLine(
    input.chunks,
    (line, number, whole) => {
      if (line.trim() === '' || isToolLine(line)) return;
      const record = whole ? readLine(line) : null;
      if (record) writer.take(record, number);
      else writer.unread(number);
    },
    LONGEST_LINE,
  );
  writer.finish();
}

function recordOf(text: string, readObject: ReadRecord<object>): FlowRecord | null {
  try {
    return readObject(JSON.parse(text) as object);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
