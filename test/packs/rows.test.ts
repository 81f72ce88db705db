import { expect, it } from 'vitest';
import { readObjects, type Row } from '../../src/packs/rows.js';
import { readStatements } from '../../src/packs/typed-statements.js';
import { Database } from '../../src/store/database.js';

async function objectOf(select: string): Promise<Row | undefined> {
  const database = await Database.open(':memory:');
  try {
    const { results } = await readStatements(database, select);
    for await (const result of results) return (await readObjects(result))[0];
    return undefined;
  } finally {
    database.close();
  }
}

it('rows read as objects have numbers for numbers, the nearest where JSON could not hold them, but ids as they are', async () => {
  const columns = [
    '18446744073709551615::ubigint as most',
    "'inf'::double as endless",
    "'18446744073709551615' as name",
    '9007199254740993::bigint as lookup_id',
    '7::bigint as question_id',
    'null::bigint as none',
  ];
  expect(await objectOf(`select ${columns.join(', ')}`)).toEqual({
    most: 2 ** 64,
    endless: Infinity,
    name: '18446744073709551615',
    lookup_id: '9007199254740993',
    question_id: 7,
    none: null,
  });
});
