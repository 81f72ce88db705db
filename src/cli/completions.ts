import { loadCauses } from '../causes/load.js';
import { loadCatalog } from '../packs/load.js';
import { didYouMean } from '../base/suggest.js';
import { UserError } from '../base/user-error.js';
import { bash } from './completion/bash.js';
import { fish } from './completion/fish.js';
import { type Completed, SHELLS, type Shell } from './completion/shells.js';
import { zsh } from './completion/zsh.js';
import type { Session } from './session.js';

/** Makes a script from the tables of commands and flags, and of the words to complete. */
export type Generator = (completed: Completed) => string;

const GENERATORS: Readonly<Record<Shell, Generator>> = { bash, zsh, fish };

/** dnslens completions SHELL. */
export async function completions(session: Session): Promise<number> {
  const shell = session.args.operands[0]!;
  const known = SHELLS.find((name) => name === shell);
  if (known === undefined)
    throw new UserError(
      'unknown-command',
      `There are completions for ${SHELLS.join(', ')}${didYouMean(shell, SHELLS)}`,
    );
  const catalog = loadCatalog();
  const causes = loadCauses().map(({ id }) => id);
  process.stdout.write(GENERATORS[known]({ queries: [...catalog.packs, ...catalog.ids], causes }));
  return 0;
}
