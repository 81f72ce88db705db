import type { CauseRow, Overview } from './diagnosis.js';
import type { Block, Command } from './document.js';

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

/** Commands that would make unsure verdicts sure. */
export function toCollect(commands: Command[]): Block[] {
  if (commands.length === 0) return [];
  return [
    { kind: 'heading', text: 'To be surer, collect' },
    { kind: 'commands', commands },
  ];
}

/** What each kind of evidence is collected with. */
const COLLECTED: [start: RegExp, kind: keyof Overview][] = [
  [/^tcpdump\b/, 'captures'],
  [/^kubectl logs\b/, 'logs'],
  [/\bconntrack -S\b/, 'counter_samples'],
  [/^kubectl (?:get|exec)\b/, 'objects'],
];

/** Whether the evidence has what a command would collect already. */
export function isThere(command: string, overview: Overview): boolean {
  return COLLECTED.some(([start, kind]) => start.test(command) && Number(overview[kind]) > 0);
}
