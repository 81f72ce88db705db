import { describe, expect, it } from 'vitest';
import { leadLines } from '../../../src/report/diagnosis/lead.js';
import { narrowed } from '../../../src/report/diagnosis/part-of-evidence.js';
import { NO_FILTERS } from '../../../src/packs/filters.js';
import { cause, COST, diagnosis, FOUND, HIT } from './given.js';

const client = { name: 'shop/cart', addresses: ['10.0.0.1'] };
const LED = cause({ cause: 'lost-queries', verdict: 'confirmed', root: 'upstream-silent', lookups: 3 });
const ROOT = cause({ cause: 'upstream-silent', verdict: 'likely', lookups: 0 });

function causesOf(given: Parameters<typeof narrowed>[0], filters: Parameters<typeof narrowed>[1]): string[] {
  return narrowed(given, filters).causes.map((row) => row.cause);
}

describe('a diagnosis of some clients and times', () => {
  it('is the whole one where nothing was asked for', () => {
    const whole = diagnosis([FOUND]);
    expect(narrowed(whole, NO_FILTERS)).toBe(whole);
  });

  it('says what it is of, and that verdicts are of the whole evidence', () => {
    const of = (filters: Partial<typeof NO_FILTERS>) =>
      leadLines(narrowed(diagnosis([]), { ...NO_FILTERS, ...filters }))[1];
    const [since, until] = ['2026-01-02 03:04:05', '2026-01-02 03:06:00.5'];
    const rest =
      'lookups, seconds and workloads are of these; verdicts, proofs and their times are of the whole evidence.';
    expect(of({ client })).toBe(`Only shop/cart: ${rest}`);
    expect(of({ client, since, until })).toBe(`Only shop/cart, 2026-01-02 03:04:05 to 03:06:00 UTC: ${rest}`);
    expect(of({ since })).toBe(`Only from 2026-01-02 03:04:05 UTC on: ${rest}`);
    expect(of({ until })).toBe(`Only before 2026-01-02 03:06:00 UTC: ${rest}`);
  });

  it('sets a cause apart that hurt none of them, with what it led to', () => {
    const untouched = { ...FOUND, lookups: 0 };
    const part = narrowed(diagnosis([untouched, COST]), { ...NO_FILTERS, client });
    expect(part.causes).toEqual([]);
    expect(leadLines(part).at(-1)).toBe(
      'Found in the whole evidence, but not seen to hurt any of these: conntrack-race and search-amplification.',
    );
    expect(causesOf(diagnosis([ROOT, LED]), { ...NO_FILTERS, client })).toEqual([
      'upstream-silent',
      'lost-queries',
    ]);
    expect(causesOf(diagnosis([ROOT, { ...LED, lookups: 0 }]), { ...NO_FILTERS, client })).toEqual([]);
  });

  it('keeps a cause that is known to have hit a workload of theirs, in the time asked for', () => {
    const hit = diagnosis([{ ...FOUND, lookups: 0 }], {}, [HIT]);
    const at = (since: string, until: string) => causesOf(hit, { ...NO_FILTERS, since, until });
    expect(at('2026-01-02 03:00:00', '2026-01-02 03:05:30')).toEqual(['conntrack-race']);
    expect(at('2026-01-02 03:00:00', '2026-01-02 03:05:00')).toEqual([]);
    expect(at('2026-01-02 03:06:01', '2026-01-02 03:09:00')).toEqual([]);
  });

  it('keeps what was ruled out', () => {
    expect(causesOf(diagnosis([cause()]), { ...NO_FILTERS, client })).toHaveLength(1);
  });
});
