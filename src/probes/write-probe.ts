import { formatAddress, parseAddress } from '../base/address.js';
import { escapedText, PLAIN_NAME } from '../base/label-text.js';
import { writeNumber, writeText, writeTime } from '../raw/optional-values.js';
import type { Sink } from '../raw/sink.js';
import { probes } from '../raw/tables/probes.js';
import type { Probe } from './probe.js';

/** Writes one question of which the outcome is known. */
export function writeProbe(sink: Sink, probe: Probe): void {
  const batch = sink.batch(probes);
  const { data, row } = batch;
  const server = probe.server === null ? null : parseAddress(probe.server.split('%', 1)[0]!);
  data.source_id[row] = sink.sourceId;
  data.line[row] = probe.line;
  writeTime(batch, 'time', probe.time);
  data.tool[row] = probe.tool;
  writeText(batch, 'server', server ? formatAddress(server) : null);
  writeNumber(batch, 'server_port', probe.port !== null && probe.port < 65536 ? probe.port : null);
  writeText(batch, 'qname', probe.name === null ? null : plainName(probe.name));
  writeText(batch, 'qtype', probe.type);
  data.outcome[row] = probe.outcome!;
  writeText(batch, 'rcode', probe.rcode);
  writeNumber(batch, 'answers', probe.answers);
  data.seconds[row] = probe.seconds ?? 0;
  if (probe.seconds === null) batch.setNull('seconds');
  data.tries[row] = probe.tries;
  batch.end();
  if (probe.time) sink.seen(probe.time.seconds, probe.time.nanos);
}

/** Lower case, without the trailing dot, in the store's escapes. */
function plainName(text: string): string {
  const bare = text.endsWith('.') ? text.slice(0, -1) : text;
  return bare === '' ? '.' : escapedText(Buffer.from(bare.toLowerCase()), PLAIN_NAME);
}
