import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalog } from '../../src/packs/load.js';
import { NO_FILTERS } from '../../src/packs/filters.js';
import { writePage } from '../../src/report/page/index.js';
import type { Database } from '../../src/store/database.js';

/** A query's file with these columns, which needs no evidence. */
export function querySource(columns: readonly string[], sql: string): string {
  const declared = columns.map((name) => `${name}: what ${name} is`).join(', ');
  const yaml = ['title: Mine', 'description: One row per thing.', 'kind: table', `columns: {${declared}}`];
  return `-- ---\n${yaml.map((line) => `-- ${line}\n`).join('')}-- ---\n${sql}\n`;
}

/** The page of a database, with some queries of a user's own by their names; their files are gone after it. */
export async function pageOf(
  database: Database,
  own: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'dnslens-page-'));
  try {
    for (const [name, source] of Object.entries(own)) writeFileSync(join(folder, `${name}.sql`), source);
    return await written(database, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function written(database: Database, folder: string): Promise<string> {
  const catalog = loadCatalog([folder]);
  let page = '';
  await writePage(
    {
      database,
      catalog,
      named: catalog.queries.filter(({ path }) => path.startsWith(folder)),
      options: { params: {}, filters: NO_FILTERS },
      layout: {
        width: Infinity,
        unicode: true,
        color: false,
        reportCommand: (query) => `dnslens report ${query}`,
        explainCommand: (lookup) => `dnslens explain ${lookup}`,
      },
      elsewhere: ({ id }) => `all of them are in ${id}.csv`,
      footer: 'Made by a test.',
    },
    { write: async (text) => void (page += text) },
  );
  return page;
}
