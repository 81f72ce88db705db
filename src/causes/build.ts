import { commitLarge, createModel } from '../models/create.js';
import { type Model, type Part, qualified } from '../models/model.js';
import { withThresholds } from '../models/thresholds.js';
import type { EmptyTables } from '../models/shapes.js';
import type { Database } from '../store/database.js';
import { textLiteral } from '../base/sql-text.js';
import { type Advice, type Cause, tableOf } from './cause.js';
import { withCollect } from './collect-line.js';
import { judge, judgedRules, type Judgement, rootsOf } from './judge.js';
import { loadCauseModels, loadCauses } from './load.js';
import type { Figures } from './sentence.js';

/**
 * Builds what is thought of the facts, inside the open transaction: the signs of all causes (`work.signs`), what each
 * lookup is blamed on by them (`work.lookup_causes`), each cause's numbers (`causes.NAME`), its verdict by its rules
 * (`work.verdicts`, `work.cause_rules`), and the tables of `main` that say so.
 */
export async function buildCauses(
  database: Database,
  empty: EmptyTables,
  { only, onStep }: CauseBuildOptions = {},
): Promise<void> {
  const wanted = (table: string) => only?.models.has(table) ?? true;
  const timed = async <T>(name: string, step: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await step();
    onStep?.(name, (performance.now() - started) / 1000);
    return result;
  };
  const causes = loadCauses();
  const { work, main } = loadCauseModels();
  const create = async (models: readonly Model[]) => {
    for (const model of models)
      if (wanted(qualified(model))) await timed(model.name, () => createModel(database, model, empty));
  };
  await writeKnown(database, causes);
  if (wanted('work.signs')) await timed('signs', () => writeSigns(database, causes, empty));
  await create(work);
  const judgements: Judgement[] = [];
  for (const cause of causes)
    if (only?.causes.has(cause.id) ?? true)
      judgements.push(await timed(cause.id, () => judgeCause(database, cause)));
  if (judgements.length > 0) await writeVerdicts(database, judgements);
  await create(main);
}

export interface CauseBuildOptions {
  /** All that is made; everything by default. */
  only?: Part | undefined;
  /** Called with the name of each thing that was made and its seconds. */
  onStep?: ((name: string, seconds: number) => void) | undefined;
}

/** `work.known_causes`: what is said of a cause whatever the evidence. */
async function writeKnown(database: Database, causes: readonly Cause[]): Promise<void> {
  await database.run(
    `create table work.known_causes (cause VARCHAR, title VARCHAR, kind VARCHAR, precedence INTEGER, "collect" VARCHAR[], look VARCHAR[], panels VARCHAR[])`,
  );
  const rows = causes.map(
    ({ id, title, kind, precedence, collect, look, panels }) =>
      `(${textLiteral(id)}, ${textLiteral(title)}, ${textLiteral(kind)}, ${precedence}, ${list(withCollect(collect))}, ${list(look)}, ${list(panels)})`,
  );
  await database.run(`insert into work.known_causes values ${rows.join(', ')}`);
}

/** `work.signs`: one row per transaction (or lookup) and cause that it shows. CONTRIBUTING.md says what the columns mean. */
async function writeSigns(database: Database, causes: readonly Cause[], empty: EmptyTables): Promise<void> {
  await database.run(
    'create table work.signs (cause VARCHAR, transaction_id BIGINT, lookup_id BIGINT, cost_seconds DOUBLE, strength VARCHAR, reason VARCHAR)',
  );
  for (const cause of causes) {
    if (empty.hasNoSigns(cause.id)) continue;
    const select = withThresholds(cause.signs, cause.params, cause.path);
    const [made] = await inFile(cause, 'signs', () =>
      database.rows<{ Count: bigint }>(
        `insert into work.signs by name select ${textLiteral(cause.id)} as cause, * from (${select})`,
      ),
    );
    await commitLarge(database, Number(made?.Count ?? 0));
  }
}

