import type { Flag } from './flag.js';

/** What `dnslens what-if` changes: the options that no other command takes. */
export const WHAT_IF_FLAGS = [
  {
    name: 'ndots',
    kind: 'text',
    value: 'N',
    help: 'what if every client had this ndots',
    commands: ['what-if'],
  },
  {
    name: 'fqdn',
    kind: 'list',
    value: 'NAME',
    help: 'what if programs wrote this name with a dot at the end; may be given several times',
    commands: ['what-if'],
  },
  {
    name: 'without',
    kind: 'list',
    value: 'SUFFIX',
    help: 'what if no search list had this suffix; may be given several times',
    commands: ['what-if'],
  },
  {
    name: 'nodelocal',
    kind: 'switch',
    help: 'what if each node had a NodeLocal DNSCache: hits by the recorded TTLs, and no conntrack on the way',
    commands: ['what-if'],
  },
  {
    name: 'min-ttl',
    kind: 'text',
    value: 'S',
    help: 'seconds that the cache keeps any answer at least (5 where not given)',
    commands: ['what-if'],
  },
  {
    name: 'max-ttl',
    kind: 'text',
    value: 'S',
    help: 'seconds that the cache keeps an answer at most (30 where not given); negative ones 5 at most',
    commands: ['what-if'],
  },
  {
    name: 'single-request',
    kind: 'switch',
    help: 'what if glibc asked A and AAAA one after the other: no query of a pair is lost to a race',
    commands: ['what-if'],
  },
  {
    name: 'autopath',
    kind: 'switch',
    help: 'what if CoreDNS walked the search list itself: one pair of queries for a walk that ends in an answer',
    commands: ['what-if'],
  },
] as const satisfies readonly Flag[];
