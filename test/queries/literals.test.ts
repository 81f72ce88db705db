import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const QUERIES = join(import.meta.dirname, '..', '..', 'queries');

describe('models and causes', () => {
  it('hold no nanoseconds without a name: a limit stands in limits.yaml, and work.ns makes it nanoseconds', () => {
    const files = ['models', 'causes'].flatMap((folder) =>
      readdirSync(join(QUERIES, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    );
    const found = files
      .filter((file) => file.endsWith('.sql'))
      .map((file) => {
        const sql = readFileSync(join(QUERIES, file), 'utf8').replace(/--[^\n]*/g, '');
        return [file, (sql.match(/(?<![\w.])\d{7,}\b/g) ?? []).length] as const;
      });
    expect(found.filter(([, literals]) => literals > 0)).toEqual([]);
  });
});
