import type { LogLine } from '../../log-line.js';
import { firstOf, type JsonRecord, type JsonShape, streamName, textAt } from './record.js';

/** stern -o json (`podName`, `containerName`) and -o extjson (`pod`, `container`). */
export const sternJson: JsonShape = {
  name: 'stern -o json',
  take(record: JsonRecord, line: LogLine): boolean {
    const pod = firstOf(textAt(record, 'podName'), textAt(record, 'pod'));
    if (typeof record.message !== 'string' || pod === '') return false;
    line.holds(record.message);
    line.writtenBy(streamName(pod, firstOf(textAt(record, 'containerName'), textAt(record, 'container'))));
    return true;
  },
};
