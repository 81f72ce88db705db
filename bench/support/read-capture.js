import { pcapngReader, pcapReader } from '../../dist/capture/index.js';
import { openInput } from '../../dist/input/open-input.js';
import { StoredBytes } from '../../dist/input/stored-bytes.js';
import { MemorySink } from './memory-sink.js';

/** Reads a capture, compressed or not: its messages as objects, its problems, and why it is not complete. */
export async function readCapture(path) {
  const messages = [];
  const frames = {};
  let answers = 0;
  const sink = new MemorySink((table, batch) => {
    if (table === 'answers') answers += batch.row;
    for (let i = 0; i < batch.row; i++) {
      if (table === 'frames') frames[batch.data.kind[i]] = batch.data.count[2 * i];
      if (table === 'messages') messages.push(messageOf(batch, i, sink));
    }
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
  return { kind, messages, frames, answers, problems: sink.problems, why: sink.why };
}

function messageOf({ data, validity }, i, sink) {
  const row = {};
  for (const column of Object.keys(data)) row[column] = data[column][i];
  for (const column of Object.keys(validity))
    if (!((validity[column][i >> 3] >> (i & 7)) & 1)) row[column] = null;
  row.time = (BigInt(data.time[2 * i + 1] | 0) << 32n) | BigInt(data.time[2 * i]);
  row.key = (BigInt(data.key[2 * i + 1]) << 32n) | BigInt(data.key[2 * i]);
  row.src = sink.addressOf.get(row.src_id);
  row.dst = sink.addressOf.get(row.dst_id);
  row.qname = sink.nameOf.get(row.qname_id) ?? null;
  return row;
}
