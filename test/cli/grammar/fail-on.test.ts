import { describe, expect, it } from 'vitest';
import { FindingWatch } from '../../../src/cli/grammar/fail-on.js';
import { resultOf } from '../../support/results.js';

async function finds(kind: string, lookups: number, narrowed: boolean): Promise<boolean> {
  const watch = new FindingWatch('likely', narrowed);
  const causes = resultOf({ verdict: 'text', kind: 'text', lookups: 'number' }, [
    ['confirmed', kind, lookups],
  ]);
  for await (const rows of watch.watch(causes).rows) expect(rows).toHaveLength(1);
  return watch.found;
}

describe('--fail-on', () => {
  it('counts a fault, whomever it hurt', async () => {
    expect(await finds('fault', 0, false)).toBe(true);
  });

  it('counts a cost only where it hurt lookups', async () => {
    expect(await finds('cost', 0, false)).toBe(false);
    expect(await finds('cost', 1, false)).toBe(true);
  });

  it('counts a fault of a narrowed report only where it hurt one of the lookups asked for', async () => {
    expect(await finds('fault', 0, true)).toBe(false);
    expect(await finds('fault', 1, true)).toBe(true);
  });
});
