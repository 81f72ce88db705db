import { tableOf } from '../../src/causes/cause.js';
import { loadCauseModels, loadCauses } from '../../src/causes/load.js';
import { loadModels } from '../../src/models/load.js';
import { type Part, qualified } from '../../src/models/model.js';
import { withThresholds } from '../../src/models/thresholds.js';
import type { Database } from '../../src/store/database.js';
import { tablesOf } from './reads.js';

/** What each table that a build makes is made of, and what each cause's numbers read. */
interface Sources {
  tables: ReadonlyMap<string, readonly string[]>;
  causes: ReadonlyMap<string, JudgedOf>;
}

interface JudgedOf {
  /** Tables that its numbers read. */
  numbers: readonly string[];
  /** Tables that its advice depends on. */
  advice: readonly string[];
  roots: readonly string[];
}

let known: Promise<Sources> | undefined;

/**
 * What has to be built for a statement to be asked: the tables that it reads and all that they are made of. Where only
 * some causes' verdicts are asked of, no others are judged than these and those that they may be a consequence of; the
 * signs of all are read, as an attempt is blamed on one of several.
 */
export async function partFor(database: Database, sql: string, causes?: readonly string[]): Promise<Part> {
  known ??= sourcesOf(database);
  const sources = await known;
  const part = { models: new Set<string>(), causes: new Set<string>() };
  const judge = (id: string): void => {
    if (part.causes.has(id)) return;
    const cause = sources.causes.get(id);
    if (!cause) throw new Error(`there is no cause ${id}`);
    part.causes.add(id);
    [...cause.numbers, ...cause.advice, 'work.cause_loads'].forEach(add);
    cause.roots.forEach(judge);
  };
  const add = (table: string): void => {
    if (part.models.has(table) || /^(raw|information_schema)\./.test(table)) return;
    const read = sources.tables.get(table);
    if (!read) throw new Error(`there is no model ${table}`);
    part.models.add(table);
    read.forEach(add);
    if (/^work\.(verdicts|cause_rules)$/.test(table)) (causes ?? [...sources.causes.keys()]).forEach(judge);
    if (table.startsWith('causes.')) judge(table.slice('causes.'.length).replaceAll('_', '-'));
  };
  (await tablesOf(database, sql)).forEach(add);
  return part;
}

async function sourcesOf(database: Database): Promise<Sources> {
  const { work, main } = loadCauseModels();
  const causes = loadCauses();
  const tables = new Map<string, readonly string[]>(
    [...loadModels(), ...work, ...main].map((model) => [qualified(model), model.from]),
  );
  const signs: string[] = [];
  const judged = new Map<string, JudgedOf>();
  for (const cause of causes) {
    const read = (sql: string) => tablesOf(database, withThresholds(sql, cause.params, cause.path));
    signs.push(...(await read(cause.signs)));
    judged.set(cause.id, {
      numbers: await read(cause.numbers),
      advice: cause.change.some((item) => typeof item !== 'string' && item.remedy !== null)
        ? ['work.remedies']
        : [],
      roots: cause.roots.map(({ cause: root }) => root),
    });
    tables.set(tableOf(cause), []);
  }
  tables.set('work.signs', signs);
  for (const table of ['work.known_causes', 'work.verdicts', 'work.cause_rules']) tables.set(table, []);
  return { tables, causes: judged };
}
