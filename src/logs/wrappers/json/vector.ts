import type { LogLine } from '../../log-line.js';
import { type JsonRecord, type JsonShape, streamName, textAt } from './record.js';
import { stamp } from './times.js';

/** Vector's kubernetes_logs source: `message`, `timestamp`, `kubernetes.pod_name`; Fluentd with a renamed key is alike. */
export const vector: JsonShape = {
  name: 'Vector',
  take(record: JsonRecord, line: LogLine): boolean {
    const pod = textAt(record, 'kubernetes', 'pod_name');
    if (typeof record.message !== 'string' || pod === '') return false;
    line.holds(record.message);
    line.writtenBy(streamName(pod, textAt(record, 'kubernetes', 'container_name')));
    stamp(line, record.timestamp ?? record['@timestamp'] ?? record.time ?? record.date);
    line.isStderr = record.stream === 'stderr';
    return true;
  },
};
