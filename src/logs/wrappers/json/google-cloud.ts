import type { LogLine } from '../../log-line.js';
import { type JsonRecord, type JsonShape, streamName, textAt } from './record.js';
import { stamp } from './times.js';

/** Google Cloud Logging entries: gcloud logging read --format json. */
export const googleCloud: JsonShape = {
  name: 'Google Cloud Logging',
  take(record: JsonRecord, line: LogLine): boolean {
    // an agent that parses lines (klog's form, a level in brackets) leaves their text in `message`
    const parsed = record.resource === undefined ? '' : textAt(record, 'jsonPayload', 'message');
    const text = typeof record.textPayload === 'string' ? record.textPayload : parsed;
    if (text === '') return false;
    line.holds(text);
    const label = (name: string) => textAt(record, 'resource', 'labels', name);
    line.writtenBy(streamName(label('pod_name'), label('container_name')));
    stamp(line, record.timestamp);
    return true;
  },
};
