/** A part of the page below the diagnosis. */
export interface Section {
  id: string;
  title: string;
  /** What it is about, in a sentence. */
  about: string;
  /** Ids of the queries whose rows it shows, in order. */
  queries: readonly string[];
}

/** The parts of every page; a query that a cause points to and that is in none of them is put behind. */
export const SECTIONS: readonly Section[] = [
  {
    id: 'time-line',
    title: 'Time line',
    about: 'What happened when: queries, answers, losses and the counters of the kernel on one axis.',
    queries: ['traffic/timeline'],
  },
  {
    id: 'clients',
    title: 'Who was hit',
    about: 'Clients with slow or failed lookups, and what search lists cost each of them.',
    queries: ['diagnosis/clients', 'search/clients'],
  },
  {
    id: 'waits',
    title: 'Waits and retries',
    about:
      'How long resolvers waited before they asked again. A peak at 5 or 2.5 seconds is a timer, not a slow server.',
    queries: ['timeouts/histogram', 'timeouts/slow', 'timeouts/unanswered'],
  },
  {
    id: 'pairs',
    title: 'Lost halves and conntrack',
    about:
      'A and AAAA queries of one lookup of which one was lost, beside what the kernel counted meanwhile.',
    queries: ['race/lost-halves', 'conntrack/increases'],
  },
  {
    id: 'walks',
    title: 'Walks over the search list',
    about: 'Which names were tried before the one that answers, and what that cost.',
    queries: ['search/worst-walks', 'search/names', 'search/suffixes'],
  },
  {
    id: 'servers',
    title: 'Servers',
    about: 'How quickly each server answered, on the wire and by its own log, and what it answered with.',
    queries: ['servers/latency', 'servers/upstreams', 'servers/failures'],
  },
  {
    id: 'evidence',
    title: 'Evidence',
    about: 'What all of this rests on, and what of it could not be read.',
    queries: ['evidence/sources', 'evidence/problems', 'evidence/conclusions'],
  },
];
