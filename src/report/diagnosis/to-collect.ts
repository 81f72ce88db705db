import { EVIDENCE_NAMES, isCollect, kindsIn, named, partsOf } from '../../causes/collect-line.js';
import type { CauseRow, Gap, Overview } from './diagnosis.js';
import type { Block, Command } from './document.js';

/**
 * What these causes ask to collect, each command once, with where it is run or what for. Given what the evidence has,
 * `dnslens collect` is left out where all that it is for is there.
 */
export function collectCommands(causes: readonly CauseRow[], overview: Overview | null = null): Command[] {
  const byCommand = new Map<string, string | null>();
  for (const line of causes.flatMap(({ collect }) => collect)) {
    const { command, remark } = partsOf(line);
    const known = byCommand.get(command);
    if (!isCollect(command)) {
      byCommand.set(command, known ?? remark);
      continue;
    }
    const wanted = [...kindsIn(known ?? ''), ...kindsIn(remark ?? '')];
    // what is inside of a pod is another capture
    const inside = command.includes('--in-pod');
    const missing = wanted.filter((kind) => overview === null || inside || Number(overview[kind]) === 0);
    if (missing.length > 0) byCommand.set(command, named([...new Set(missing)]));
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

/** What `dnslens collect` calls the kinds of evidence that a report counts. */
const GATHERED_AS: Readonly<Record<string, keyof typeof EVIDENCE_NAMES>> = {
  captures: 'captures',
  logs: 'logs',
  counters: 'counter_samples',
  configurations: 'configurations',
  objects: 'objects',
};

/** Reasons that are shown. */
const REASONS = 3;

/** What was asked for and did not come, and why; nothing where all came or nothing is known of it. */
export function gapLines(gaps: readonly Gap[]): string[] {
  if (gaps.length === 0) return [];
  const shown = gaps.slice(0, REASONS).map(({ what, things, why }) => {
    const more = things > 1 ? ` and ${things - 1} more` : '';
    return `${what}${more} (${why})`;
  });
  const rest = gaps.length > REASONS ? '; dnslens report diagnosis/gaps has the others' : '';
  return [`Asked for and not had: ${shown.join('; ')}${rest}.`];
}

/** A command's remark with why what it is for did not come the last time. */
export function withRefusals({ command, about }: Command, gaps: readonly Gap[]): Command {
  if (!isCollect(command) || about === null) return { command, about };
  const kinds = kindsIn(about);
  const refused = gaps.filter(({ evidence }) => kinds.includes(GATHERED_AS[evidence] ?? ('' as never)));
  if (refused.length === 0) return { command, about };
  return { command, about: `${about}; the last time not had: ${refused[0]!.why}` };
}
