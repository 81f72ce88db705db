import { counted, grouped } from '../base/counted.js';
import { type MadeColumns, madeHeadline, madeResult } from '../packs/made-result.js';
import type { Result } from '../packs/result.js';
import type { Value } from '../packs/value.js';
import { type Change, changeText } from './change.js';
import { type ChangedLookup, count, groupBy } from './lookups.js';

const COUNTS: MadeColumns = {
  lookups: ['number', 'lookups of programs'],
  queries: ['number', 'queries as recorded'],
  after_queries: ['number', 'queries that would reach a server'],
  saved_share: ['number', 'queries saved of queries; negative when there would be more'],
  seconds: ['number', 'how long the lookups took together; seconds'],
  after_seconds: ['number', 'how long they would take; seconds'],
  more: ['number', 'lookups that would send more queries'],
  broken: ['number', 'lookups that were answered and would not be'],
};

const WHO: MadeColumns = {
  client: ['text', 'address of the client'],
  client_name: ['text', 'its namespace and pod, or node; empty when not known'],
  resolver: ['text', 'which resolver the client seems to be'],
};

const WORSE: MadeColumns = {
  broken: ['boolean', 'whether the lookup would fail; else it would send more queries'],
  ...WHO,
  name: ['text', 'the name as the program asked for it'],
  lookups: ['number', 'lookups of it'],
  queries: ['number', 'queries as recorded'],
  after_queries: ['number', 'queries that would be sent'],
  because: ['text', 'why'],
  lookup_id: ['number', 'one of them; see dnslens explain'],
};

/** One sentence or two: what the change would do. */
export function sentence(lookups: readonly ChangedLookup[], change: Change): Result {
  const { broken } = count(lookups);
  const severity = broken > 0 ? 'high' : 'info';
  return madeHeadline('what-if/sentence', 'What if', [[severity, sentenceText(lookups, change)]]);
}

/** The same as text. */
export function sentenceText(lookups: readonly ChangedLookup[], change: Change): string {
  const all = count(lookups);
  const saved = all.queries - all.after_queries;
  const share = all.queries > 0 ? ((100 * Math.abs(saved)) / all.queries).toFixed(1) : '0';
  const queries =
    saved === 0
      ? `the ${grouped(all.queries)} queries of ${counted(all.lookups, 'lookup')} would be as many`
      : `${grouped(all.queries)} queries of ${counted(all.lookups, 'lookup')} would be ${grouped(all.after_queries)} (${share} % ${saved < 0 ? 'more' : 'fewer'})`;
  const [before, after] = [all.seconds.toFixed(3), all.after_seconds.toFixed(3)];
  const seconds =
    before === after
      ? `they would take ${before} s together, as before`
      : `the ${before} s that they took together would be ${after} s`;
  const harm = [
    ...(all.broken > 0 ? [`${counted(all.broken, 'lookup')} that had an answer would fail`] : []),
    ...(all.more > 0 ? [`${counted(all.more, 'lookup')} would send more queries`] : []),
  ];
  const but = harm.length > 0 ? `But ${harm.join(', and ')}.` : 'No lookup would fail or send more queries.';
  return `With ${changeText(change)} ${queries}; ${seconds}. ${but}`;
}

/** All lookups together. */
export function total(lookups: readonly ChangedLookup[]): Result {
  return madeResult('what-if/total', 'In all', COUNTS, [counts(lookups)]);
}

/** One row per client, the one that would save most first. */
export function byClient(lookups: readonly ChangedLookup[]): Result {
  const groups = groupBy(lookups, (row) => row.client);
  const saved = (rows: readonly ChangedLookup[]) =>
    rows.reduce((sum, row) => sum + row.queries - row.after_queries, 0);
  groups.sort((a, b) => saved(b) - saved(a));
  const rows = groups.map((group) => {
    const { client, client_name, resolver } = group[0]!;
    return [client, client_name, resolver, ...counts(group)];
  });
  return madeResult('what-if/clients', 'By client', { ...WHO, ...COUNTS }, rows);
}

/** One row per client and name whose lookups would fail or send more queries; failures first. */
export function worse(lookups: readonly ChangedLookup[], change: Change): Result {
  const harmed = lookups.filter((row) => row.broken || row.after_queries > row.queries);
  const groups = groupBy(harmed, ({ broken, client, name }) => JSON.stringify([broken, client, name]));
  groups.sort((a, b) => Number(b[0]!.broken) - Number(a[0]!.broken) || b.length - a.length);
  const rows = groups.map((group) => {
    const { broken, client, client_name, resolver, name, lookup_id } = group[0]!;
    const { queries, after_queries } = count(group);
    const because = broken
      ? whyBroken(group[0]!, change)
      : 'it is tried as it is first, and then walks the search list';
    return [
      broken,
      client,
      client_name,
      resolver,
      name,
      group.length,
      queries,
      after_queries,
      because,
      lookup_id,
    ];
  });
  return madeResult('what-if/worse', 'What would be worse', WORSE, rows);
}

function whyBroken({ name, resolver }: ChangedLookup, { fqdn }: Change): string {
  if (fqdn.includes(name))
    return 'with a dot at the end no search suffix is tried, and the bare name does not exist';
  if (resolver === 'musl')
    return 'musl searches for no name with ndots dots, and the bare name does not exist';
  return 'no name that would be tried exists in this evidence';
}

function counts(lookups: readonly ChangedLookup[]): Value[] {
  const { lookups: n, queries, after_queries, seconds, after_seconds, more, broken } = count(lookups);
  const share = queries > 0 ? (queries - after_queries) / queries : 0;
  return [n, queries, after_queries, share, seconds, after_seconds, more, broken];
}
