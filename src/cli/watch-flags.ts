import type { Flag } from './flag.js';

const COMMANDS = ['watch'] as const;

/** The options of `dnslens watch` that no other command takes. */
export const WATCH_FLAGS = [
  {
    name: 'interface',
    alias: 'i',
    kind: 'text',
    value: 'IFACE',
    help: 'run tcpdump on this interface, such as eth0 or any; it needs the right to capture',
    commands: COMMANDS,
  },
  {
    name: 'keep',
    kind: 'text',
    value: 'TIME',
    help: 'how much evidence is kept, such as 10m; w writes it out',
    default: '10m',
    commands: COMMANDS,
  },
  {
    name: 'window',
    kind: 'text',
    value: 'TIME',
    help: 'how much evidence verdicts are of, such as 2m',
    default: '2m',
    commands: COMMANDS,
  },
] as const satisfies readonly Flag[];
