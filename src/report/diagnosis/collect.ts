import type { CauseRow } from './diagnosis.js';
import type { Command } from './document.js';

/** What these causes ask to collect, each command once; a remark after `#` says where it is run. */
export function collectCommands(causes: readonly CauseRow[]): Command[] {
  const byCommand = new Map<string, string | null>();
  for (const line of causes.flatMap(({ collect }) => collect)) {
    const [command = '', remark] = line.split(/(?<!\s)\s+# /, 2);
    const known = byCommand.get(command);
    byCommand.set(command, known ?? remark ?? null);
  }
  return [...byCommand].map(([command, about]) => ({ command, about }));
}
