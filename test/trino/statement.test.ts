import { afterEach, describe, expect, it } from 'vitest';
import { Statement, STATEMENT_LIMITS, type StatementLimits } from '../../src/trino/statement.js';
import { type Answer, fakeTrino } from './fake-trino.js';

let fake: Awaited<ReturnType<typeof fakeTrino>>;
afterEach(() => fake.close());

const columns = [{ name: 'n', type: 'bigint' }];
const endless: Answer = { nextUri: true };
const row: Answer = { nextUri: true, columns, data: [[1]] };

/** Counts the rows of a server's answers, the last of which it gives for ever. */
async function count(limits: Partial<StatementLimits>, ...answers: Answer[]): Promise<number> {
  fake = await fakeTrino(...answers);
  const statement = await Statement.begin(fake.connection, 'select 1', () => undefined, {
    ...STATEMENT_LIMITS,
    pause: 0,
    ...limits,
  });
  let rows = 0;
  for await (const page of statement.rows()) rows += page.length;
  return rows;
}

describe('a server that goes on for ever is given up and told so', () => {
  it.each<[string, Partial<StatementLimits>, Answer[], string]>([
    ['without a column', { emptyAnswers: 30 }, [endless], 'gave 31 answers without a row'],
    ['without a row after some', { emptyAnswers: 30 }, [row, endless], 'gave 31 answers without a row'],
    ['without a row for too long', { emptyTime: -1 }, [row, endless], 'gave no row for hours'],
    ['with rows', { rows: 40 }, [row], 'gave more than 40 rows'],
    ['with text', { size: 5000 }, [row], 'gave more than 5,000 characters'],
  ])('%s', async (_, limits, answers, sentence) => {
    await expect(count(limits, ...answers)).rejects.toThrow(sentence);
    expect(fake.seen.at(-1)).toMatchObject({ method: 'DELETE' });
  });
});

it('answers without a row are counted anew after each row', async () => {
  const waits = [endless, endless, endless];
  expect(await count({ emptyAnswers: 3 }, ...waits, row, ...waits, row, ...waits, { data: [] })).toBe(2);
});
