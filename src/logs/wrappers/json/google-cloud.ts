import type { LogLine } from '../../log-line.js';
import { type JsonRecord, type JsonShape, streamName, textAt } from './record.js';
import { stamp } from './times.js';

/** Google Cloud Logging entries: gcloud logging read --format json. */
export const googleCloud: JsonShape = {
  name: 'Google Cloud Logging',
  take(record: JsonRecord, line: LogLine): boolean {
    if (typeof record.textPayload !== 'string') return false;
    line.holds(record.textPayload);
    const label = (name: string) => textAt(record, 'resource', 'labels', name);
    line.writtenBy(streamName(label('pod_name'), label('container_name')));
    stamp(line, record.timestamp);
    return true;
  },
};
