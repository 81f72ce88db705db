import { readFilters } from '../packs/read-filters.js';
import { loadCatalog } from '../packs/load.js';
import type { Result } from '../packs/result.js';
import type { FormatName } from '../report/format.js';
import { UserError } from '../base/user-error.js';
import { type CacheRules, type Change, changeText, NODELOCAL } from '../what-if/change.js';
import type { ChangedLookup } from '../what-if/lookups.js';
import { simulate } from '../what-if/simulate.js';
import { byClient, sentence, total, worse } from '../what-if/tables.js';
import type { Args } from './grammar/args.js';
import { printResults } from './print.js';
import { formatOf } from './report.js';
import type { Session } from './session.js';

/** dnslens what-if: queries and seconds before and after a change, by client and in all, and what would break. */
export async function whatIf(session: Session): Promise<number> {
  const { args } = session;
  const asked = changeOf(args);
  const format = formatOf(args);
  const { lookups, change } = await session.withDatabase(async (database) => {
    const typed = (names: readonly string[]) => Promise.all(names.map((name) => session.typed(name)));
    const change = { ...asked, fqdn: await typed(asked.fqdn), without: await typed(asked.without) };
    const filters = await readFilters(database, {
      since: args.text('since'),
      until: args.text('until'),
      client: await session.typed(args.text('client')),
    });
    return { lookups: await simulate(database, loadCatalog(), change, filters), change };
  });
  if (lookups.length === 0)
    throw new UserError('not-in-evidence', 'There is no lookup to change in this evidence');
  for (const name of change.fqdn.filter((one) => !lookups.some((lookup) => lookup.name === one))) {
    session.notice(`no lookup asked for ${name}, so that a dot at its end changes nothing`);
  }
  await printResults(session, tables(lookups, change, format), format, format === 'csv');
  return 0;
}

function tables(lookups: readonly ChangedLookup[], change: Change, format: FormatName): Result[] {
  if (format === 'csv') return [byClient(lookups)];
  const first = format === 'json' ? total(lookups) : sentence(lookups, change);
  return [first, byClient(lookups), worse(lookups, change)];
}

function changeOf(args: Args): Change {
  const change: Change = {
    ndots: wholeNumber(args, 'ndots', 15),
    fqdn: args.list('fqdn').flatMap((names) => names.toLowerCase().split(',').map(withoutDot)),
    without: args.list('without').flatMap((suffixes) => suffixes.toLowerCase().split(',').map(withoutDot)),
    autopath: args.on('autopath'),
    singleRequest: args.on('single-request') ? 'single-request' : null,
    nodelocal: cacheOf(args),
  };
  if (changeText(change) === '') {
    throw new UserError(
      'wrong-words',
      'Say what to change: --ndots N, --fqdn NAME, --without SUFFIX, --nodelocal, --single-request or --autopath, or several of them',
    );
  }
  return change;
}

function withoutDot(name: string): string {
  return name.trim().replace(/\.$/, '');
}

function cacheOf(args: Args): CacheRules | null {
  const least = wholeNumber(args, 'min-ttl', 86_400);
  const most = wholeNumber(args, 'max-ttl', 86_400);
  if (!args.on('nodelocal')) {
    if (least === null && most === null) return null;
    throw new UserError(
      'conflicting-flags',
      '--min-ttl and --max-ttl are rules of a cache; give --nodelocal with them',
    );
  }
  const rules = { ...NODELOCAL, ...(least === null ? {} : { least }), ...(most === null ? {} : { most }) };
  if (rules.least > rules.most)
    throw new UserError('conflicting-flags', `--min-ttl ${rules.least} is more than --max-ttl ${rules.most}`);
  return { ...rules, mostNegative: Math.max(rules.least, Math.min(rules.most, rules.mostNegative)) };
}

function wholeNumber(args: Args, name: 'ndots' | 'min-ttl' | 'max-ttl', most: number): number | null {
  const given = args.text(name);
  if (given === undefined) return null;
  if (/^\d{1,6}$/.test(given) && Number(given) <= most) return Number(given);
  throw new UserError('wrong-value', `--${name} ${given} must be a whole number from 0 to ${most}`);
}
