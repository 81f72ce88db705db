import { KINDS } from '../../dist/ingest/index.js';
import { chooseReader } from '../../dist/ingest/choose-reader.js';
import { openInput } from '../../dist/input/open-input.js';
import { StoredBytes } from '../../dist/input/stored-bytes.js';
import { MemorySink } from '../support/memory-sink.js';
import { rowOf } from '../support/batch-rows.js';
import { asSeen } from '../support/seen-messages.js';

/** Rows of a table kept to be looked at; the others are counted. */
const MOST_ROWS = 20_000;

/**
 * Reads bytes as ingest would: decompressed, told by their head, through the reader. `chunkBytes` bounds the
 * pieces in which they come. Gives the kind (null for none), rows by table, counts, problems and what was read.
 */
export async function read(bytes, name, chunkBytes = 1 << 20) {
  const rows = {};
  const counts = {};
  const sink = new MemorySink((table, batch) => {
    counts[table] = (counts[table] ?? 0) + batch.row;
    const kept = (rows[table] ??= []);
    for (let i = 0; i < batch.row && kept.length < MOST_ROWS; i++) kept.push(rowOf(batch, i));
  });
  const reading = { kind: null, rows, counts, sink, plainBytes: 0, lines: 1, refused: null };
  const trouble = (problem) => sink.problem(problem);
  let at = 0;
  const stored = StoredBytes.of(bytes);
  stored.next = async () => (at < bytes.length ? bytes.subarray(at, (at += chunkBytes)) : null);
  try {
    const input = await openInput(name, stored, trouble, (head) =>
      KINDS.some((kind) => kind.isBinary && kind.sniff(head, name) > 0),
    );
    const reader = chooseReader(KINDS, input.head, name);
    reading.kind = reader?.kind ?? null;
    const chunks = counted(input.chunks, reading);
    await reader?.read({ path: input.path, head: input.head, chunks }, sink, { ports: [53] });
  } catch (error) {
    if (error.name !== 'UserError') throw error;
    reading.refused = error.message;
  } finally {
    await stored.close();
  }
  sink.finish();
  // what is the same however often it was seen would hide a copy that is lost
  return { ...reading, rows: asSeen(rows) };
}

async function* counted(chunks, reading) {
  for await (const chunk of chunks) {
    reading.plainBytes += chunk.length;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) reading.lines++;
    yield chunk;
  }
}
