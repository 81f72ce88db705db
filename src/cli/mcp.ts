import { Databases } from '../mcp/databases.js';
import { AllowedFolders } from '../mcp/folders.js';
import { serve } from '../mcp/server.js';
import { TOOLS } from '../mcp/tools.js';
import { EXIT } from './exit.js';
import { flagsOf } from './grammar/flags.js';
import type { CommandName } from './grammar/commands.js';
import { runDnslens } from './run-dnslens.js';
import type { Session } from './session.js';
import { version } from './version.js';

/** dnslens mcp: the commands as tools of a Model Context Protocol server on standard input and output. */
export async function mcp({ args }: Session): Promise<number> {
  const redact = args.on('redact');
  const databases = new Databases(args.text('db') ?? process.env['DNSLENS_DB'] ?? null);
  try {
    await serve(redact ? TOOLS.filter(({ command, adds = false }) => adds || takesRedact(command)) : TOOLS, {
      version: version(),
      run: runDnslens,
      folders: await AllowedFolders.of(args.operands),
      databases,
      redact,
    });
  } finally {
    databases.remove();
  }
  return EXIT.done;
}

/** What shows the evidence's own names whatever is asked is not offered. */
function takesRedact(command: CommandName): boolean {
  return flagsOf(command).some(({ name }) => name === 'redact');
}
