import { parseTimestamp } from '../../base/time/iso.js';
import type { Reader } from '../../raw/reader.js';
import type { Input } from '../../input/input.js';
import { writeText, writeTime } from '../../raw/optional-values.js';
import type { Sink } from '../../raw/sink.js';
import { collected } from '../../raw/tables/cluster.js';
import { writeInteger } from '../../raw/word64.js';
import { FORMAT, type Gathered, MOST_MANIFEST_BYTES, parseManifest } from './manifest.js';

const HEAD = new RegExp(`^\\s*\\{\\s*"format"\\s*:\\s*"${FORMAT}"`);

/** The manifest of `dnslens collect`: what was asked for, and what came of it. */
export const collection: Reader = {
  kind: 'collection',
  title: 'a manifest of dnslens collect',
  about: {
    sample: '{"format":"dnslens-collect/1","gathered":[]}',
    from: '`dnslens collect`, as manifest.json of its folder',
    gives: 'configuration',
    proves: 'labels, clocks and interfaces of what lies beside it; what was asked for and could not be had',
  },
  sniff: (head) => (HEAD.test(new TextDecoder().decode(head.subarray(0, 256))) ? 1 : 0),
  read: readCollection,
};

async function readCollection(input: Input, sink: Sink): Promise<void> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of input.chunks) {
    bytes += chunk.length;
    if (bytes <= MOST_MANIFEST_BYTES) parts.push(new Uint8Array(chunk));
  }
  const manifest = parseManifest(Buffer.concat(parts).toString());
  if (manifest) for (const one of manifest.gathered) write(sink, one);
  else {
    const detail =
      'A manifest of dnslens collect is cut off or damaged; what failed when it was gathered is not known.';
    sink.problem({ code: 'broken-manifest', detail, position: 'the end' });
    sink.incomplete('it is no whole JSON');
  }
}

function write(
  sink: Sink,
  { what, evidence, file, node, label, began, ended, bytes, failed }: Gathered,
): void {
  const batch = sink.batch(collected);
  const { data, row } = batch;
  data.source_id[row] = sink.sourceId;
  data.what[row] = what;
  data.evidence[row] = evidence;
  data.file[row] = file;
  writeText(batch, 'node', node);
  writeText(batch, 'label', label);
  writeTime(batch, 'began', parseTimestamp(began));
  writeTime(batch, 'ended', ended === null ? null : parseTimestamp(ended));
  writeInteger(data.bytes, row, bytes);
  writeText(batch, 'failed', failed);
  batch.end();
}
