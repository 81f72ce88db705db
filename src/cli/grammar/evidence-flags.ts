import type { Flag } from './flag.js';

/** Commands that read evidence. */
const READING = ['ingest', 'diagnose', 'watch'] as const;

/** What is said of evidence that is read, beside the evidence itself. */
export const EVIDENCE_FLAGS = [
  {
    name: 'force',
    kind: 'switch',
    help: 'read an input again that is already there, in place of what it gave before',
    commands: ['ingest'],
  },
  {
    name: 'label',
    kind: 'text',
    value: 'NODE',
    help: 'the node or pod that the inputs were collected on',
    commands: READING,
  },
  {
    name: 'port',
    kind: 'list',
    value: 'PORT',
    help: 'a port that carries DNS, instead of 53; may be given several times',
    commands: READING,
  },
  {
    name: 'log-format',
    kind: 'list',
    value: 'FORMAT',
    help: "the format of CoreDNS's log, as it stands behind log in the Corefile, such as '{remote} {name} {type} {rcode} {duration}'; not needed where that Corefile is read too; may be given several times",
    commands: READING,
  },
] as const satisfies readonly Flag[];
