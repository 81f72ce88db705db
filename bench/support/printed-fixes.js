// Holds every fix that is printed against what-if: by what its text says, not by how dnslens came to it.
import { isFound } from '../../dist/causes/cause.js';
import { loadCauses } from '../../dist/causes/load.js';
import { writeFix } from '../../dist/fix/fix.js';
import { NO_FILTERS } from '../../dist/packs/filters.js';
import { loadCatalog } from '../../dist/packs/load.js';
import { rowsOf } from '../../dist/packs/rows.js';
import { NODELOCAL, UNCHANGED } from '../../dist/what-if/change.js';
import { count } from '../../dist/what-if/lookups.js';
import { simulate } from '../../dist/what-if/simulate.js';

/** What an advice may tell to change, each with the change that what-if plays for it; null where the advice is none of a setting. */
const SAID = [
  ({ text }) => numbered(/\bndots(?: to |:)(\d+)/.exec(text), (ndots) => ({ ndots })),
  ({ text, walked }) => (/trailing dot/.test(text) && walked.length > 0 ? { fqdn: walked } : null),
  ({ text }) => (/single-request-reopen/.test(text) ? { singleRequest: 'single-request-reopen' } : null),
  ({ text }) => (/autopath/.test(text) ? { autopath: true } : null),
  ({ text }) => (/\bRun NodeLocal|NodeLocal DNSCache answers/.test(text) ? { nodelocal: NODELOCAL } : null),
  ({ text, dead }) =>
    /suffix out of the search list/.test(text) && dead.length > 0 ? { without: dead } : null,
];
/** How far a share that the report counts without playing the change may be from what comes of it: above, and below; per cent. */
const [ABOVE, BELOW] = [2, 15];

/**
 * Each setting that the report or `dnslens fix` of a database tells to change and what-if can play: {cause, verdict, by, text, change, after}
 * with what what-if counts of the clients that it changes, and `faults`: what of it is not so.
 */
export async function heldFixes(database) {
  const catalog = loadCatalog();
  const walked = await walkedNames(database);
  const judged = await database.rows('select cause, verdict, kind, root, change, numbers from main.causes');
  const played = async (change, clients) => {
    const lookups = await simulate(database, catalog, { ...UNCHANGED, ...change }, NO_FILTERS);
    return lookups.filter(({ client }) => clients === null || clients.includes(client));
  };
  const held = [];
  for (const cause of loadCauses()) {
    const { root, ...row } = judged.find((one) => one.cause === cause.id);
    if (!isFound(row.verdict) || root !== null) continue;
    const hit = await rowsOf(database, catalog, 'fix/workloads', { cause: cause.id });
    const hold = async (by, text, change, clients) => {
      const lookups = await played(change, clients);
      if (lookups.length === 0) return;
      const after = count(lookups);
      held.push({ ...row, by, text, change, after, faults: faults(text, after) });
    };
    // suffixes whose answers are wrong: that a lookup ends otherwise is what the change is for
    const isForOtherAnswers = cause.fix.some(({ whatIf }) => whatIf === 'nothing');
    const dead = isForOtherAnswers ? [] : [JSON.parse(row.numbers).dead_suffixes ?? []].flat();
    for (const text of row.change) {
      const changes = SAID.map((change) => change({ text, walked, dead })).filter(
        (change) => change !== null,
      );
      const clients = row.kind === 'cost' ? null : hit.map(({ client }) => client);
      for (const change of changes) await hold('report', text, change, clients);
    }
    if (isForOtherAnswers) continue;
    for (const step of (await writeFix(database, catalog, cause)).steps) {
      const { change, clients } = written(step, hit);
      if (Object.keys(change).length > 0) await hold('fix', `${step.title}: ${step.brings}`, change, clients);
    }
  }
  return held;
}

/** What the text of a change says and what-if does not, a sentence each. */
function faults(text, after) {
  const found = [];
  const saved = after.queries - after.after_queries;
  if (after.broken > 0) found.push(`${after.broken} lookups would fail`);
  if (saved <= 0 && after.after_seconds >= after.seconds) found.push('it would save nothing');
  const [share, stated] = [/(\d+) % fewer queries/, /would be ([\d,]+) \(/].map((pattern) =>
    numbered(pattern.exec(text), Number),
  );
  const percent = (100 * saved) / after.queries;
  if (share !== null && (share > percent + ABOVE || share < percent - BELOW))
    found.push(`it says ${share} % fewer queries, and ${percent.toFixed(1)} % would be`);
  if (stated !== null && stated !== after.after_queries)
    found.push(`it says ${stated} queries, and ${after.after_queries} would be`);
  return found;
}

/** The change that a step's commands and diff make, and the clients whose resolvers it is made for; null for all. */
function written({ commands, diff, brings }, hit) {
  if (diff.some((line) => /^\+ *autopath/.test(line))) return { change: { autopath: true }, clients: null };
  if (commands.some((line) => line.includes('nodelocaldns.yaml')))
    return { change: { nodelocal: NODELOCAL }, clients: null };
  const change = {};
  const clients = [];
  for (const line of commands) {
    const [, namespace, workload, patch] =
      /^kubectl -n (\S+) patch \S+ (\S+) --type merge -p '(.*)'$/.exec(line) ?? [];
    if (patch === undefined) continue;
    const patched = hit.filter((one) => one.namespace === namespace && one.workload === workload);
    const { options = [], searches } = JSON.parse(patch).spec.template?.spec.dnsConfig ?? {};
    const set = options.filter(
      ({ name, value }) =>
        !patched.some((one) => one.options?.includes(value === undefined ? name : `${name}:${value}`)),
    );
    for (const { name, value } of set) {
      if (name === 'ndots') change.ndots = Number(value);
      if (name === 'single-request-reopen') change.singleRequest = name;
    }
    const gone =
      searches === undefined
        ? []
        : patched.flatMap((one) => one.search_list.filter((suffix) => !searches.includes(suffix)));
    if (gone.length > 0) change.without = [...new Set(gone)];
    const asked =
      change.singleRequest && brings !== null
        ? patched.filter(({ resolver }) => resolver === 'glibc')
        : patched;
    clients.push(...asked.map(({ client }) => client));
  }
  return { change, clients };
}

/** Names that were answered as programs asked for them, after the search list was walked. */
async function walkedNames(database) {
  const rows = await database.rows(`
    select distinct l.name
    from main.lookups as l
    inner join main.questions as q on q.lookup_id = l.lookup_id and q.qname = l.name and q.outcome = 'answered'
    where l.address_lookup and l.steps > 1
  `);
  return rows.map(({ name }) => name);
}

function numbered(match, made) {
  return match === null ? null : made(Number(match[1].replaceAll(',', '')));
}
