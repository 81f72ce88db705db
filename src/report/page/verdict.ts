import { type CauseRow, type Diagnosis, isFound } from '../diagnosis/index.js';
import { judged } from '../diagnosis/diagnosis.js';
import { listed } from '../diagnosis/wording.js';

/** What the diagnosis comes to, as the page's title; not escaped. Consequences are told with their cause. */
export function titleOf(diagnosis: Diagnosis): string {
  const { overview, causes } = diagnosis;
  const sure = causes.filter((row) => isFound(row) && row.verdict !== 'possible' && row.root === null);
  const faults = sure.filter(({ kind }) => kind === 'fault');
  if (faults.length > 0) {
    const confirmed = faults.some(({ verdict }) => verdict === 'confirmed');
    return `${confirmed ? '' : 'Likely: '}${titles(faults)}`;
  }
  const possible = judged(diagnosis, 'possible');
  if (overview.slow_or_failed > 0)
    return possible.length > 0
      ? `Possibly: ${titles(possible)}`
      : 'Slow or failed lookups without a known cause';
  if (overview.lookups === 0 || overview.unseen === overview.lookups)
    return 'Too little evidence for a verdict';
  return sure.length > 0 ? `No fault, but a cost: ${titles(sure)}` : 'No fault found';
}

/** `Lost conntrack race, upstream silent and CoreDNS overloaded`. */
function titles(causes: readonly CauseRow[]): string {
  return listed(
    causes.map(({ title }, i) =>
      i === 0 || /^\w+[A-Z]/.test(title) ? title : title[0]!.toLowerCase() + title.slice(1),
    ),
  );
}
