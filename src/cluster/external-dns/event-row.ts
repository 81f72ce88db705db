import type { Sink } from '../../raw/sink.js';
import { logEvents } from '../../raw/tables/logs.js';
import { writeText, writeTime } from '../../raw/optional-values.js';
import { recordName } from '../route53/record-name.js';
import type { LogFields } from './log-fields.js';

const SKIPPED = /^Skipping endpoint (\S+) .*because owner id does not match/s;

/** The event of a line that an operator should see; null for the others. */
function eventOf(line: LogFields): string | null {
  if (SKIPPED.test(line.message)) return 'external-dns-skipped';
  if (/^(?:error|fatal|panic)$/.test(line.level)) return 'external-dns-error';
  if (line.level.startsWith('warn')) return 'external-dns-warning';
  return /record\(s\).* were successfully updated/.test(line.message) ? 'external-dns-applied' : null;
}

/** Writes a line to `log_events`, where it is an error, a warning, a refusal or says that changes were made. */
export function writeEvent(sink: Sink, line: LogFields, number: number): void {
  const event = eventOf(line);
  if (event === null) return;
  const batch = sink.batch(logEvents);
  const { data, row } = batch;
  const name = recordName(SKIPPED.exec(line.message)?.[1] ?? '');
  data.source_id[row] = sink.sourceId;
  data.line[row] = number;
  data.stream_id[row] = 0;
  data.event[row] = event;
  data.qname_id[row] = name === null ? 0 : sink.names.idOfText(name);
  data.qtype[row] = 0;
  data.count[row] = 1;
  data.message[row] = line.message.slice(0, 2000);
  if (name === null) batch.setNull('qname_id');
  batch.setNull('qtype');
  writeTime(batch, 'time', line.time);
  writeText(batch, 'level', line.level.startsWith('warn') ? 'warning' : line.level.slice(0, 16));
  writeText(batch, 'plugin', null);
  writeText(batch, 'upstream', null);
  writeText(batch, 'reason', null);
  batch.end();
}
