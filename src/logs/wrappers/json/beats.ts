import type { LogLine } from '../../log-line.js';
import { firstOf, type JsonRecord, type JsonShape, streamName, textAt } from './record.js';
import { stamp } from './times.js';

/** Filebeat and Elastic Agent (`message`, `kubernetes.pod.name`). */
export const beats: JsonShape = {
  name: 'Filebeat',
  take(record: JsonRecord, line: LogLine): boolean {
    const pod = textAt(record, 'kubernetes', 'pod', 'name');
    if (typeof record.message !== 'string' || pod === '') return false;
    line.holds(record.message);
    const container = firstOf(
      textAt(record, 'kubernetes', 'container', 'name'),
      textAt(record, 'kubernetes', 'container_name'),
    );
    line.writtenBy(streamName(pod, container));
    stamp(line, record['@timestamp'] ?? record.time ?? record.timestamp);
    line.isStderr = record.stream === 'stderr';
    return true;
  },
};
