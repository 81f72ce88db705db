import type { LogLine } from '../../log-line.js';
import {
  firstOf,
  isRecord,
  type JsonRecord,
  type JsonShape,
  memberOf,
  streamName,
  textAt,
} from './record.js';
import { stamp } from './times.js';

/** Filebeat and Elastic Agent (`message`, `kubernetes.pod.name`), also as hits of an Elasticsearch search. */
export const beats: JsonShape = {
  name: 'Filebeat, Elasticsearch hits',
  take(record: JsonRecord, line: LogLine): boolean {
    const hit = memberOf(record, '_source');
    const source = isRecord(hit) ? hit : record;
    const pod = textAt(source, 'kubernetes', 'pod', 'name');
    if (typeof source.message !== 'string' || (source === record && pod === '')) return false;
    line.holds(source.message);
    const container = firstOf(
      textAt(source, 'kubernetes', 'container', 'name'),
      textAt(source, 'kubernetes', 'container_name'),
    );
    line.writtenBy(streamName(firstOf(pod, textAt(source, 'kubernetes', 'pod_name')), container));
    stamp(line, source['@timestamp'] ?? source.time ?? source.timestamp);
    line.isStderr = source.stream === 'stderr';
    return true;
  },
};
