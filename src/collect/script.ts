import { shellWord } from '../base/shell-word.js';
import { FORMAT, MANIFEST, type ManifestHead } from '../cluster/collection/manifest.js';
import { clockArgs, NOW } from './clock.js';
import { LOG_SWITCH_SECONDS } from './limits.js';
import { type LogSwitch, RELOADED } from './log-switch.js';
import type { Plan } from './plan.js';
import { type Post, removals, type Undo } from './post.js';
import type { Tools } from './program.js';
import type { Task } from './task.js';

/** Writes the words of a program's command line for a shell. */
type Command = (args: readonly string[], tool?: keyof Tools) => string;

/** A plan as a bash script that gathers the same files by itself, where kubectl is. */
export function scriptOf(plan: Plan, folder: string, head: ManifestHead, tools: Tools): string {
  const command: Command = (args, tool = 'kubectl') => tools[tool].words(args).map(shellWord).join(' ');
  const gather = (task: Task) => gatherLine(task, command);
  const undos = [
    ...removals(plan.during.map(({ post }) => post)),
    ...(plan.log === null ? [] : [plan.log.off]),
  ];
  const manifest = JSON.stringify({ format: FORMAT, ...head }).slice(1, -1);
  return [
    `#!/usr/bin/env bash
# Gathers DNS evidence as dnslens collect does, without dnslens; then: dnslens ${shellWord(folder)}
out=${shellWord(folder)}
manifest=${shellWord(manifest)}
undo() {
${undos.map((undo) => `  ${undoLine(undo, command)}`).join('\n') || '  :'}
}`,
    HELPERS,
    ...plan.looked.map(gather),
    ...(plan.log === null ? [] : [switchLog(plan.log, command)]),
    ...plan.during.map(({ post, tasks }) => {
      const all = [`clock ${shellWord(post.node)} ${command(clockArgs(post))}`, ...tasks.map(gather)];
      const lines = all.map((line) => `  ${line} &`).join('\n');
      return `(\n  ${stepLines(post, command).join('\n  ')}\n${lines}\n  wait\n) 8>&- & posts+=($!)`;
    }),
    ...plan.begin.map(gather),
    'await_posts',
    ...plan.end.map(gather),
    '',
  ].join('\n');
}

function gatherLine({ file, notes = '', args, seconds, tool, ...about }: Task, command: Command): string {
  const { what, evidence, node = null, label = null, streams = false, mayBeEmpty = false } = about;
  const said = JSON.stringify({ file, what, evidence, node, label }).slice(1, -1);
  const how = `${seconds} ${streams ? 'held' : "''"} ${mayBeEmpty ? 'empty' : "''"}`;
  return `gather ${shellWord(file)} ${shellWord(notes)} ${how} ${shellWord(said)} ${command(args, tool)}`;
}

function undoLine({ left, args, optional }: Undo, command: Command): string {
  const otherwise = optional ? ':' : `echo ${shellWord(left)}": $(cat "$work/undo")" >&2`;
  return `${command(args)} >/dev/null 2>"$work/undo" </dev/null || ${otherwise}`;
}

/** What makes a post ready; where a step fails, nothing is gathered there. */
function stepLines({ make, place }: Post, command: Command): string[] {
  return make.map(({ args, stdin, tries = 1, failing }) => {
    const given = stdin === undefined ? '' : `printf %s ${shellWord(stdin)} | `;
    return `${given}step ${tries} ${shellWord(`${place}: ${failing}`)} ${command(args)} || exit`;
  });
}

/** Makes the servers log, and waits until they do. */
function switchLog({ on, watch, servers }: LogSwitch, command: Command): string {
  const watching = command(watch(new Date(0))).replace('1970-01-01T00:00:00Z', '"$changed"');
  return `changed=$(stamp)
step 1 'the log plugin could not be turned on' ${command(on)} && for _ in $(seq ${LOG_SWITCH_SECONDS / 3}); do
  [ "$(${watching} 2>/dev/null | grep -c ${shellWord(RELOADED)})" -ge ${servers} ] && break
  sleep 3
done`;
}

