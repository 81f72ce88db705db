import type { AnswerRecord, Evidence, Leg, LogLine, Query, Upstream } from './lookup-rows.js';
import { nanosOf } from '../base/time/nanos.js';

/** What happened at one moment; `at_ms` counts from the lookup's start. */
export type Event = { at_ms: number } & (
  | { kind: 'name'; step: number; qname: string }
  | { kind: 'query'; query: Query; legs: PlacedLeg[] }
  | { kind: 'answer'; query: Query; legs: PlacedLeg[]; records: AnswerRecord[] }
  | { kind: 'silence'; query: Query; seconds: number }
  | { kind: 'upstream'; upstream: Upstream }
  | { kind: 'log'; line: LogLine }
  | { kind: 'gap'; seconds: number }
  | { kind: 'end'; outcome: string }
);

export type PlacedLeg = Leg & { at_ms: number };

/** From this many milliseconds without an event a gap is pointed out. */
const GAP_MS = 100;

/** Events of one moment come in this order. */
const ORDER: readonly Event['kind'][] = [
  'silence',
  'name',
  'query',
  'upstream',
  'log',
  'answer',
  'gap',
  'end',
];

/** Puts what the evidence has into one sequence, gaps pointed out. Log lines without a time are left out. */
export function timeline(evidence: Evidence): Event[] {
  const { subject, queries, upstream, log } = evidence;
  const start = nanosOf(subject.started_at);
  const since = (iso: string) => Number(nanosOf(iso) - start) / 1e6;
  const events: Event[] = [
    ...names(queries, since),
    ...queries.flatMap((query) => eventsOf(query, evidence, since)),
    ...upstream.map((row): Event => ({ at_ms: since(row.asked_at), kind: 'upstream', upstream: row })),
    ...log.flatMap((line): Event[] =>
      line.time === null ? [] : [{ at_ms: since(line.time), kind: 'log', line }],
    ),
    { at_ms: (subject.seconds ?? 0) * 1000, kind: 'end', outcome: subject.outcome },
  ];
  events.sort((a, b) => a.at_ms - b.at_ms || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  return withGaps(events);
}

/** The moments at which another name of the walk is tried. */
function names(queries: readonly Query[], since: (iso: string) => number): Event[] {
  const first = queries.filter((query, i) => queries.findIndex(({ step }) => step === query.step) === i);
  return first.map(({ asked_at, step, qname }) => ({ at_ms: since(asked_at), kind: 'name', step, qname }));
}

function eventsOf(query: Query, evidence: Evidence, since: (iso: string) => number): Event[] {
  const own = evidence.legs.filter(
    (leg) => leg.transaction_id === query.transaction_id && query.transaction_id !== null,
  );
  const placed = (response: boolean): PlacedLeg[] =>
    own
      .filter((leg) => leg.is_response === response)
      .map((leg) => Object.assign({}, leg, { at_ms: since(leg.time) }));
  const asked: Event = { at_ms: since(query.asked_at), kind: 'query', query, legs: placed(false) };
  if (query.answered_at !== null) {
    const records = evidence.records.filter((record) => record.transaction_id === query.transaction_id);
    return [asked, { at_ms: since(query.answered_at), kind: 'answer', query, legs: placed(true), records }];
  }
  if (query.state !== 'unanswered') return [asked];
  const end = endOfWait(query, evidence, since);
  // an answer that never reached the client was still seen somewhere
  const lost: Event[] = placed(true)
    .slice(0, 1)
    .map((leg) => ({ at_ms: leg.at_ms, kind: 'answer', query, legs: placed(true), records: [] }));
  return [
    asked,
    ...lost,
    { at_ms: end, kind: 'silence', query, seconds: (end - since(query.asked_at)) / 1000 },
  ];
}

/** When the resolver stopped waiting: at its next attempt, else when it moved on, else when an ICMP error told it, else at the end. */
function endOfWait(query: Query, { subject, queries }: Evidence, since: (iso: string) => number): number {
  const asked = since(query.asked_at);
  const next = queries.find(
    ({ question_id, attempt }) => question_id === query.question_id && attempt === query.attempt + 1,
  );
  if (next) return since(next.asked_at);
  const moved = queries.find(({ step, asked_at }) => step > query.step && since(asked_at) > asked);
  if (moved) return since(moved.asked_at);
  return query.icmp_at !== null ? since(query.icmp_at) : Math.max(asked, (subject.seconds ?? 0) * 1000);
}

function withGaps(events: readonly Event[]): Event[] {
  return events.flatMap((event, i): Event[] => {
    const before = events[i - 1];
    const apart = before ? event.at_ms - before.at_ms : 0;
    if (!before || apart < GAP_MS) return [event];
    return [{ at_ms: before.at_ms, kind: 'gap', seconds: apart / 1000 }, event];
  });
}
