import { runOn } from '../packs/engine.js';
import type { Evidence } from '../packs/evidence.js';
import { whatToCollect } from '../packs/what-to-collect.js';
import type { FilterValues } from '../packs/filters.js';
import { readFilters } from '../packs/read-filters.js';
import { loadCatalog } from '../packs/load.js';
import { filtersOf } from '../packs/narrowed.js';
import { checkParams, splitParams } from '../packs/params.js';
import type { Query } from '../packs/query.js';
import { FILTERS } from '../packs/filters.js';
import type { Result } from '../packs/result.js';
import type { RunOptions } from '../packs/run.js';
import type { FormatName, Output } from '../report/format.js';
import { FORMATS } from '../report/index.js';
import type { Args } from './grammar/args.js';
import { diagnosisRequest, writeDiagnosis } from './diagnosis.js';
import { withEngine } from './with-engine.js';
import { EXIT } from './exit.js';
import { FindingWatch } from './grammar/fail-on.js';
import { withOutput } from './terminal/output.js';
import type { Session } from './session.js';

/** dnslens report: 0, or 1 where --fail-on asks and something was found. */
export async function report(session: Session): Promise<number> {
  const { args } = session;
  const catalog = loadCatalog(args.list('queries'));
  const format = formatOf(args);
  const { names, request } = diagnosisRequest(args, format);
  const queries = catalog.select(names);
  const narrowed = FILTERS.some((name) => args.text(name) !== undefined);
  const watch = new FindingWatch(args.text('fail-on') ?? 'confirmed', narrowed);
  const path = session.outputPath;
  await withEngine(session, queries, async (engine) => {
    const options = await runOptionsOf(session, engine, queries);
    // a diagnosis says itself what is of a part only
    if (!request) noticeUnused(session, queries, options.filters);
    const ran = runOn(engine, queries, options);
    const results = watched(format === 'table' ? ran : noticed(session, ran), watch);
    const single = names.length === 1 && catalog.has(names[0]!);
    const layout = session.layout(path);
    const write = (output: Output) =>
      request
        ? writeDiagnosis(request, results, options, output, layout)
        : FORMATS[format].rows({ results, single }, output, layout);
    await withOutput(path, write, { paged: true, finishes: args.text('fail-on') !== undefined });
  });
  return watch.found && args.text('fail-on') !== undefined ? EXIT.found : EXIT.done;
}

/** --format, or its short forms --csv and --json. */
export function formatOf(args: Args): FormatName {
  if (args.on('json')) return 'json';
  return args.on('csv') ? 'csv' : (args.text('format') as FormatName);
}

/** Reads parameters and filters and checks them against the queries that are to run. */
export async function runOptionsOf(
  session: Session,
  evidence: Evidence,
  queries: readonly Query[],
): Promise<RunOptions> {
  const params = splitParams(session.args.list('param'));
  for (const [name, value] of Object.entries(params)) params[name] = await session.typed(value);
  await checkParams(evidence, queries, params);
  const filters = await readFilters(evidence, {
    since: session.args.text('since'),
    until: session.args.text('until'),
    client: await session.typed(session.args.text('client')),
  });
  return { params, filters };
}

/** Says of results without evidence what to collect, as they come. */
async function* noticed(session: Session, results: AsyncIterable<Result>): AsyncGenerator<Result> {
  for await (const result of results) {
    if (result.missing.length > 0) {
      session.notice(
        `${result.query!.id}: no evidence (${result.missing.join(', ')}); collect ${whatToCollect(result.missing).join('; ')}`,
      );
    }
    yield result;
  }
}

/** A filter that a query does not take must not seem to have narrowed it. */
export function noticeUnused(session: Session, queries: readonly Query[], filters: FilterValues): void {
  for (const name of FILTERS) {
    if (filters[name] === null) continue;
    const several = name === 'client' && filters.client!.addresses.length > 1;
    const unused = queries.filter(({ text }) => !filtersOf(text, several).has(name)).map(({ id }) => id);
    if (unused.length === 0) continue;
    session.notice(`${unused.join(', ')} ${unused.length > 1 ? 'are' : 'is'} not narrowed by --${name}`);
  }
}

async function* watched(results: AsyncIterable<Result>, watch: FindingWatch): AsyncGenerator<Result> {
  for await (const result of results) yield watch.watch(result);
}
