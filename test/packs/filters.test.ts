import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DuckDbEngine } from '../../src/packs/engine.js';
import { readFilters } from '../../src/packs/filters.js';
import { Database } from '../../src/store/database.js';

let database: Database;
beforeAll(async () => {
  database = await Database.open(':memory:');
  await database.run(`create or replace table clients as from (values
    ('10.0.0.1', 'shop', 'web'), ('10.0.0.2', 'blog', 'web'), ('10.0.0.3', 'shop', 'db')) as c(client, namespace, pod)`);
});
afterAll(() => database.close());

const client = async (given: string) =>
  (await readFilters(new DuckDbEngine(database), { client: given })).client;

describe('--client', () => {
  it('takes an address, a pod whose name one namespace has, or a pod with its namespace', async () => {
    expect(await client('10.9.9.9')).toBe('10.9.9.9');
    expect(await client('db')).toBe('10.0.0.3');
    expect(await client('blog/web')).toBe('10.0.0.2');
  });

  it("takes no pod's name that several namespaces have, and says which", async () => {
    await expect(client('web')).rejects.toThrow(
      '--client web is a pod of several namespaces: shop/web, blog/web',
    );
  });
});
