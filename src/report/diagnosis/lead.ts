import type { Diagnosis, Overview } from './diagnosis.js';
import { counted, grouped } from '../../base/counted.js';
import { narrowedLines } from './part-of-evidence.js';
import { EVIDENCE_NAMES } from '../../causes/collect-line.js';
import { gapLines } from './to-collect.js';
import { listed, seconds, timeRange } from './wording.js';

/** How many lookups were hurt, how many of them are explained, of how many clients, when; and of which part this is. */
export function leadLines(diagnosis: Diagnosis): string[] {
  return [...hurtLines(diagnosis), ...narrowedLines(diagnosis)];
}

function hurtLines({ overview, workloads }: Diagnosis): string[] {
  const { lookups, clients, unseen, untimed, cut_queries: cut, first_time, last_time } = overview;
  const when = untimed > 0 && untimed === lookups ? 'at no known time' : timeRange(first_time, last_time);
  const cutLines =
    cut === 0
      ? []
      : [
          `${counted(cut, 'query has', 'queries have')} no name here and ${cut === 1 ? 'is' : 'are'} not judged: the capture kept too little of each packet (tcpdump -s 0 keeps all).`,
        ];
  if (lookups === 0)
    return [`This evidence shows no lookup of a client, so none can be counted; ${when}.`, ...cutLines];
  const took = workloads.reduce((sum, row) => sum + row.lookup_seconds, 0);
  const lines = [hurtSentence(overview, `(${counted(clients, 'client')}, ${when})`, took)];
  if (unseen > 0 && unseen < lookups) {
    lines.push(`This evidence does not show how ${counted(unseen, 'lookup')} ended.`);
  }
  if (untimed > 0) {
    lines.push(
      `How long ${untimed === lookups ? 'they' : counted(untimed, 'lookup')} took cannot be told: the capture tells no times.`,
    );
  }
  lines.push(...cutLines);
  return lines;
}

/** Said where no cause was found, of lookups that were hurt. */
export function noneFitsLines({ overview }: Diagnosis): string[] {
  return overview.slow_or_failed > 0 ? ['No known cause fits the slow and failed lookups.'] : [];
}

/** `whose` says of whom and of when all lookups are. */
function hurtSentence(overview: Overview, whose: string, took: number): string {
  const { lookups, slow_or_failed: hurt, explained, unseen, untimed } = overview;
  if (hurt === 0 && unseen === lookups) {
    return `This evidence shows no answers: how its ${counted(lookups, 'lookup')} ${whose} ended cannot be told.`;
  }
  if (hurt === 0) {
    const seen = `None of ${counted(lookups - unseen, 'lookup')} ${whose}`;
    return untimed > 0 ? `${seen} is seen to have failed.` : `${seen} was slow (1 s or longer) or failed.`;
  }
  const [be, they] = hurt === 1 ? ['was', 'it'] : ['were', 'they'];
  const start = `${grouped(hurt)} of ${counted(lookups, 'lookup')} ${whose} ${be} slow (1 s or longer) or failed`;
  const cost = took > 0 ? `; ${they} took ${seconds(took)}.` : '.';
  return `${start}${cost} ${explainedSentence(hurt, explained)}`;
}

function explainedSentence(hurt: number, explained: number): string {
  if (hurt === 1) return explained === 1 ? 'It is explained.' : 'It is not explained.';
  if (explained === hurt) return 'All are explained.';
  if (explained === 0) return 'None is explained.';
  return `${grouped(explained)} of them ${explained === 1 ? 'is' : 'are'} explained.`;
}

/** What was looked at and what was not there to look at. */
export function lookedAtLines({ overview: o, gaps }: Diagnosis): string[] {
  // what no diagnosis needs is not missing
  const kinds: [seen: number, what: string, missing?: string][] = [
    [
      o.captures,
      `${counted(o.captures, 'capture')} (${counted(o.messages, 'message')})`,
      EVIDENCE_NAMES.captures,
    ],
    [o.logs, `${counted(o.logs, 'server log')} (${counted(o.log_lines, 'line')})`, EVIDENCE_NAMES.logs],
    [
      o.counter_samples,
      counted(o.counter_samples, 'sample') + ' of conntrack counters',
      EVIDENCE_NAMES.counter_samples,
    ],
    [o.counter_readings, counted(o.counter_readings, 'reading') + ' of other counters'],
    [o.probes, counted(o.probes, 'question') + ' of tools and programs'],
    [o.configurations, counted(o.configurations, 'configuration file'), EVIDENCE_NAMES.configurations],
    [o.objects, counted(o.objects, 'cluster object'), EVIDENCE_NAMES.objects],
    [o.external_dns_logs, counted(o.external_dns_logs, 'external-dns log')],
    [o.other_files, `${counted(o.other_files, 'other file')} (${(o.other_kinds ?? []).join(', ')})`],
  ];
  const seen = kinds.flatMap(([count, what]) => (count > 0 ? [what] : []));
  const missing = kinds.flatMap(([count, , what]) => (count > 0 || what === undefined ? [] : [what]));
  return [
    ...(seen.length > 0 ? [`Looked at ${listed(seen)}.`] : []),
    ...(missing.length > 0 ? [`Not collected: ${missing.join(', ')}.`] : []),
    ...gapLines(gaps),
  ];
}
