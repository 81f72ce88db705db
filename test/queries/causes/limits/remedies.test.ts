import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ns } from '../../../support/either-side.js';
import { GivenModels } from '../../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

const NAMES = ['ledger.vendor.example', 'ledger.vendor.example.shop.svc.k8s.test', 'ledger.vendor.example.svc.k8s.test'];
const [BARE, FIRST, SECOND] = [1, 2, 3];

interface Walk {
  /** Names in the order in which they were asked; the last one is what the lookup ended with. */
  tried: number[];
  outcome?: string;
  /** When each name's question was asked; seconds. */
  asked?: number[];
  waitedFor?: string;
}

/** What work.remedies has of lookups of one client of a resolver, which walked so. */
async function helps(walks: readonly Walk[], resolver = 'musl'): Promise<Record<string, unknown>> {
  const steps = walks.flatMap(({ tried, asked = tried.map((_, i) => 100 * i) }, lookup) =>
    tried.map((name, i) => ({ lookup, name, step: 100 * lookup + i, asked: asked[i]! })),
  );
  const rows = await given.rows('work.remedies', {
    'work.name_ids': NAMES.map((name, i) => ({ raw_id: i + 1, name })),
    'work.address_ids': [{ raw_id: 7, address: '10.1.2.3' }, { raw_id: 8, address: '10.9.0.10' }],
    'work.client_facts': [{ client_id: 7, client: '10.1.2.3', resolver }],
    'work.wire_lookups': walks.map(({ tried, outcome = 'answered' }, i) => ({
      lookup_id: i, client_id: 7, name: NAMES[tried.length > 1 ? 0 : tried[0]! - 1]!, steps: tried.length, outcome, address_lookup: true,
    })),
    'work.lookup_steps': steps.map(({ lookup, step }) => ({ lookup_id: lookup, step_id: step })),
    'work.wire_steps': steps.map(({ name, step }) => ({ step_id: step, client_id: 7, qname_id: name })),
    'work.wire_questions': steps.map(({ name, step, asked }) => ({
      question_id: step, client_id: 7, server_id: 8, qname_id: name, qtype: 1, asked_ns: ns(asked), ended_ns: ns(asked + 0.5), outcome: 'negative',
    })),
    'work.question_lookups': steps.map(({ lookup, step }) => ({ question_id: step, lookup_id: lookup, step_id: step })),
    'work.delays': walks.flatMap(({ waitedFor }, i) => (waitedFor === undefined ? [] : [{ lookup_id: i, transaction_id: i, cause: waitedFor }])),
  });
  return Object.fromEntries(rows.map(({ remedy, helps: value }) => [String(remedy), value]));
}

describe('what remedies would have brought', () => {
  it('is not known where no lookup can be played', async () => {
    expect(await helps([])).toEqual({ autopath: null, 'trailing-dot': null, 'single-request': null, nodelocal: null });
  });

  it('is a walk ended by autopath where it began in the search list and was answered', async () => {
    expect(await helps([{ tried: [FIRST, SECOND, BARE] }])).toMatchObject({ autopath: true });
    expect(await helps([{ tried: [FIRST, SECOND, BARE], outcome: 'failed' }])).toMatchObject({ autopath: false });
    expect(await helps([{ tried: [BARE, FIRST, SECOND] }])).toMatchObject({ autopath: false });
  });

  it('is a walk spared by a dot at the end, but of no name that only a suffix completes', async () => {
    expect(await helps([{ tried: [FIRST, SECOND, BARE] }])).toMatchObject({ 'trailing-dot': true });
    expect(await helps([{ tried: [FIRST, SECOND] }])).toMatchObject({ 'trailing-dot': false });
    expect(await helps([{ tried: [FIRST, BARE], outcome: 'failed' }, { tried: [FIRST, SECOND] }])).toMatchObject({ 'trailing-dot': false });
    expect(await helps([{ tried: [BARE] }])).toMatchObject({ 'trailing-dot': false });
  });

  it('is a lost half spared by the option of glibc to glibc alone', async () => {
    const raced = [{ tried: [BARE], waitedFor: 'conntrack-race' }];
    expect(await helps(raced, 'glibc')).toMatchObject({ 'single-request': true, nodelocal: true });
    expect(await helps(raced, 'musl')).toMatchObject({ 'single-request': false, nodelocal: true });
    expect(await helps([{ tried: [BARE], waitedFor: 'lost-queries' }], 'glibc')).toMatchObject({ 'single-request': false, nodelocal: false });
  });

  it("is a query answered by a node's cache for the five seconds after an answer that it keeps whatever it is", async () => {
    const again = async (seconds: number) => (await helps([{ tried: [BARE], asked: [0] }, { tried: [BARE], asked: [seconds] }]))['nodelocal'];
    // the answer came at 0.5 s
    expect([await again(0.4), await again(0.6), await again(5.4), await again(5.6)]).toEqual([false, true, true, false]);
  });
});