/** Writes a cause's numbers and asks which of its conditions hold. */
async function judgeCause(database: Database, cause: Cause): Promise<Judgement> {
  const table = tableOf(cause);
  const sql = (text: string) => withThresholds(text, cause.params, cause.path);
  await inFile(cause, 'numbers', () =>
    database.run(
      `create table ${table} as select n.*, b.signs, b.blamed, b.blamed_seconds
       from (${sql(cause.numbers)}) as n cross join work.cause_loads as b where b.cause = ${textLiteral(cause.id)}`,
    ),
  );
  const groups = {
    rules: judgedRules(cause).map(({ condition }) => condition),
    findings: cause.findings.map(({ when }) => when ?? 'true'),
    changes: cause.change.map((item) => (typeof item === 'string' ? 'true' : adviceHolds(item))),
    roots: cause.roots.map(({ when }) => when ?? 'true'),
  };
  const held = Object.values(groups)
    .flat()
    .map((condition) => `coalesce((${sql(condition)}), false)`);
  const rows = await inFile(cause, 'a condition', () =>
    database.rows<{ numbers: Figures; held: boolean[] }>(
      `select n as numbers, [${held.join(', ')}] as held from ${table} as n`,
    ),
  );
  if (rows.length !== 1)
    throw new Error(`${cause.path}: the numbers are ${rows.length} rows; they must be one`);
  const { numbers, held: flags } = rows[0]!;
  const next = ({ length }: readonly string[]) => flags.splice(0, length);
  return judge(cause, {
    figures: numbers,
    rules: next(groups.rules),
    findings: next(groups.findings),
    changes: next(groups.changes),
    roots: next(groups.roots),
  });
}

/** What no lookup can be played for is not refuted. */
function adviceHolds({ when, remedy }: Advice): string {
  const held = when ?? 'true';
  if (remedy === null) return held;
  return `(${held}) and coalesce((select helps from work.remedies where remedy = ${textLiteral(remedy)}), true)`;
}

/** `work.verdicts`, a row per cause, and `work.cause_rules`, a row per cause and rule. */
async function writeVerdicts(database: Database, judgements: readonly Judgement[]): Promise<void> {
  await database.run(
    'create table work.verdicts (cause VARCHAR, verdict VARCHAR, rule VARCHAR, summary VARCHAR, findings VARCHAR[], change VARCHAR[], numbers VARCHAR, root VARCHAR)',
  );
  await database.run(
    'create table work.cause_rules (cause VARCHAR, place INTEGER, rule VARCHAR, condition VARCHAR, verdict VARCHAR, held BOOLEAN, fired BOOLEAN)',
  );
  const roots = rootsOf(judgements);
  const verdicts = judgements.map(({ cause, verdict, rule, summary, findings, change, figures }) => {
    const root = roots.get(cause.id);
    const texts = [cause.id, verdict, rule, summary].map(textLiteral);
    return `(${texts.join(', ')}, ${list(findings)}, ${list(change)}, ${textLiteral(numbersJson(figures))}, ${root === undefined ? 'null' : textLiteral(root)})`;
  });
  await database.run(`insert into work.verdicts values ${verdicts.join(', ')}`);
  const rules = judgements.flatMap((judgement) =>
    judgement.rules.map(({ name, condition, verdict, held }, i) => {
      const texts = [name, condition, verdict].map(textLiteral);
      return `(${textLiteral(judgement.cause.id)}, ${i + 1}, ${texts.join(', ')}, ${held}, ${name === judgement.rule})`;
    }),
  );
  await database.run(`insert into work.cause_rules values ${rules.join(', ')}`);
}

/** A cause's figures as JSON text, which every engine reads; counts are far below 2^53. */
function numbersJson(figures: Figures): string {
  return JSON.stringify(figures, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
}

/** What DuckDB finds wrong with a cause's SQL is said with the file's name. */
async function inFile<T>({ path }: Cause, section: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Error && /^(Binder|Parser|Catalog|Conversion) Error/.test(error.message))
      throw new Error(`${path}: ${section}: ${error.message}`, { cause: error });
    throw error;
  }
}

function list(texts: readonly string[]): string {
  return `[${texts.map(textLiteral).join(', ')}]::VARCHAR[]`;
}
