import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenModels } from '../../support/given-models.js';
import { Scene } from '../../support/scene.js';

const CAUSE = 'search-wildcard';
const SUFFIXES = ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local', 'corp.example'];

/** Walks of names that the suffix corp.example answers, or denies as `own` says. */
function walks(names: readonly string[], own: (name: string) => boolean): Scene {
  const scene = new Scene().healthy(0, 5);
  [...names, ...names].forEach((name, i) => {
    const answered = own(name);
    SUFFIXES.forEach((suffix, step) => {
      const fate = { rcode: step === 3 && answered ? 'NOERROR' : 'NXDOMAIN' };
      scene.pair(6 + i + step * 0.005, `${name}.${suffix}`, { a: fate, aaaa: fate });
    });
    if (!answered) scene.pair(6 + i + 0.03, name);
  });
  return scene;
}

const FOREIGN = ['www.google.com', 'api.github.org', 'cdn.shop.net'];

describe('search-wildcard', () => {
  it('is confirmed where a suffix answers names of others and of the cluster, and names the suffix', async () => {
    const cause = await walks([...FOREIGN, 'db.shop.svc.cluster.local'], () => true).cause(CAUSE, 'node');
    expect(cause).toMatchObject({ verdict: 'confirmed', lookups: 0 });
    expect(cause['summary']).toMatch(/^the search suffix corp\.example answers .* all 4 names .*api\.github\.org/);
    expect(cause['clients']).toEqual([expect.stringContaining('10.0.0.1')]);
  });

  it('is likely where it is not seen with what the names were answered', async () => {
    expect(await walks(FOREIGN, () => true).verdict(CAUSE, 'node')).toBe('likely');
  });

  it('is not what a suffix is that has some names of its own', async () => {
    const names = [...FOREIGN, 'api.build', 'wiki.intern', 'ci.build'];
    const scene = walks(names, (name) => /build|intern/.test(name));
    expect(await scene.verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('has no evidence where no walk came past such a suffix', async () => {
    expect(await new Scene().healthy(0, 20).verdict(CAUSE, 'node')).toBe('no_evidence');
  });
});

describe('the wildcard record in a listing of Route 53', () => {
  let given: GivenModels;
  beforeAll(async () => {
    given = await GivenModels.open();
  });
  afterAll(() => given.close());

  const WILDCARD = { origin: 'route53', source_id: 4, sample: 0, zone: 'intra.example', name: '*.intra.example', type: 'A', ttl: 120, value: '10.7.0.9', alias: false };
  /** What the numbers have of a suffix that answers all with 10.7.0.9, beside these records. */
  const found = async (records: Record<string, string | number | boolean>[], suffix = 'intra.example') => {
    const { wild, wild_zone, wild_records } = await given.numbers(CAUSE, {
      'work.wildcard_suffixes': [{ suffix, answered: 5, denied: 0, lookups: 9, ends: 3, of_cluster: 1, one_address: true, examples: 'a.example' }],
      'work.wildcard_steps': [{ step_id: 1, suffix, base: 'a.example', answered: true, addresses: '10.7.0.9', lookup_id: 1 }],
      'raw.dns_records': records,
    });
    expect(wild).toBe(1);
    return { zone: wild_zone, sets: (wild_records as string[]).map((text) => JSON.parse(text) as unknown) };
  };

  it('is told whole where its values were answered at the suffix', async () => {
    const more = { ...WILDCARD, value: '10.7.1.9' };
    const whole = { name: '*.intra.example', type: 'A', ttl: 120, record_values: ['10.7.0.9', '10.7.1.9'] };
    expect(await found([WILDCARD, more])).toEqual({ zone: 'intra.example', sets: [whole] });
    expect(await found([WILDCARD, more], 'eu.intra.example')).toEqual({ zone: 'intra.example', sets: [whole] });
  });

  it('is that of the newest listing', async () => {
    const sets = [{ name: '*.intra.example', type: 'A', ttl: 30, record_values: ['10.7.0.9'] }];
    expect((await found([WILDCARD, { ...WILDCARD, source_id: 6, ttl: 30 }])).sets).toEqual(sets);
    expect((await found([WILDCARD, { ...WILDCARD, source_id: 6, name: 'www.intra.example' }])).sets).toEqual([]);
  });

  it('is not told where the listing has another value, an alias or a routing policy', async () => {
    for (const other of [{ value: '10.7.0.8' }, { alias: true }, { routing: 'weight=1', set_id: 'a' }, { zone: 'other.example', name: '*.other.example' }, { origin: 'external-dns' }])
      expect((await found([{ ...WILDCARD, ...other }])).sets).toEqual([]);
    expect((await found([])).sets).toEqual([]);
  });
});
