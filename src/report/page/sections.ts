/** A part of the page below the causes. */
export interface Section {
  id: string;
  title: string;
  /** Ids of the queries whose rows it shows, in order. */
  queries: readonly string[];
  /** Whether each is folded to its title, to be opened. */
  folded: boolean;
}

/** What every page has below what its causes rest on. */
export const MORE: Section = {
  id: 'more',
  title: 'More tables',
  folded: true,
  queries: [
    'timeouts/histogram',
    'timeouts/slow',
    'timeouts/unanswered',
    'race/lost-halves',
    'conntrack/increases',
    'search/worst-walks',
    'search/names',
    'search/suffixes',
    'search/clients',
    'servers/latency',
    'servers/upstreams',
    'servers/failures',
  ],
};

/** What all of the page rests on, and what of it could not be read. */
export const EVIDENCE: Section = {
  id: 'evidence',
  title: 'Evidence',
  folded: true,
  queries: ['evidence/sources', 'evidence/problems', 'evidence/conclusions'],
};
