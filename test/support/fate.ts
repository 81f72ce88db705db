/**
 * What may have been collected: on the node every leg, in APP's pod its own, `requests` only what APP sent
 * (`src host POD`); the servers' logs; the counters; the table's fill.
 */
export type Evidence = 'node' | 'pod' | 'requests' | 'logs' | 'counters' | 'fill' | 'cluster';

/** What became of one query; answered after a millisecond by the next server in turn unless said otherwise. */
export interface Fate {
  /** Where it went: never to the server, to a server that stayed silent, or its reply never to the client. */
  lost?: 'query' | 'server' | 'reply';
  rcode?: string;
  after?: number;
  /** Index of the server that the service's address led to. */
  server?: 0 | 1;
  /** The address asked; one that answers itself when it is not the service's. */
  to?: string;
  truncated?: boolean;
  tcp?: boolean;
  answers?: number;
  /** Octets of the reply. */
  bytes?: number;
  /** Seconds that the server's log names; false for no line. */
  logged?: number | false;
}

export interface Pair {
  client?: string;
  resolver?: 'glibc' | 'musl' | 'go';
  a?: Fate;
  aaaa?: Fate;
  /** What became of the attempts after the first. */
  again?: Fate;
}
