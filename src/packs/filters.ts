import type { Clients } from './client-filter.js';

/** What every query may be narrowed by; it may use parameters of these names too, NULL unless the option is given. */
export const FILTERS = ['since', 'until', 'client'] as const;
export type Filter = (typeof FILTERS)[number];

/** Times as SQL reads them (`YYYY-MM-DD HH:MM:SS` and a fraction, UTC), and clients; null where not asked for. */
export interface FilterValues {
  since: string | null;
  until: string | null;
  client: Clients | null;
}

export const NO_FILTERS: FilterValues = { since: null, until: null, client: null };
