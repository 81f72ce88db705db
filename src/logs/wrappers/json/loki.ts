import type { LogLine } from '../../log-line.js';
import { firstOf, isRecord, type JsonRecord, type JsonShape, streamName, textAt } from './record.js';
import { stamp } from './times.js';

/** The stream that Loki's labels name. */
export function lokiStream(labels: unknown): string {
  if (!isRecord(labels)) return '';
  const pod = firstOf(textAt(labels, 'pod'), textAt(labels, 'pod_name'), textAt(labels, 'k8s_pod_name'));
  const container = firstOf(textAt(labels, 'container'), textAt(labels, 'container_name'));
  return streamName(pod, firstOf(container, textAt(labels, 'k8s_container_name')));
}

/** logcli query -o jsonl: `labels`, `line`, `timestamp`. */
export const lokiJsonl: JsonShape = {
  name: 'Loki: logcli -o jsonl',
  take(record: JsonRecord, line: LogLine): boolean {
    if (typeof record.line !== 'string') return false;
    line.holds(record.line);
    line.writtenBy(lokiStream(record.labels));
    stamp(line, record.timestamp);
    return true;
  },
};
