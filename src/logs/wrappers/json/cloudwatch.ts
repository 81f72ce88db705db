import type { LogLine } from '../../log-line.js';
import { firstOf, type JsonRecord, type JsonShape, textAt } from './record.js';
import { stamp } from './times.js';

/**
 * CloudWatch Logs: events as `aws logs filter-log-events` gives them (`timestamp` in milliseconds, `message`)
 * and rows of Logs Insights (`@timestamp`, `@message`). The message is often a Fluent Bit record in its turn.
 */
export const cloudwatch: JsonShape = {
  name: 'CloudWatch Logs',
  take(record: JsonRecord, line: LogLine): boolean {
    const isEvent = typeof record.message === 'string' && typeof record.timestamp === 'number';
    const message = isEvent ? record.message : record['@message'];
    if (typeof message !== 'string') return false;
    line.holds(message);
    line.writtenBy(firstOf(textAt(record, 'logStreamName'), textAt(record, '@logStream')));
    stamp(line, isEvent ? record.timestamp : record['@timestamp']);
    return true;
  },
};
