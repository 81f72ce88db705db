import type { Instant } from '../base/time/instant.js';
import { writeNumber, writeText, writeTime } from '../raw/optional-values.js';
import type { Sink } from '../raw/sink.js';
import { conntrackFlows } from '../raw/tables/kernel.js';
import type { FlowLine } from './flow-line.js';

/** Writes one row of conntrack_flows. */
export function writeFlow(sink: Sink, line: number, time: Instant | null, flow: FlowLine): void {
  const batch = sink.batch(conntrackFlows);
  const { data, row } = batch;
  data.source_id[row] = sink.sourceId;
  data.line[row] = line;
  writeTime(batch, 'time', time);
  writeText(batch, 'event', flow.event);
  data.protocol[row] = flow.protocol;
  writeNumber(batch, 'timeout_seconds', flow.timeout);
  writeText(batch, 'state', flow.state);
  data.src[row] = flow.original.src;
  data.dst[row] = flow.original.dst;
  writeNumber(batch, 'src_port', flow.original.sport);
  writeNumber(batch, 'dst_port', flow.original.dport);
  writeText(batch, 'reply_src', flow.reply?.src);
  writeText(batch, 'reply_dst', flow.reply?.dst);
  writeNumber(batch, 'reply_src_port', flow.reply?.sport);
  writeNumber(batch, 'reply_dst_port', flow.reply?.dport);
  data.unreplied[row] = flow.unreplied ? 1 : 0;
  data.assured[row] = flow.assured ? 1 : 0;
  batch.end();
  if (time) sink.seen(time.seconds, time.nanos);
}
