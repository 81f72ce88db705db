import { whatToCollect } from '../packs/evidence.js';
import { type FilterValues, readFilters } from '../packs/filters.js';
import { loadCatalog } from '../packs/load.js';
import { checkParams, splitParams } from '../packs/params.js';
import { FILTERS, type Query } from '../packs/query.js';
import type { Result } from '../packs/result.js';
import { runQuery } from '../packs/run.js';
import type { Output } from '../report/format.js';
import { FORMATS, type FormatName } from '../report/index.js';
import type { Database } from '../store/database.js';
import type { Args } from './args.js';
import { diagnosisRequest, writeDiagnosis } from './diagnosis.js';
import { FindingWatch } from './fail-on.js';
import { withOutput } from './output.js';
import type { Session } from './session.js';

/** dnslens report: 0, or 1 where --fail-on asks and something was found. */
export async function report(session: Session): Promise<number> {
  const { args } = session;
  const catalog = loadCatalog(args.list('queries'));
  const format = formatOf(args);
  const { names, request } = diagnosisRequest(args, format);
  const queries = catalog.select(names);
  const watch = new FindingWatch(args.text('fail-on') ?? 'confirmed');
  const path = args.text('output');
  await session.withDatabase(async (database) => {
    const results = watched(await resultsOf(session, database, queries, format !== 'table'), watch);
    const single = names.length === 1 && catalog.has(names[0]!);
    const layout = session.layout(path);
    const write = (output: Output) =>
      request
        ? writeDiagnosis(request, results, output, layout)
        : FORMATS[format].write({ results, single }, output, layout);
    await withOutput(path, write, true);
  });
  return watch.found && args.text('fail-on') !== undefined ? 1 : 0;
}

/** --format, or its short forms --csv and --json. */
export function formatOf(args: Args): FormatName {
  if (args.on('json')) return 'json';
  return args.on('csv') ? 'csv' : (args.text('format') as FormatName);
}

/** Checks parameters and filters, then runs the queries one after another as their results are asked for. */
export async function resultsOf(
  session: Session,
  database: Database,
  queries: readonly Query[],
  noticeMissing: boolean,
): Promise<AsyncIterable<Result>> {
  const params = splitParams(session.args.list('param'));
  await checkParams(database, queries, params);
  const filters = await readFilters(database, {
    since: session.args.text('since'),
    until: session.args.text('until'),
    client: session.args.text('client'),
  });
  noticeUnused(session, queries, filters);
  async function* run(): AsyncGenerator<Result> {
    for (const query of queries) {
      const result = await runQuery(database, query, { params, filters });
      if (noticeMissing && result.missing.length > 0) {
        session.notice(
          `${query.id}: no evidence (${result.missing.join(', ')}); collect ${whatToCollect(result.missing).join('; ')}`,
        );
      }
      yield result;
    }
  }
  return run();
}

/** A filter that a query does not take must not seem to have narrowed it. */
function noticeUnused(session: Session, queries: readonly Query[], filters: FilterValues): void {
  for (const name of FILTERS) {
    if (filters[name] === null) continue;
    const unused = queries.filter(({ sql }) => !new RegExp(`\\$${name}\\b`).test(sql)).map(({ id }) => id);
    if (unused.length === 0) continue;
    session.notice(`${unused.join(', ')} ${unused.length > 1 ? 'are' : 'is'} not narrowed by --${name}`);
  }
}

async function* watched(results: AsyncIterable<Result>, watch: FindingWatch): AsyncGenerator<Result> {
  for await (const result of results) yield watch.watch(result);
}
