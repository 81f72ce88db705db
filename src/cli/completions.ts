import { loadCatalog } from '../packs/load.js';
import { didYouMean } from '../models/suggest.js';
import { UserError } from '../store/user-error.js';
import { bash } from './completion/bash.js';
import { fish } from './completion/fish.js';
import { zsh } from './completion/zsh.js';
import type { Session } from './session.js';

/** Makes a script from the tables of commands and flags; `queries` are the ids and packs to complete. */
export type Generator = (queries: readonly string[]) => string;

const SHELLS: Readonly<Record<string, Generator>> = { bash, zsh, fish };

/** dnslens completions SHELL. */
export async function completions(session: Session): Promise<number> {
  const shell = session.args.operands[0]!;
  const generate = Object.hasOwn(SHELLS, shell) ? SHELLS[shell]! : null;
  if (!generate) {
    const names = Object.keys(SHELLS);
    throw new UserError(`There are completions for ${names.join(', ')}${didYouMean(shell, names)}`);
  }
  const catalog = loadCatalog();
  process.stdout.write(generate([...catalog.packs, ...catalog.ids]));
  return 0;
}
