import { describe, expect, test } from 'vitest';
import { shapeOf } from '../../src/logs/unknown-lines.js';
import { readLog } from './support/read-log.js';

describe('a line of another program', () => {
  test('is counted with one example for each shape', async () => {
    const { rows, problems } = await readLog(
      'GET /a?id=1 200 in 15 ms\nGET /a?id=2 404 in 7 ms\nserver stopped\nCoreDNS-1.14.6\n',
    );
    expect(rows.log_events).toHaveLength(1);
    expect(problems).toMatchObject([
      { code: 'unknown-line', count: 2, position: 'line 1', example: 'GET /a?id=1 200 in 15 ms' },
      { code: 'unknown-line', count: 1, position: 'line 3' },
    ]);
  });

  test('makes no more than some tens of problems, however many shapes there are', async () => {
    const lines = Array.from({ length: 500 }, (_, i) => `${'ab'.repeat(i)} is odd`);
    const { problems } = await readLog(lines.join('\n'));
    expect(problems.length).toBeLessThan(70);
    expect(problems.reduce((sum, { count }) => sum + count, 0)).toBe(500);
  });

  test("in CoreDNS's form is kept as an event too", async () => {
    const { rows, problems } = await readLog('[INFO] something new');
    expect(rows.log_events).toMatchObject([
      { event: 'other', level: 'info', message: '[INFO] something new' },
    ]);
    expect(problems).toMatchObject([{ code: 'unknown-line' }]);
  });
});

test.each([
  '+ coredns-abc › coredns',
  '==> coredns.log <==',
  'Found 2 pods, using pod/coredns-abc',
  'Defaulted container "coredns" out of: coredns, sidecar',
  '-- Logs begin at Mon 2026-01-05 00:00:00 UTC. --',
  '',
])('what a collector says itself is passed over: %s', async (line) => {
  expect(await readLog(line)).toMatchObject({ rows: {}, problems: [] });
});

test('a shape masks digits, hexadecimal numbers and quoted parts', () => {
  expect(shapeOf('GET "/x" 200 deadbeef01')).toBe(shapeOf('GET "/y?z" 404 0123456789abcdef'));
});
