import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../../support/either-side.js';
import { GivenModels } from '../../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

describe('flood', () => {
  it('takes names for hardly asked twice up to three lookups of two names', async () => {
    const domain = async (lookups: number) =>
      (await given.numbers('flood', {
        'work.lookup_domains': rows(lookups, (i) => ({ lookup_id: i, client_id: 1, name: `n${i % 10}.list.example`, domain: 'list.example', hurt: false })),
      }))['domain'];
    expect([await domain(15), await domain(16)]).toEqual(['list.example', null]);
  });
});

describe('resolver-gives-up', () => {
  const again = async (duration: number, after: number) =>
    (await given.numbers('resolver-gives-up', {
      'raw.log_queries': [0, after].map((seconds, i) => ({
        key: 7, qname_id: 1, client_id: 1, rcode: i === 0 ? 5 : 0, duration_seconds: duration, time: new Date(seconds * 1000).toISOString().replace('Z', ''),
      })),
      'work.name_ids': [{ raw_id: 1, name: 'www.example.org' }],
    }))['asked_again'];

  it('takes an error for one at once below a second', async () => {
    expect([await again(0.99, 2.5), await again(1, 2.5)]).toEqual([1, 0]);
  });

  it('takes the next query of the same id and port for its retry from 0.9 to 6 s after', async () => {
    expect([await again(0, 0.89), await again(0, 0.9), await again(0, 6), await again(0, 6.1)]).toEqual([0, 1, 1, 0]);
  });
});

describe('search-domain-unreachable', () => {
  const wavering = async (suffix: { failed: number; failed_share: number }, other = 0) =>
    (await given.numbers('search-domain-unreachable', {
      'work.suffix_health': [{ suffix: 'corp.example', steps: 30, ...suffix }, { suffix: 'ec2.internal', steps: 30, failed: 0, failed_share: other }],
    }))['wavering'];

  it('doubts a suffix from three failed steps on', async () => {
    expect([await wavering({ failed: 2, failed_share: 0.5 }), await wavering({ failed: 3, failed_share: 0.5 })]).toEqual([0, 1]);
  });

  it('doubts a suffix of which a tenth failed', async () => {
    expect([await wavering({ failed: 3, failed_share: 0.09 }), await wavering({ failed: 3, failed_share: 0.1 })]).toEqual([0, 1]);
  });

  it('doubts a suffix that fails five times as often as others', async () => {
    expect([await wavering({ failed: 9, failed_share: 0.5 }, 0.11), await wavering({ failed: 9, failed_share: 0.5 }, 0.1)]).toEqual([0, 1]);
  });

  const logged = async (lines: number, failed: number) =>
    (await given.numbers('search-domain-unreachable', {
      'raw.log_queries': [...rows(lines, (i) => ({ qname_id: 1, rcode: i < failed ? 2 : 0 })), { qname_id: 2, rcode: 0 }],
      'work.foreign_names': [{ raw_id: 1, suffix: 'corp.example' }],
    }))['failing_suffixes'];

  it('takes two failed lines of a log, and four of five', async () => {
    expect([await logged(1, 1), await logged(2, 2)]).toEqual([0, 1]);
    expect([await logged(9, 7), await logged(10, 8)]).toEqual([0, 1]);
  });
});

describe('search-wildcard', () => {
  const judged = (row: { answered: number; denied: number }) =>
    given.numbers('search-wildcard', { 'work.wildcard_suffixes': [{ suffix: 'corp.example', of_cluster: 1, lookups: 1, ...row }] });

  it('is sure from three names on and in doubt from two', async () => {
    expect(await judged({ answered: 3, denied: 0 })).toMatchObject({ wild: 1, few_answer: 1 });
    expect(await judged({ answered: 2, denied: 0 })).toMatchObject({ wild: 0, few_answer: 1 });
    expect(await judged({ answered: 1, denied: 0 })).toMatchObject({ wild: 0, few_answer: 0 });
  });

  it('takes three denied names to say that a suffix has no wildcard', async () => {
    expect([(await judged({ answered: 0, denied: 2 }))['denying'], (await judged({ answered: 0, denied: 3 }))['denying']]).toEqual([0, 1]);
  });
});
