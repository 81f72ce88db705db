import type { LogLine } from '../../log-line.js';
import { firstOf, type JsonRecord, type JsonShape, memberOf, streamName, textAt } from './record.js';
import { stamp } from './times.js';

/** journalctl -o json: `MESSAGE` (an array of bytes where it is no UTF-8), `__REALTIME_TIMESTAMP` in microseconds. */
export const journaldJson: JsonShape = {
  name: 'journalctl -o json',
  take(record: JsonRecord, line: LogLine): boolean {
    const message = messageOf(record.MESSAGE);
    if (message === null) return false;
    line.holds(message);
    const unit = firstOf(textAt(record, 'CONTAINER_NAME'), textAt(record, 'SYSLOG_IDENTIFIER'));
    line.writtenBy(streamName(textAt(record, '_HOSTNAME'), firstOf(unit, textAt(record, '_COMM'))));
    stamp(line, memberOf(record, '_SOURCE_REALTIME_TIMESTAMP') ?? memberOf(record, '__REALTIME_TIMESTAMP'));
    return true;
  },
};

function messageOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return null;
  return Buffer.from(value.map((byte) => Number(byte) & 255)).toString('utf8');
}
