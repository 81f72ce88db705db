import type { LogLine } from '../../log-line.js';
import { firstOf, type JsonRecord, type JsonShape, textAt } from './record.js';
import { stamp } from './times.js';

/** Any other record with a `message` that a shipper was told to write. */
export const plainMessage: JsonShape = {
  name: 'JSON with `message`',
  take(record: JsonRecord, line: LogLine): boolean {
    if (typeof record.message !== 'string') return false;
    line.holds(record.message);
    line.writtenBy(firstOf(textAt(record, 'pod_name'), textAt(record, 'host'), textAt(record, 'hostname')));
    stamp(line, record['@timestamp'] ?? record.timestamp ?? record.time ?? record.date);
    return true;
  },
};
