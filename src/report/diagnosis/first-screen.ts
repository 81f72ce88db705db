import { counted } from '../../base/counted.js';
import { consequenceText, hitText, sentence, verdictText } from './cause-blocks.js';
import { collectCommands, toCollect, withRefusals } from './to-collect.js';
import { type CauseRow, type Diagnosis, isFound, isUnsure, judged, type Verdict } from './diagnosis.js';
import type { Block, Command, Fact } from './document.js';
import { leadLines, lookedAtLines, noneFitsLines } from './lead.js';
import { type Commands, explained } from './look-next.js';
import { listed, timeRange } from './wording.js';

/** How long the proof of a cause may be, in characters: two sentences, three lines of a narrow terminal. */
const PROOF = 230;
const WORKLOADS = 3;
const COLLECT = 2;
/** Names of ruled out causes that fit into a line. */
const NAMES = 2;

/**
 * The diagnosis on one screen: how many lookups were hurt, each cause with its proof and one fix, what it was not, what
 * would make it surer. 24 lines of 80 columns where one or two causes were found.
 */
export function firstScreen(diagnosis: Diagnosis, commands: Commands): Block[] {
  const found = diagnosis.causes.filter(isFound);
  const roots = found.filter(({ root }) => root === null);
  return [
    { kind: 'lead', lines: leadLines(diagnosis) },
    ...roots.flatMap((row) => causeOnScreen(row, diagnosis, commands)),
    {
      kind: 'note',
      lines: [
        ...(found.length === 0 ? noneFitsLines(diagnosis) : []),
        ...otherCauses(diagnosis),
        lookedAtLines(diagnosis).join(' '),
      ],
    },
    {
      kind: 'commands',
      commands: [
        ...explained(diagnosis.overview.worst_unexplained_id, 'the worst unexplained lookup', commands),
        { command: commands.reportCommand('diagnosis'), about: 'all of this, with reasons' },
      ],
    },
    ...toCollect(deciding(diagnosis)),
  ];
}

function causeOnScreen(
  row: CauseRow,
  diagnosis: Diagnosis,
  { reportCommand, explainCommand }: Commands,
): Block[] {
  const { verdict, worst_lookup_id: worst, look, first_seen, last_seen } = row;
  const led = diagnosis.causes.filter((other) => isFound(other) && other.root === row.cause);
  // what hurt nobody is there all the time, and as much for all
  const hurts = row.kind === 'fault' || row.lookups > 0;
  const { first_time, last_time } = diagnosis.overview;
  const when = first_seen === null ? '' : timeRange(first_seen, last_seen);
  // what the lead says already is not said again
  const isTold = verdict === 'possible' || when === timeRange(first_time, last_time);
  const hit = hurts ? hitText(row, diagnosis.workloads, WORKLOADS) : null;
  const see =
    worst !== null && row.lookups > 0 && explainCommand !== null
      ? explainCommand(worst)
      : look?.[0] && diagnosis.overview.lookups > 0
        ? reportCommand(look[0])
        : null;
  const facts: Fact[] = [
    { label: 'affected', lines: hit === null ? [] : [hit] },
    { label: 'when', lines: when === '' || !hurts || isTold ? [] : [when] },
    { label: 'led to', lines: led.length === 0 ? [] : [listed(led.map(consequenceText))] },
    { label: 'fix', lines: verdict === 'possible' ? [] : row.change.slice(0, 1) },
    { label: 'see', lines: see === null ? [] : [see], isCommand: true },
  ];
  return [
    { kind: 'verdict', verdict, text: verdictText(row, diagnosis.overview.lookups) },
    { kind: 'sentence', text: hurts ? proof(row) : sentence(row.summary) },
    { kind: 'facts', facts: facts.filter(({ lines }) => lines.length > 0) },
  ];
}

/** The summary, and of the further numbers as many as are short enough. */
function proof({ summary, findings, verdict }: CauseRow): string {
  const said = [sentence(summary)];
  for (const finding of verdict === 'possible' ? [] : findings) {
    const text = sentence(finding);
    if (said.join(' ').length + text.length > PROOF) break;
    said.push(text);
  }
  return said.join(' ');
}

/** What it was not, and what this evidence cannot tell, by name. */
export function otherCauses(diagnosis: Diagnosis): string[] {
  const all = diagnosis.causes.length + (diagnosis.narrowed?.elsewhere.length ?? 0);
  const named = (verdict: Verdict) => judged(diagnosis, verdict).map(({ cause }) => cause);
  const [out, open] = [named('ruled_out'), named('no_evidence')];
  if (out.length === all) return [`All ${out.length} known causes are ruled out.`];
  if (open.length === all)
    return [`None of the ${open.length} known causes can be judged from this evidence.`];
  return [
    ...(out.length > 0 ? [`Ruled out${amongOthers(out)}.`] : []),
    ...(open.length > 0 ? [`Cannot be told from this evidence${amongOthers(open)}.`] : []),
  ];
}

/** `: a, b and c`, or how many there are and the first: ` (23): a, b, c, ...`. */
function amongOthers(names: readonly string[]): string {
  if (names.length <= NAMES + 1) return `: ${listed(names)}`;
  return ` (${names.length}): ${names.slice(0, NAMES).join(', ')} and others`;
}

function some(names: readonly string[]): string {
  if (names.length <= NAMES + 1) return listed(names);
  return `${names.slice(0, NAMES).join(', ')} and ${counted(names.length - NAMES, 'other')}`;
}

/**
 * The commands that decide most: of what is not there yet and would make an unsure verdict sure; of causes that nothing
 * speaks for only where lookups are not explained, or the evidence shows none.
 */
function deciding({ causes, overview, gaps }: Diagnosis): Command[] {
  const open = overview.explained < overview.slow_or_failed || overview.lookups === 0 || overview.unseen > 0;
  const unsure = causes.filter((row) => isUnsure(row) && (open || row.verdict !== 'no_evidence'));
  const decides = new Map<string, string[]>();
  for (const row of unsure) {
    for (const { command } of collectCommands([row], overview)) {
      decides.set(command, [...(decides.get(command) ?? []), row.cause]);
    }
  }
  const commands = collectCommands(unsure, overview).map((one) => ({
    ...withRefusals(one, gaps),
    causes: decides.get(one.command) ?? [],
  }));
  const most = commands.sort((a, b) => b.causes.length - a.causes.length).slice(0, COLLECT);
  return most.map(({ command, about, causes: decided }) => ({
    command,
    about: `${about === null ? '' : `${about}; `}for ${some(decided)}`,
  }));
}
