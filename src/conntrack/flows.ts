import type { Sink } from '../store/sink.js';
import { conntrackFlows } from '../store/tables/kernel.js';
import { writeNanos } from '../store/word64.js';
import type { Instant } from '../input/time/instant.js';
import type { FlowLine } from './flow-line.js';

/** Writes one row of conntrack_flows. */
export function writeFlow(sink: Sink, line: number, time: Instant | null, flow: FlowLine): void {
  const batch = sink.batch(conntrackFlows);
  const { data, row } = batch;
  data.source_id[row] = sink.sourceId;
  data.line[row] = line;
  if (time) writeNanos(data.time, row, time.seconds, time.nanos);
  else batch.setNull('time');
  const text = (name: 'event' | 'state' | 'reply_src' | 'reply_dst', value: string | null | undefined) => {
    if (value == null) batch.setNull(name);
    data[name][row] = value ?? '';
  };
  const port = (
    name: 'src_port' | 'dst_port' | 'reply_src_port' | 'reply_dst_port',
    value: number | null | undefined,
  ) => {
    if (value == null) batch.setNull(name);
    data[name][row] = value ?? 0;
  };
  text('event', flow.event);
  data.protocol[row] = flow.protocol;
  if (flow.timeout === null) batch.setNull('timeout_seconds');
  data.timeout_seconds[row] = flow.timeout ?? 0;
  text('state', flow.state);
  data.src[row] = flow.original.src;
  data.dst[row] = flow.original.dst;
  port('src_port', flow.original.sport);
  port('dst_port', flow.original.dport);
  text('reply_src', flow.reply?.src);
  text('reply_dst', flow.reply?.dst);
  port('reply_src_port', flow.reply?.sport);
  port('reply_dst_port', flow.reply?.dport);
  data.unreplied[row] = flow.unreplied ? 1 : 0;
  data.assured[row] = flow.assured ? 1 : 0;
  batch.end();
  if (time) sink.seen(time.seconds, time.nanos);
}
