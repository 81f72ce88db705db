import { verdictWords } from '../../causes/cause.js';
import { counted } from '../../base/counted.js';
import type { Diagnosis, WorkloadRow } from './diagnosis.js';
import type { Block } from './document.js';
import { leadLines } from './lead.js';
import { type Commands, lookNext } from './look-next.js';
import { seconds } from './wording.js';

/** The slow and failed lookups of each workload, by cause. */
export function composeByWorkload(diagnosis: Diagnosis, commands: Commands): Block[] {
  const verdicts = new Map(diagnosis.causes.map((row) => [row.cause, verdictWords(row.verdict)]));
  const workloads = [...new Set(diagnosis.workloads.map(({ workload }) => workload))];
  return [
    { kind: 'lead', lines: leadLines(diagnosis) },
    ...workloads.flatMap((name): Block[] => {
      const rows = diagnosis.workloads.filter(({ workload }) => workload === name);
      const clients = Math.max(...rows.map((row) => row.clients));
      return [
        { kind: 'heading', text: `${name} (${counted(clients, 'client')})` },
        {
          kind: 'terms',
          terms: rows.map((row) => [row.cause, workloadSentence(row, verdicts.get(row.cause))]),
        },
      ];
    }),
    ...lookNext(diagnosis, commands),
  ];
}

function workloadSentence(
  { lookups, lookup_seconds, wasted_queries }: WorkloadRow,
  verdict: string | undefined,
): string {
  const hurt = lookups > 0 ? `${counted(lookups, 'slow or failed lookup')}, ${seconds(lookup_seconds)}` : '';
  const wasted = wasted_queries === null ? '' : counted(wasted_queries, 'wasted query', 'wasted queries');
  const numbers = [hurt, wasted].filter((text) => text !== '').join(', ') || 'no slow or failed lookup';
  return verdict === undefined ? `${numbers}.` : `${verdict}; ${numbers}.`;
}
