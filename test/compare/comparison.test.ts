import { describe, expect, it } from 'vitest';
import { blockSeconds, compareSides, type Comparison } from '../../src/compare/comparison.js';
import type { Cell, Side } from '../../src/compare/side.js';
import type { CauseRow, Overview } from '../../src/report/diagnosis/index.js';

const OVERVIEW = { captures: 1, logs: 1, counter_samples: 0, objects: 1 } as Overview;

function cell(block: number, more: Partial<Cell> = {}): Cell {
  const lookups = more.lookups ?? 40;
  return {
    block,
    workload: 'shop/app-a',
    known: true,
    name: 'api.example',
    cause: null,
    class: -60,
    lookups,
    judged: lookups,
    seconds: lookups * 0.001,
    hurt_seconds: 0,
    queries: 2 * lookups,
    wasted_queries: 0,
    answered: 2 * lookups,
    unanswered: 0,
    nxdomain: 0,
    on_node: 0,
    ...more,
  };
}

const BLOCKS = Array.from({ length: 12 }, (_, i) => i);

/** Twelve stretches of 40 lookups; in each so many more wait 5 s for a cause. */
function side(hurt: number, more: Partial<Cell> = {}, rest: Partial<Side> = {}): Side {
  const cells = BLOCKS.flatMap((block) => [
    cell(block, more),
    ...(hurt > 0
      ? [
          cell(block, {
            ...more,
            lookups: hurt,
            cause: 'conntrack-race',
            class: 13,
            seconds: 5 * hurt,
            hurt_seconds: 5 * hurt,
            unanswered: hurt,
          }),
        ]
      : []),
  ]);
  const judged = cells.reduce((sum, one) => sum + one.judged, 0);
  const span = { lookups: judged, judged, timed: judged, clients: 1, first_at: null, last_at: null };
  return {
    label: 'x',
    span: { ...span, counter_intervals: 0, log_lines: 0 },
    cells,
    rises: [],
    causes: [judgedAs(hurt > 0 ? 'confirmed' : 'ruled_out')],
    overview: OVERVIEW,
    inputs: [],
    ...rest,
  };
}

function judgedAs(verdict: string, cause = 'conntrack-race'): CauseRow {
  return { cause, title: 'Lost race', verdict, summary: `it is ${verdict}`, root: null } as CauseRow;
}

const outcomes = ({ all }: Comparison) =>
  Object.fromEntries(all.map(({ measure, outcome }) => [measure.id, outcome]));
const fate = (before: Side, after: Side) => compareSides(before, after, false).causes[0];

describe('a comparison', () => {
  it('finds that losses ended, and with them the seconds lost', () => {
    const found = compareSides(side(3), side(0), false);
    expect(outcomes(found)).toMatchObject({
      'slow-or-failed': 'less',
      'seconds-lost': 'less',
      p50: 'same',
      'queries-per-lookup': 'same',
      unanswered: 'less',
      nxdomain: 'same',
    });
    expect(outcomes(compareSides(side(0), side(3), false))).toMatchObject({ 'slow-or-failed': 'more' });
  });

  it('finds nothing between a side and itself, in all, by cause, by workload or by name', () => {
    const found = compareSides(side(3), side(3), false);
    const changes = [
      found.all,
      ...found.workloads.map((one) => one.changes),
      ...found.names.map((one) => one.changes),
    ].flat();
    expect(changes.length).toBeGreaterThan(20);
    expect(changes.filter(({ outcome }) => outcome === 'less' || outcome === 'more')).toEqual([]);
    expect(found.causes).toMatchObject([{ fate: 'still there', lookups: { outcome: 'same' } }]);
  });

  it('says of small numbers that they are too few', () => {
    const few = { ...side(1), cells: side(1).cells.slice(0, 2) };
    expect(compareSides(few, side(0), false).all[0]).toMatchObject({
      outcome: 'too-few',
      because: 'too short a time',
    });
    const little = side(0, { lookups: 2, judged: 2 });
    expect(compareSides(little, side(3), false).all[0]).toMatchObject({ outcome: 'too-few' });
  });

  it('has no p99 of a few lookups, and one of enough', () => {
    const p99 = (n: number) =>
      outcomes(compareSides(side(1, { lookups: n, judged: n }), side(0, { lookups: n, judged: n }), false))[
        'p99'
      ];
    expect([p99(10), p99(40)]).toEqual(['too-few', 'less']);
  });

  it('tells quick lookups from slow ones by the median, but not a millisecond from less', () => {
    const p50 = (seconds: number, durationClass: number) =>
      outcomes(compareSides(side(0), side(0, { class: durationClass, seconds: 40 * seconds }), false))['p50'];
    expect([p50(0.004, -47), p50(0.0015, -56)]).toEqual(['more', 'same']);
  });

  it('compares no counters where a side has none', () => {
    const counted = side(
      0,
      {},
      { rises: BLOCKS.map((block) => ({ block, counter: 'insert_failed', increase: 2 })) },
    );
    const found = compareSides(counted, side(0), false).all.find(
      ({ measure }) => measure.id === 'insert_failed',
    );
    expect(found).toMatchObject({ outcome: 'not-comparable', because: 'AFTER has no conntrack counters' });
    const still = side(
      0,
      {},
      { rises: BLOCKS.map((block) => ({ block, counter: 'insert_failed', increase: 0 })) },
    );
    expect(outcomes(compareSides(counted, still, false))['insert_failed']).toBe('less');
  });

  it('does not compare what was asked for other names, though it looks better', () => {
    const other = compareSides(side(3), side(0, { name: 'other.example' }), false);
    expect(other.all[0]).toMatchObject({ outcome: 'not-comparable', because: 'other names were seen' });
  });

  it('says which evidence and which workloads one side alone has', () => {
    const after = side(0, { workload: 'shop/app-b' }, { overview: { ...OVERVIEW, logs: 0 } });
    expect(compareSides(side(3), after, false).differences).toEqual([
      'Only BEFORE has server logs: what takes them to see cannot be told of AFTER.',
      'Seen in BEFORE only: shop/app-a.',
      'Seen in AFTER only: shop/app-b.',
    ]);
  });

  it('says that both are the same evidence, or have some of it in common', () => {
    const inputs = (...names: string[]) => side(0, {}, { inputs: names });
    const said = (a: Side, b: Side) => compareSides(a, b, false).differences[0];
    expect(said(inputs('a', 'b'), inputs('a', 'b'))).toBe('Both hold the same evidence.');
    expect(said(inputs('a'), inputs('a', 'b'))).toContain('1 input is in both');
  });
});

