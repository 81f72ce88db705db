import { flowReader } from '../flow-reader.js';
import { addressIn, type LoggedQuery, queryLogReader } from './logged-query.js';

const PROVES =
  'who asked what, which walks over search lists and which names; of answers only what a line tells, and of no loss';
const DNSMASQ =
  /\bdnsmasq(?:\[\d{1,10}\])?: (?:(\d{1,10}) (\S{2,60})\/(\d{1,5}) )?query\[([\w=]{1,20})\] (\S{1,1024}) from (\S{2,60})$/;
const UNBOUND =
  /\bunbound(?:\[\d{1,10}:[\da-f]{1,4}\])?:? (?:info|reply|query): (\S{2,60}) (\S{1,1024}) (\S{1,20}) IN(?: ([A-Z]{3,12}) (\d{1,6}\.\d{1,9}) [01] \d{1,7}(?: on (\S{1,20}) (\S{2,60}) \d{1,5})?)?$/;
const BIND =
  /\bclient (?:@0x[\da-f]{4,20} )?(\S{2,60})#(\d{1,5})(?: \(\S{1,1024}\))?: (?:view \S{1,100}: )?query: (\S{1,1024}) IN (\S{1,20}) ([+-][A-Z()\d]{0,20})(?: \((\S{2,60})\))?/;

/** dnsmasq's `log-queries`, with the client's port where it is `log-queries=extra`; kube-dns writes the same. */
function dnsmasqQuery(line: string): LoggedQuery | null {
  const [, , extra, port, type, name, from] = DNSMASQ.exec(line.trimEnd()) ?? [];
  const client = addressIn(extra ?? from);
  return client === null || type === undefined || name === undefined
    ? null
    : { client, port, type: type.replace(/^type=/, 'TYPE'), name };
}

/** unbound's `log-queries: yes`, and `log-replies: yes`, whose lines have the answer's code and its seconds. */
function unboundQuery(line: string): LoggedQuery | null {
  const [, from, name, type, rcode, seconds, over, at] = UNBOUND.exec(line.trimEnd()) ?? [];
  const client = addressIn(from);
  if (client === null || name === undefined || type === undefined) return null;
  const answered = rcode === undefined ? {} : { rcode, seconds: Number(seconds) };
  // with log-destaddr
  return { client, name, type, ...answered, server: addressIn(at) ?? undefined, overTcp: over === 'tcp' };
}

/** BIND's `querylog`. */
function bindQuery(line: string): LoggedQuery | null {
  const [, from, port, name, type, flags, server] = BIND.exec(line) ?? [];
  const client = addressIn(from);
  if (client === null || name === undefined || type === undefined || flags === undefined) return null;
  return { client, port, name, type, server: addressIn(server) ?? undefined, overTcp: flags.includes('T') };
}

export const dnsmasqLog = flowReader({
  kind: 'dnsmasq-log',
  title: "a query log of dnsmasq, kube-dns's among them",
  lacks: ['txid'],
  about: {
    sample: 'Jan  2 03:04:05 dnsmasq[14]: query[A] db.example from 10.1.1.2',
    from: "dnsmasq with `log-queries` (better `log-queries=extra`, which tells clients' ports); kube-dns's container dnsmasq",
    gives: 'queries that a server was asked',
    proves: PROVES,
  },
  lines: queryLogReader({
    program: 'dnsmasq',
    mark: /\bdnsmasq(?:-\w{1,20})?(?:\[\d{1,10}\])?: /,
    query: dnsmasqQuery,
  }),
});

export const unboundLog = flowReader({
  kind: 'unbound-log',
  title: 'a query log of unbound',
  lacks: ['txid'],
  about: {
    sample: '[1767323045] unbound[7:0] info: 10.1.1.2 db.example. A IN NOERROR 0.002000 0 60',
    from: 'unbound with `log-queries: yes`, or with `log-replies: yes`, which tells the code and how long it took',
    gives: 'queries that a server was asked, and its answers',
    proves: PROVES,
  },
  lines: queryLogReader({
    program: 'unbound',
    mark: /\bunbound(?:\[\d{1,10}:[\da-f]{1,4}\])?:? (?:info|reply|query|notice|warning|error|debug): /,
    query: unboundQuery,
  }),
});

export const bindLog = flowReader({
  kind: 'bind-log',
  title: 'a query log of BIND',
  lacks: ['txid'],
  about: {
    sample:
      '02-Jan-2026 03:04:05.678 queries: info: client @0x7f00 10.1.1.2#40000 (db.example): query: db.example IN A +E(0)K (10.9.0.10)',
    from: "BIND's category `queries` (`rndc querylog on`)",
    gives: 'queries that a server was asked',
    proves: PROVES,
  },
  lines: queryLogReader({
    program: 'named',
    mark: /\b(?:client (?:@0x[\da-f]{4,20} )?\S{2,60}#\d{1,5}|named\[\d{1,10}\]: |queries: info: )/,
    query: bindQuery,
  }),
});
