import { column, optional, table } from '../column.js';

/** Lookups that a person made by hand, as the tool tells them: without a client and without frames. */
export const probes = table(
  'probes',
  'One row per question that dig, nslookup, host, getent, resolvectl or systemd-resolved asked, or that a program in Go says failed.',
  {
    source_id: column('UINTEGER', 'the input'),
    line: column('UINTEGER', 'line on which what it printed begins, from 1'),
    time: optional('TIMESTAMP_NS', 'when it was asked or answered, UTC; null where the tool does not say'),
    tool: column(
      'VARCHAR',
      "dig, kdig, nslookup, host, getent, resolvectl or systemd-resolved; go for a program's own message",
      'own-words',
    ),
    server: optional('VARCHAR', 'address that was asked; null where the tool does not say', 'address'),
    server_port: optional('USMALLINT', 'port that was asked', 'port'),
    qname: optional('VARCHAR', 'name that was asked for, as in names.name', 'name'),
    qtype: optional('VARCHAR', 'type that was asked for, where it is said', 'word'),
    outcome: column(
      'VARCHAR',
      'answered; timeout, refused or unreachable: no answer came; failed: the tool does not say why',
      'own-words',
    ),
    rcode: optional('VARCHAR', "the answer's response code; null where the tool does not say", 'word'),
    answers: optional('UINTEGER', 'records of the answer, where they are counted'),
    seconds: optional('DOUBLE', "seconds that the tool says it took: its own query time, or `time`'s"),
    tries: column('UINTEGER', 'tries that the tool tells of without an answer before'),
  },
);
