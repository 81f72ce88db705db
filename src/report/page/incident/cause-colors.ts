import { SERIES_COLORS } from '../../charts/theme.js';
import { type Diagnosis, isFound } from '../../diagnosis/index.js';
import { type Markup, markup } from '../../markup.js';

/** The colour of each cause that was found, everywhere on the page. */
export function causeColors({ causes }: Diagnosis): Map<string, string> {
  const found = causes.filter(isFound);
  // the first colour is that of all that is no cause
  return new Map(found.map(({ cause }, i) => [cause, SERIES_COLORS[1 + (i % (SERIES_COLORS.length - 1))]!]));
}

/** A cause's colour beside its name. */
export function swatch(color: string): Markup {
  return markup`<svg class="swatch" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12" rx="2" fill="${color}"/></svg>`;
}
