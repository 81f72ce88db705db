import { counted, grouped } from '../../../base/counted.js';
import type { Diagnosis } from '../../diagnosis/index.js';
import { seconds } from '../../diagnosis/wording.js';
import { type Markup, markup } from '../../markup.js';
import { swatch } from './cause-colors.js';
import type { Selectable } from './selectable.js';

/** Workloads that are listed; of more the table has all. */
const MOST = 24;

/** The workloads that were hit, the worst first; the page's script makes each one to be selected. */
export function workloadList(
  { workloads }: Diagnosis,
  colors: ReadonlyMap<string, string>,
  selectable: Selectable,
): Markup {
  const hurt = workloads.filter(({ lookups }) => lookups > 0);
  const names = [...new Set(hurt.map(({ workload }) => workload))];
  if (names.length === 0) return markup`<p>No workload is known to have been hit.</p>\n`;
  const rows = names
    .map((name) => {
      const own = hurt.filter(({ workload }) => workload === name).toSorted((a, b) => b.lookups - a.lookups);
      return {
        name,
        own,
        lookups: own.reduce((sum, row) => sum + row.lookups, 0),
        took: own.reduce((sum, row) => sum + row.lookup_seconds, 0),
      };
    })
    .toSorted((a, b) => b.took - a.took || b.lookups - a.lookups);
  const items = rows.slice(0, MOST).map(({ name, own, lookups, took }) => {
    const number = selectable.numberOf(name);
    const causes = own.map(
      ({ cause, lookups: of }, i) =>
        markup`${i === 0 ? null : ', '}${swatch(colors.get(cause) ?? 'var(--soft)')} ${cause} ${grouped(of)}`,
    );
    const who = number === null ? null : markup` data-who="${number}"`;
    return markup`<li${who}><span class="who">${name}</span> ${counted(lookups, 'lookup')}, ${seconds(took)}<br>${causes}</li>`;
  });
  const rest = rows.length - MOST;
  const more = rest > 0 ? markup`<p class="about">${counted(rest, 'more workload')} hit less.</p>\n` : null;
  return markup`<ul class="workloads">${items}</ul>\n${more}`;
}