describe('a cause that AFTER does not show', () => {
  it('is gone where AFTER is ruled out and its lookups ended beyond chance', () => {
    expect(fate(side(3), side(0))).toMatchObject({ fate: 'gone', because: null });
    expect(fate(side(0), side(3))).toMatchObject({ fate: 'new', because: null });
  });

  it('is not called gone where AFTER could not have shown it', () => {
    const blind = side(0, {}, { causes: [judgedAs('no_evidence')] });
    expect(fate(side(3), blind)).toMatchObject({
      fate: 'not seen',
      because: 'AFTER cannot tell: it is no_evidence',
    });
  });

  it('is not called gone where AFTER has other workloads, or too little', () => {
    expect(fate(side(3), side(0, { workload: 'shop/app-b' }))).toMatchObject({
      fate: 'not seen',
      because: 'ruled out in AFTER, but other workloads were seen',
    });
    const short = { ...side(0), cells: side(0).cells.slice(0, 3) };
    expect(fate(side(3), short)).toMatchObject({
      fate: 'not seen',
      because: 'ruled out in AFTER, but too short a time',
    });
  });

  it('is not called gone where it happened too seldom to tell', () => {
    const burst = side(0, {}, { causes: [judgedAs('confirmed')] });
    for (const block of [3, 4, 5])
      burst.cells.push(cell(block, { lookups: 20, cause: 'conntrack-race', class: 13 }));
    expect(fate(burst, side(0))).toMatchObject({
      fate: 'not seen',
      because: 'ruled out in AFTER, but it happened too seldom',
    });
  });

  it('that hurt nobody is gone only where as much was looked at', () => {
    const cost = side(0, {}, { causes: [judgedAs('confirmed', 'nodelocal-bypass')] });
    const without = (lookups: number) =>
      side(0, { lookups, judged: lookups }, { causes: [judgedAs('ruled_out', 'nodelocal-bypass')] });
    expect(fate(cost, without(40))).toMatchObject({ fate: 'gone' });
    expect(fate(cost, without(15))).toMatchObject({
      fate: 'not seen',
      because: 'ruled out in AFTER, but it has far less to see it in',
    });
  });

  it('has no fate between two times of one database, but the lookups that are blamed on it', () => {
    const found = compareSides(side(3), side(0), true).causes;
    expect(found).toMatchObject([{ fate: null, verdicts: null, lookups: { outcome: 'less' } }]);
  });
});

it('cuts both sides into stretches of one length, a second at least', () => {
  const span = (seconds: number) => ({
    ...side(0).span,
    first_at: '2026-01-01T00:00:00Z',
    last_at: new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString(),
  });
  expect(blockSeconds(span(120), span(600))).toBeCloseTo(10);
  expect(blockSeconds(span(3), span(600))).toBeCloseTo(1.25);
  expect(blockSeconds(span(3), span(3))).toBeCloseTo(1);
});