/** What every script has: it gathers into files, notes what became of each, and undoes at the end. */
const HELPERS = `set -u
umask 077
mkdir -p "$out" || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
command -v timeout >/dev/null || timeout() { shift; "$@"; }
stamp() { date -u +%Y-%m-%dT%H:%M:%SZ; }
json() { local s=\${1//\\\\/\\\\\\\\}; s=\${s//\\"/\\\\\\"}; printf '"%s"' "$(printf %s "$s" | tr '\\000-\\037' ' ')"; }
miss() { printf '%s\\n' "$(json "$1")" >>"$work/missing"; echo "not gathered: $1" >&2; }

# gather FILE NOTES SECONDS HELD EMPTY ABOUT COMMAND...: a command's output into a file; what fails is said, and costs its own file only
gather() {
  local name=$1 file=$out/$1 notes=$2 seconds=$3 held=$4 empty=$5 about=$6 began failed= said words= dropped input=/dev/null; shift 6
  [ -z "$held" ] || input=$work/open
  began=$(stamp); mkdir -p "$(dirname "$file")"
  said=$(timeout "$seconds" "$@" 2>&1 >"$file" <"$input" 8>&- 9>&-) || failed=$(printf '%s' "$said" | tail -n 1 | cut -c 1-300)x
  [ -z "$notes" ] || [ -z "$said" ] || printf '%s\\n' "$said" >"$out/$notes"
  if ! [ -s "$file" ]; then
    rm -f "$file"
    if [ -z "$empty" ]; then failed=\${failed:-nothing camex}; else case $failed in *'not found'*) failed= ;; esac; fi
  fi
  dropped=$(printf '%s\\n' "$said" | sed -n 's/^\\([1-9][0-9]*\\) packets dropped by kernel.*/\\1/p')
  [ -z "$notes" ] || [ -z "$dropped" ] || failed="the kernel dropped $dropped packets before tcpdump took themx"
  [ -z "$failed" ] || miss "$name: \${failed%x}"
  for word in "$@"; do words=$words,$(json "$word"); done
  printf '{%s,"command":[%s],"began":"%s","ended":"%s","bytes":%s,"failed":%s}\\n' "$about" "\${words#,}" "$began" "$(stamp)" \\
    "$(cat "$file" 2>/dev/null | wc -c | tr -d ' ')" "$([ -z "$failed" ] && echo null || json "\${failed%x}")" >"$(mktemp "$work/gathered.XXXXXX")"
}

# step TRIES FAILING COMMAND...: something that is needed first
step() {
  local tries=$1 failing=$2 said; shift 2
  until said=$("$@" 2>&1 9>&-); do [ $((tries -= 1)) -gt 0 ] || { miss "$failing: $said"; return 1; }; sleep 1; done
}

# clock NODE COMMAND...: how far a node's clock is from this machine's
clock() {
  local node=$1 before after there; shift
  before=${NOW}; there=$(echo | timeout 20 "$@" 2>/dev/null 9>&-); after=${NOW}
  printf '%s %s %s %s\\n' "$node" "$before" "$there" "$after" | tr , . | awk 'NF == 4 && ($2 $3 $4) ~ /^[0-9.]+$/ {
    printf "{\\"node\\":\\"%s\\",\\"offset_seconds\\":%.4f,\\"within_seconds\\":%.4f}\\n", $1, $3 - ($2 + $4) / 2, ($4 - $2) / 2 + 0.001 }' >"$work/clock.$node"
}

posts=() interrupted=false
await_posts() { for p in \${posts[@]+"\${posts[@]}"}; do while kill -0 "$p" 2>/dev/null; do wait "$p"; done; done; }
lines() { cat "$work"/$1 2>/dev/null | paste -s -d , -; }
# what gathers while time passes ends when this descriptor is closed
mkfifo "$work/open" "$work/alive"
exec 8<>"$work/open" 9<>"$work/alive"
# what is made or changed in the cluster is undone when this script and all that it runs have ended, however they end
(trap '' INT TERM HUP; cat "$work/alive" >/dev/null; undo; rm -rf "$work") 8>&- 9>&- &
guard=$!
started=$(stamp)
finish() { interrupted=true; rm -f "$work/open"; exec 8>&-; }
ended() {
  trap '' INT TERM HUP
  exec 8>&-; await_posts
  printf '{%s,"started":"%s","ended":"%s","interrupted":%s,"clocks":[%s],"gathered":[%s],"missing":[%s]}\\n' "$manifest" \\
    "$started" "$(stamp)" "$interrupted" "$(lines 'clock.*')" "$(lines 'gathered.*')" "$(lines missing)" >"$out/${MANIFEST}"
  exec 9>&-; wait "$guard"
}
trap ended EXIT
trap 'finish; trap "exit 130" INT' INT
trap 'finish; exit 143' TERM HUP
`;
