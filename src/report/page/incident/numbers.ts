import { counted, grouped } from '../../../base/counted.js';
import type { Diagnosis } from '../../diagnosis/index.js';
import { seconds } from '../../diagnosis/wording.js';
import { type Markup, markup } from '../../markup.js';

/** A figure and what it counts. */
interface Figure {
  value: string;
  about: string;
}

/** The four numbers of an incident: lookups that were hurt, seconds lost, the longest wait, whom it hit. */
export function figuresOf({ overview, workloads }: Diagnosis, longest: number | null): Figure[] {
  const { lookups, slow_or_failed: hurt, unseen, untimed } = overview;
  const known = lookups > unseen;
  const lost = workloads.reduce((sum, row) => sum + row.lookup_seconds, 0);
  const hit = new Set(workloads.filter((row) => row.lookups > 0).map(({ workload }) => workload)).size;
  const timed = untimed < lookups;
  return [
    {
      value: known ? grouped(hurt) : 'not seen',
      about: `of ${grouped(lookups - unseen)} lookups slow or failed`,
    },
    {
      value: !known || !timed ? 'not known' : lost > 0 ? seconds(lost) : 'none',
      about: 'spent waiting in them',
    },
    {
      value: longest !== null ? seconds(longest) : known && timed ? 'none' : 'not known',
      about: 'the longest wait',
    },
    {
      value: known ? grouped(hit) : 'not seen',
      about: `${hit === 1 ? 'workload' : 'workloads'} hit; ${counted(overview.clients, 'client')} seen`,
    },
  ];
}

export function figuresHtml(figures: readonly Figure[]): Markup {
  const items = figures.map(({ value, about }) => markup`<div><dt>${about}</dt><dd>${value}</dd></div>`);
  return markup`<dl class="figures">${items}</dl>\n`;
}
