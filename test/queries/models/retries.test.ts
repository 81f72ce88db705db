import { expect, it } from 'vitest';
import { Wire } from '../../support/wire.js';

/** What the attempts after the first came after, of one question asked at these lines. */
async function retries(...lines: string[]) {
  const wire = (await Wire.open())
    .messages(
      '0.000 10.0.0.9:999 > 10.96.0.10:53 9 A? other.example',
      '0.001 10.96.0.10:53 > 10.0.0.9:999 9 A other.example',
      ...lines,
    )
    .until(60);
  return wire.rows(
    'select attempt, round(gap_seconds, 1) as gap_seconds, after from retries order by question_id, attempt',
  );
}

const asked = (seconds: number, port = 4000) =>
  `${seconds} 10.0.0.1:${port} > 10.96.0.10:53 7 A? a.example`;
const answered = (seconds: number, rcode = 'NOERROR', port = 4000) =>
  `${seconds} 10.96.0.10:53 > 10.0.0.1:${port} 7 A a.example ${rcode}`;

it('a question that was asked once has none', async () => {
  expect(await retries(asked(1), answered(1.001))).toEqual([]);
});

it('each attempt after the first is one, so long after the attempt before', async () => {
  expect(await retries(asked(1), asked(6), asked(11.5), answered(11.6))).toEqual([
    { attempt: 2, gap_seconds: 5, after: 'no answer' },
    { attempt: 3, gap_seconds: 5.5, after: 'no answer' },
  ]);
});

it.each([
  ['answered already', [asked(1), answered(1.001), asked(6), answered(6.001)]],
  ['late answer', [asked(1), asked(3.5, 4001), answered(4), answered(4.001, 'NOERROR', 4001)]],
  ['REFUSED, at once', [asked(1), answered(1.001, 'REFUSED'), asked(1.002, 4001), answered(1.003, 'NOERROR', 4001)]],
  ['SERVFAIL, passed over', [asked(1), answered(1.001, 'SERVFAIL'), asked(3.5), answered(3.501)]],
])('the attempt before got: %s', async (after, lines) => {
  expect(await retries(...lines)).toMatchObject([{ attempt: 2, after }]);
});

it('what the attempt before got is unknown where this evidence cannot see answers', async () => {
  const wire = (await Wire.open()).messages(asked(1), asked(6)).until(60);
  expect(await wire.rows('select after from retries')).toEqual([{ after: 'unknown' }]);
});
