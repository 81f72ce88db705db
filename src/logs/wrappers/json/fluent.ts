import { LAST_PART, type LogLine, MORE_FOLLOWS } from '../../log-line.js';
import { type JsonRecord, type JsonShape, memberOf, streamName, textAt } from './record.js';
import { stamp } from './times.js';

/**
 * Fluent Bit and Fluentd: the runtime's record (`log`, `stream`, `time`), the kubernetes filter's metadata, and
 * `logtag` or `_p` where the runtime cut a line.
 */
export const fluent: JsonShape = {
  name: 'Fluent Bit, Fluentd',
  take(record: JsonRecord, line: LogLine): boolean {
    if (typeof record.log !== 'string') return false;
    line.holds(record.log);
    line.writtenBy(
      streamName(textAt(record, 'kubernetes', 'pod_name'), textAt(record, 'kubernetes', 'container_name')),
    );
    stamp(line, record.time ?? record['@timestamp'] ?? record.timestamp ?? record.date);
    line.isStderr = record.stream === 'stderr';
    const tag = record.logtag ?? memberOf(record, '_p');
    if (tag === 'P') line.part = MORE_FOLLOWS;
    else if (tag === 'F') line.part = LAST_PART;
    return true;
  },
};
