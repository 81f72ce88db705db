// What fuzzers of evidence try once the raw tables are filled: all models, and each query that needs no parameter.
import { buildModels } from '../../dist/build/build.js';
import { loadCatalog } from '../../dist/packs/load.js';
import { runQuery } from '../../dist/packs/run.js';
import { said } from './said.js';

const queries = loadCatalog().queries.filter(({ params }) =>
  Object.values(params).every((param) => param.default !== null),
);

/** What failed, in words. */
export async function tryModels(database) {
  const faults = [];
  let model = 'the first model';
  await buildModels(database, { onModel: (name) => (model = name) }).catch((error) =>
    faults.push(`models: after ${model}: ${said(error)}`),
  );
  if (faults.length > 0) return faults;
  for (const query of queries) {
    await drain(database, query).catch((error) => faults.push(`${query.id}: ${said(error)}`));
  }
  return faults;
}

async function drain(database, query) {
  const { rows } = await runQuery(database, query);
  for await (const some of rows) if (some.length < 0) throw new Error('never');
}
