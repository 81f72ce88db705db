import { describe, expect, it } from 'vitest';
import { Selectable } from '../../../../src/report/page/incident/selectable.js';

const selectable = new Selectable([
  { client: '10.0.0.1', workload: 'shop/cart' },
  { client: '10.0.0.2', workload: 'shop/till' },
  { client: '10.0.0.3', workload: 'shop/cart' },
]);
const column = (name: string, type: 'text' | 'time' = 'text') => ({ name, type, about: null });

describe('what can be selected', () => {
  it('is each workload once, and a row is of the workload of its client', () => {
    expect(selectable.workloads).toEqual(['shop/cart', 'shop/till']);
    const { marks, owned, timed } = selectable.marker([column('client'), column('n')]);
    expect([owned, timed]).toEqual([true, false]);
    expect(['10.0.0.3', '10.0.0.2', '10.9.9.9', null].map((client) => marks([client, 'x']).who)).toEqual([
      0,
      1,
      null,
      null,
    ]);
  });

  it('is a workload by its own name where a table has no client', () => {
    const { marks } = selectable.marker([column('workload')]);
    expect(marks(['shop/till']).who).toBe(1);
  });

  it('is the time from the first to the last that a row names', () => {
    const { marks, owned } = selectable.marker([column('last_at', 'time'), column('first_at', 'time')]);
    expect(owned).toBe(false);
    expect(marks(['2026-01-02T00:00:09Z', '2026-01-02T00:00:01Z']).span).toEqual([
      Date.UTC(2026, 0, 2, 0, 0, 1),
      Date.UTC(2026, 0, 2, 0, 0, 9),
    ]);
    expect(marks([null, null]).span).toBeNull();
  });
});
