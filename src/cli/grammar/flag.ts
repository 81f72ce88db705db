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

/** `-o, --output FILE`. */
export function flagUsage(flag: Flag): string {
  const short = flag.alias ? `-${flag.alias}, ` : '';
  return `${short}--${flag.name}${flag.value ? ` ${flag.value}` : ''}`;
}

/** What an option does, with its choices and default. */
export function flagHelp(flag: Flag): string {
  const choices = flag.choices ? `: ${flag.choices.join(', ')}` : '';
  return `${flag.help}${choices}${flag.default ? ` (default ${flag.default})` : ''}`;
}
