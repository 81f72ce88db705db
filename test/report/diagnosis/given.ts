import type { CauseRow, Diagnosis } from '../../../src/report/diagnosis/diagnosis.js';

/** A cause as the query gives it; conntrack-race, ruled out, unless told otherwise. */
export function cause(given: Partial<CauseRow> = {}): CauseRow {
  return {
    cause: 'conntrack-race',
    title: 'Lost conntrack race',
    kind: 'fault',
    verdict: 'ruled_out',
    summary: 'no half was lost',
    findings: [],
    first_seen: null,
    last_seen: null,
    evidence: [],
    change: ['Run NodeLocal DNSCache.', 'Set single-request-reopen.', 'Update the kernel.'],
    collect: ['conntrack -S > counters.log   # on the node'],
    lookups: 0,
    lookup_seconds: 0,
    saves: null,
    worst_lookup_id: null,
    look: ['race/lost-halves'],
    panels: ['A/AAAA pairs that lost one half'],
    root: null,
    ...given,
  };
}

/** A fault that hurt nine lookups. */
export const FOUND = cause({
  verdict: 'confirmed',
  summary: '9 halves were lost',
  findings: ['insert_failed rose by 9'],
  first_seen: '2026-01-02T03:05:00Z',
  last_seen: '2026-01-02T03:06:00Z',
  evidence: ['a.pcap frame 7: one'],
  lookups: 9,
  lookup_seconds: 45.04,
  worst_lookup_id: 17,
});

/** A cost that hurt none. */
export const COST = cause({
  cause: 'search-amplification',
  title: 'Search list amplification',
  kind: 'cost',
  verdict: 'confirmed',
  summary: '4 lookups walked',
  saves: 'at most 30 of 100 queries',
});

/** Whom the fault hit. */
export const HIT: Diagnosis['workloads'][number] = {
  workload: 'shop/cart',
  cause: 'conntrack-race',
  clients: 2,
  lookups: 9,
  lookup_seconds: 45,
  wasted_queries: null,
};

/** A diagnosis of 100 lookups, none hurt, unless told otherwise. */
export function diagnosis(
  causes: CauseRow[],
  overview: Partial<Diagnosis['overview']> = {},
  workloads: Diagnosis['workloads'] = [],
): Diagnosis {
  return {
    overview: {
      lookups: 100,
      slow_or_failed: 0,
      explained: 0,
      unseen: 0,
      untimed: 0,
      cut_queries: 0,
      clients: 2,
      first_time: '2026-01-02T03:04:05.5Z',
      last_time: '2026-01-02T03:09:00Z',
      worst_unexplained_id: null,
      captures: 1,
      messages: 1234,
      logs: 0,
      log_lines: 0,
      counter_samples: 0,
      counter_readings: 0,
      probes: 0,
      configurations: 0,
      external_dns_logs: 0,
      objects: 0,
      other_files: 0,
      other_kinds: null,
      ...overview,
    },
    causes,
    workloads,
    narrowed: null,
    gaps: [],
  };
}
