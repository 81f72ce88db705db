import type { Flag } from './flag.js';

const COMMANDS = ['watch'] as const;
const WATCHING = ['watch', 'collect'] as const;

/** The options of `dnslens watch`, and of `dnslens collect --watch`. */
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
    commands: WATCHING,
  },
  {
    name: 'window',
    kind: 'text',
    value: 'TIME',
    help: 'how much evidence verdicts are of, such as 2m',
    default: '2m',
    commands: WATCHING,
  },
] as const satisfies readonly Flag[];
