import type { Instant } from '../../base/time/instant.js';
import type { LogEventKind } from '../../raw/log-events.js';
import { writeText, writeTime } from '../../raw/optional-values.js';
import type { Sink } from '../../raw/sink.js';
import { logEvents } from '../../raw/tables/logs.js';
import { numberAt, recordsAt, textAt, valueAt } from '../../base/loose-json.js';
import { timeAt } from './object-row.js';

/** Names that the common distributions give to DNS servers; what scales them is none. */
const SERVER = /^(?!.*-autoscaler)(?:[a-z\d]+-)?(?:coredns|kube-dns|node-?local-?dns|dns-default)(?:$|[-.])/;
const LABELS = new Set(['kube-dns', 'coredns', 'node-local-dns', 'nodelocaldns']);
const LONGEST_MESSAGE = 2000;

/** What Kubernetes says happened to a DNS server. */
interface ServerTrouble {
  readonly event: LogEventKind;
  readonly line: number;
  readonly time: Instant | null;
  /** The pod or other object. */
  readonly of: string;
  readonly reason: string;
  readonly count: number;
  readonly message: string;
}

function writeTrouble(sink: Sink, trouble: ServerTrouble): void {
  const batch = sink.batch(logEvents);
  const { data, row } = batch;
  data.source_id[row] = sink.sourceId;
  data.line[row] = trouble.line;
  data.stream_id[row] = 0;
  writeTime(batch, 'time', trouble.time);
  writeText(batch, 'level', 'warning');
  writeText(batch, 'plugin', null);
  for (const name of ['qname_id', 'qtype'] as const) batch.setNull(name);
  data.event[row] = trouble.event;
  writeText(batch, 'upstream', trouble.of);
  writeText(batch, 'reason', trouble.reason);
  data.count[row] = trouble.count;
  data.message[row] = trouble.message.slice(0, LONGEST_MESSAGE);
  batch.end();
  if (trouble.time) sink.seen(trouble.time.seconds, trouble.time.nanos);
}

/** Writes what a pod's status says of restarts, where the pod is a DNS server. */
export function writePodTrouble(sink: Sink, pod: unknown, of: string, line: number): void {
  if (!SERVER.test(of) && !LABELS.has(textAt(pod, 'metadata', 'labels', 'k8s-app') ?? '')) return;
  for (const container of recordsAt(pod, 'status', 'containerStatuses')) {
    const count = numberAt(container, 'restartCount') ?? 0;
    if (count < 1 || count > 1e9) continue;
    const last = valueAt(container, 'lastState', 'terminated');
    const reason = textAt(last, 'reason') ?? 'restarted';
    const time = timeAt(last, 'finishedAt');
    const message = `restarted ${count} times, last for ${reason}`;
    writeTrouble(sink, { event: 'server-restarted', line, time, of, reason, count, message });
    if (reason === 'OOMKilled')
      writeTrouble(sink, { event: 'killed-for-memory', line, time, of, reason, count: 1, message });
  }
}

/** Writes how often the table of pods says that a DNS server restarted, and why it is not running. */
export function writeRestarts(
  sink: Sink,
  { line, of, count, status }: { line: number; of: string; count: number; status: string },
): void {
  if (count < 1 || !SERVER.test(of)) return;
  const reason = status === 'Running' ? 'restarted' : status.slice(0, 60);
  const message = `restarted ${count} times, ${status}`.slice(0, LONGEST_MESSAGE);
  writeTrouble(sink, { event: 'server-restarted', line, time: null, of, reason, count, message });
}

/** Writes an event of Kubernetes that warns of a DNS server; `object` as `pod/coredns-1`. */
export function writeKubernetesEvent(
  sink: Sink,
  event: {
    line: number;
    time: Instant | null;
    type: string;
    reason: string;
    object: string;
    count: number;
    message: string;
  },
): void {
  const of = event.object.replace(/^.*\//, '');
  if (event.type !== 'Warning' || !SERVER.test(of)) return;
  const { line, time, reason, message } = event;
  const count = Math.min(Math.max(1, event.count), 1e9);
  writeTrouble(sink, { event: 'kubernetes-event', line, time, of, reason, count, message });
}
