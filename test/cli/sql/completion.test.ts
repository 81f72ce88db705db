import { afterAll, beforeAll, expect, test } from 'vitest';
import { Completion } from '../../../src/cli/sql/completion.js';
import { Database } from '../../../src/store/database.js';

let database: Database;
let completion: Completion;

beforeAll(async () => {
  database = await Database.open(':memory:');
  await database.run(
    'create table main.lookups (lookup_id INTEGER, started_at TIMESTAMP); create schema work; create table work.lookup_steps (lookup_step INTEGER)',
  );
  completion = await Completion.of(database, ['.tables', '.quit']);
});

afterAll(() => database.close());

test('a table of main is completed, one of another schema is not', async () => {
  const [candidates, word] = await completion.of('', 'select * from look');
  expect(word).toBe('look');
  expect(candidates.map((text) => text.trim())).toEqual(['lookups']);
});

test('a column is completed on a line that goes on from others', async () => {
  const [candidates, word] = await completion.of('select *\nfrom lookups', 'where started');
  expect(word).toBe('started');
  expect(candidates).toEqual(['started_at']);
});

test('a keyword comes in the case that is typed', async () => {
  expect((await completion.of('', 'sel'))[0].map((text) => text.trim())).toContain('select');
  expect((await completion.of('', 'SEL'))[0].map((text) => text.trim())).toContain('SELECT');
});

test('a line with a dot at its start is a command', async () => {
  expect(await completion.of('', '.t')).toEqual([['.tables'], '.t']);
});
