import { lineOf } from '../../lines/told-query.js';
import type { LogLine } from '../../log-line.js';
import { type JsonRecord, type JsonShape, textAt } from './record.js';
import { stamp } from './times.js';

/** slog's words for levels, and CoreDNS's. */
const LEVELS: Readonly<Record<string, string>> = {
  DEBUG: 'DEBUG', INFO: 'INFO', WARN: 'WARNING', WARNING: 'WARNING', ERROR: 'ERROR', FATAL: 'FATAL', 'ERROR+4': 'FATAL', PANIC: 'PANIC',
}; // prettier-ignore
/** A line of the log plugin in the common or combined format, which says more than the fields beside it. */
const COMMON = / - \d{1,5} "/;
/**
 * CoreDNS's own JSON (`-log-format=json`, its pull request 8553; keys as that has them, seen in no release yet): `time`,
 * `level` in upper case, `msg`, and `plugin`. A record is read as the line that CoreDNS would have written in text.
 */
export const corednsJson: JsonShape = {
  name: 'CoreDNS -log-format=json',
  take(record: JsonRecord, line: LogLine): boolean {
    const level = LEVELS[textAt(record, 'level')];
    if (level === undefined || typeof record.msg !== 'string' || typeof record.time !== 'string')
      return false;
    line.holds(`[${level}] ${textOf(record, record.msg)}`);
    stamp(line, record.time);
    return true;
  },
};

function textOf(record: JsonRecord, message: string): string {
  const plugin = textAt(record, 'plugin');
  if (plugin === 'log') return COMMON.test(message) ? message : queryOf(record, message);
  return plugin === '' || message.startsWith('plugin/') ? message : `plugin/${plugin}: ${message}`;
}

/** A query's fields, where its message is in a format of the user's own. */
function queryOf(record: JsonRecord, message: string): string {
  if (typeof record.qname !== 'string' || typeof record.qtype !== 'string') return message;
  return lineOf({
    client: record.client_ip,
    port: record.client_port,
    type: record.qtype,
    class: record.qclass,
    name: record.qname,
    proto: record.proto,
    rcode: record.rcode,
    seconds: record.duration_seconds,
  });
}
