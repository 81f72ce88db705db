import { column, optional, table } from '../column.js';

/** Counters of a node, its network cards, its sockets and its DNS servers, whatever printed them. */
export const counters = table(
  'counters',
  'One row per reading of a counter that is not of conntrack: of network cards, protocols, sockets, and of CoreDNS itself.',
  {
    source_id: column('UINTEGER', 'the input'),
    sample: column('UINTEGER', 'number of the sample in its source, from 0'),
    line: column('UINTEGER', 'line or item in the input, from 1'),
    time: optional('TIMESTAMP_NS', 'when it was read, UTC; null where the input does not say'),
    origin: column('VARCHAR', 'whose it is: ethtool, protocols, softnet, socket or coredns', 'own-words'),
    instance: optional(
      'VARCHAR',
      'the one of several that it is of: an interface, a CPU, a socket, a server',
      'word',
    ),
    counter: column('VARCHAR', 'its name, the newest of those that it has had', 'word'),
    labels: column('VARCHAR', 'what else tells it from others, as a JSON object', 'json'),
    value: column('DOUBLE', 'what was read'),
    meaning: column(
      'VARCHAR',
      'total: since its program or node began; level: what is now; unclear: a total, or what came since the tool ran last',
      'own-words',
    ),
    about: column('VARCHAR', 'what it counts', 'own-words'),
    is_trouble: column('BOOLEAN', 'whether it counts what went wrong'),
    counting_since: optional(
      'TIMESTAMP_NS',
      'when its program began to count, UTC; null where that is not said',
    ),
  },
);
