import { pcapngReader, pcapReader } from '../../dist/capture/index.js';
import { openInput } from '../../dist/input/open-input.js';
import { StoredBytes } from '../../dist/input/stored-bytes.js';
import { rowOf } from './batch-rows.js';
import { MemorySink } from './memory-sink.js';
import { asSeen } from './seen-messages.js';

/** Reads a capture, compressed or not: its messages as objects, its problems, and why it is not complete. */
export async function readCapture(path) {
  const rows = {};
  const sink = new MemorySink((table, batch) => {
    const kept = (rows[table] ??= []);
    for (let i = 0; i < batch.row; i++) kept.push(rowOf(batch, i));
  });
  let kind = null;
  const trouble = (problem) => sink.problem({ position: '', ...problem });
  const stored = await StoredBytes.open(path, trouble);
  try {
    const input = await openInput(path, stored, trouble, () => true);
    const reader = [pcapReader, pcapngReader].find((candidate) => candidate.sniff(input.head, path) === 1);
    kind = reader?.kind ?? null;
    await reader?.read(input, sink, { ports: [53] });
  } catch (error) {
    if (error.name !== 'UserError') throw error;
  } finally {
    await stored.close();
  }
  sink.finish();
  const seen = asSeen(rows);
  const frames = Object.fromEntries((rows.frames ?? []).map(({ kind: of, count }) => [of, Number(count)]));
  const messages = seen.messages.map((row) => ({
    ...row,
    src: sink.addressOf.get(row.src_id),
    dst: sink.addressOf.get(row.dst_id),
    qname: sink.nameOf.get(row.qname_id) ?? null,
  }));
  return { kind, messages, frames, answers: seen.answers.length, problems: sink.problems, why: sink.why };
}
