import { shellWord } from '../base/shell-word.js';
import { CREATION, deletion, readiness } from './helper-pod.js';
import { LISTS, type Plan } from './plan.js';
import type { Task } from './task.js';

/** A plan as a bash script that gathers the same files by itself, where kubectl is. */
export function scriptOf(plan: Plan, folder: string, words: (args: readonly string[]) => string[]): string {
  const command = (args: readonly string[]) => words(args).map(shellWord).join(' ');
  const gather = ({ file, notes, args, seconds }: Task) =>
    `gather ${shellWord(file)} ${shellWord(notes ?? '')} ${seconds} ${command(args)}`;
  const remove = command(deletion(plan.helpers));
  return `#!/usr/bin/env bash
# Gathers DNS evidence as dnslens collect does, without dnslens; then: dnslens ${shellWord(folder)}
set -u
umask 077
out=${shellWord(folder)}
mkdir -p "$out"

# gather FILE NOTES SECONDS COMMAND...: a command's output into a file; what fails is said, and costs its own file only
gather() {
  local file=$out/$1 notes=$2 seconds=$3 said; shift 3
  mkdir -p "$(dirname "$file")"
  said=$(timeout "$seconds" "$@" 2>&1 >"$file") || echo "not gathered: $file: $said" | tee -a "$out/missing.txt" >&2
  [ -z "$notes" ] || printf '%s\\n' "$said" >"$out/$notes"
  [ -s "$file" ] || rm -f "$file"
}
${plan.helpers.length > 0 ? `\nremove() { ${remove}; }\ntrap remove EXIT\ntrap 'exit 130' INT TERM HUP\n` : ''}
${LISTS.map(gather).join('\n')}

${plan.during
  .map(({ helper, tasks }) => {
    const made = `printf '%s' ${shellWord(helper.manifest)} | ${command(CREATION)} && ${command(readiness(helper))}`;
    const all = tasks.map((task) => `    ${gather(task)} &`).join('\n');
    return `(\n  trap - EXIT\n  ${made} && {\n${all}\n    wait\n  }\n) &`;
  })
  .join('\n')}
${plan.begin.map(gather).join('\n')}
wait

${plan.end.map(gather).join('\n')}
`;
}
