import type { CommandName } from './commands.js';

/** One option. `switch` takes no value, `list` may be given several times. */
export interface Flag {
  name: string;
  alias?: string;
  kind: 'switch' | 'text' | 'list';
  /** Name of its value in help. */
  value?: string;
  choices?: readonly string[];
  default?: string;
  help: string;
  completes?: 'file' | 'folder';
  commands: readonly CommandName[] | 'all';
}
