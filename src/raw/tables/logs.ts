import { column, optional, table } from '../column.js';

export const logQueries = table('log_queries', "One row per line of CoreDNS's log plugin.", {
  source_id: column('UINTEGER', 'the log'),
  line: column('UINTEGER', 'line in the log, from 1'),
  time: optional(
    'TIMESTAMP_NS',
    'when the line was written (the answer, not the question), UTC; null where the log has no times',
  ),
  stream_id: column(
    'UINTEGER',
    'pod or container that wrote the line, as the wrapper names it, in texts; 0 unknown',
    'word',
  ),
  client_id: optional('UINTEGER', 'address that asked, in addresses; null where the format leaves it out'),
  client_port: optional('USMALLINT', 'port that asked', 'port'),
  key: optional('UBIGINT', 'as packets.key, where the line has all of its parts'),
  txid: optional('USMALLINT', "the query's ID"),
  qname_id: column('UINTEGER', 'name, in names; 0 without'),
  qtype: optional('USMALLINT', 'type'),
  qclass: optional('USMALLINT', 'class'),
  protocol: optional('UTINYINT', 'index into PROTOCOLS'),
  request_bytes: optional('UINTEGER', 'size of the query'),
  dnssec_ok: optional('BOOLEAN', "EDNS's DO bit"),
  edns_size: optional('UINTEGER', 'UDP payload size of the query'),
  opcode: optional('UTINYINT', 'opcode; only in the combined format'),
  rcode: optional('USMALLINT', 'response code; null where no reply was recorded (`-`)'),
  flags_id: column(
    'UINTEGER',
    'flags of the reply as logged (qr,aa,rd), in texts; 0 where `-` or empty',
    'line',
  ),
  response_bytes: optional('UINTEGER', 'size of the reply; 0 when there was none'),
  duration_seconds: optional('DOUBLE', 'seconds inside the server'),
});

export const logEvents = table(
  'log_events',
  'One row per log line that is no query line, multi-line ones joined.',
  {
    source_id: column('UINTEGER', 'the log'),
    line: column('UINTEGER', 'line in the log, from 1'),
    time: optional('TIMESTAMP_NS', 'when it was written, UTC'),
    stream_id: column('UINTEGER', 'pod or container that wrote the line, in texts; 0 unknown', 'word'),
    level: optional('VARCHAR', 'debug, info, warning, error, fatal, panic', 'word'),
    plugin: optional('VARCHAR', 'plugin named in the line', 'word'),
    event: column(
      'VARCHAR',
      'kind of event: upstream-error, nodelocal-rule, reload, loop, started, ...',
      'own-words',
    ),
    qname_id: optional('UINTEGER', 'name that the line is about, in names'),
    qtype: optional('USMALLINT', 'type that the line is about'),
    upstream: optional('VARCHAR', 'address and port that failed or is spoken of', 'word'),
    reason: optional('VARCHAR', 'why: i/o timeout, connection refused, ...', 'line'),
    count: column('UINTEGER', 'times that the line stands for (consolidated errors), else 1'),
    message: column('VARCHAR', 'the line without its wrapper, at most 2,000 characters', 'line'),
  },
);
