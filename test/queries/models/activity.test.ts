import { expect, it } from 'vitest';
import { Wire } from '../../support/wire.js';

const PACKET = '10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example';

it('each second of a source that has anything is a row, with its first and last moment', async () => {
  const wire = (await Wire.open())
    .messages(`1.1 ${PACKET}`, `1.9 ${PACKET}`, `3 ${PACKET}`, `3.5 ${PACKET} source=2`)
    .log(3, '- 10.0.0.1:4000 7 A a.example NOERROR 0.1')
    .until(60);
  const rows = await wire.rows(
    'select source_id, epoch_ms(first_time) % 60000 as first, epoch_ms(last_time) % 60000 as last, number from activity order by all',
  );
  expect(rows).toEqual([
    { source_id: 1, first: 1100, last: 1900, number: 2 },
    { source_id: 1, first: 3000, last: 3000, number: 1 },
    { source_id: 2, first: 3500, last: 3500, number: 1 },
    { source_id: 3, first: null, last: null, number: 1 },
  ]);
});
