import { ObjectCutter } from '../input/json-objects.js';
import { forEachLine, headLines } from '../input/lines.js';
import { isToolLine, withoutToolLines } from '../input/tool-line.js';
import type { AboutKind, Input, Reader } from '../input/reader.js';
import type { Sink } from '../store/sink.js';
import type { FlowRecord } from './flow.js';
import { FlowWriter } from './flow-writer.js';

/** Lines or objects looked at to tell what an input is. */
const LOOKED_AT = 200;
/** Characters of one object; a DNS message of 64 KiB with all its records is shorter. */
const LONGEST_OBJECT = 1 << 20;
const LONGEST_LINE = 1 << 17;
/** Levels of nesting in an object; real ones have six. */
const DEEPEST = 32;

/** What a record says; null if it is of another form. */
export type ReadRecord<Given> = (given: Given) => FlowRecord | null;

/** How a program writes down DNS messages: as objects of JSON, one a line or however set, or as lines. */
export type FlowForm = Pick<Reader, 'kind' | 'title' | 'lacks'> & { readonly about: AboutKind } & (
    | { readonly object: ReadRecord<object>; readonly lines?: never }
    /** A new reader of lines, as what one says may rest on those before it, such as a header. */
    | { readonly lines: () => ReadRecord<string>; readonly object?: never }
  );

/** The reader of a form. */
export function flowReader(form: FlowForm): Reader {
  const { kind, title, about, lacks, object, lines } = form;
  const reader = {
    sniff: (head: Uint8Array) => (object ? sniffObjects(head, object) : sniffLines(head, lines!())),
    read: (input: Input, sink: Sink) =>
      object ? readObjects(input, sink, object) : readLines(input, sink, lines!()),
  };
  return { kind, title, about, ...(lacks ? { lacks } : {}), ...reader };
}

function sniffObjects(head: Uint8Array, readObject: ReadRecord<object>): number {
  const text = withoutToolLines(new TextDecoder().decode(head));
  if (!/^\s*[[{]/.test(text)) return 0;
  let [seen, known] = [0, 0];
  const cutter = new ObjectCutter(
    ({ text }) => {
      if (seen >= LOOKED_AT) return;
      seen++;
      if (recordOf(text, readObject)) known++;
    },
    () => {},
    LONGEST_OBJECT,
  );
  cutter.push(text);
  return seen === 0 ? 0 : Math.min(0.97, known / seen);
}

function sniffLines(head: Uint8Array, readLine: ReadRecord<string>): number {
  const lines = headLines(head).filter((line) => line.trim() !== '' && !isToolLine(line));
  const looked = lines.slice(0, LOOKED_AT);
  const records = looked.map((line) => (line.length > LONGEST_LINE ? null : readLine(line)));
  const known = records.filter((record) => record !== null).length;
  return records.some((record) => record && record.flows.length > 0)
    ? Math.min(0.97, known / looked.length)
    : 0;
}

async function readObjects(input: Input, sink: Sink, readObject: ReadRecord<object>): Promise<void> {
  const writer = new FlowWriter(sink);
  const cutter = new ObjectCutter(
    ({ text, line }) => {
      const record = recordOf(text, readObject);
      if (record) writer.take(record, line);
      else writer.unread(line);
    },
    (line) => writer.unread(line),
    LONGEST_OBJECT,
  );
  const decoder = new TextDecoder();
  for await (const chunk of input.chunks) cutter.push(decoder.decode(chunk, { stream: true }));
  cutter.push(decoder.decode());
  if (cutter.isCut) sink.incomplete('the JSON ends inside a record');
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
  if (isTooDeep(text)) return null;
  try {
    return readObject(JSON.parse(text) as object);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Whether brackets nest deeper than any real record's; those in strings count too, which costs such a record at most. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === 123 || char === 91) {
      if (++depth > DEEPEST) return true;
    } else if (char === 125 || char === 93) depth--;
  }
  return false;
}
