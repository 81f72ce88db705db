import { UserError } from '../base/user-error.js';
import { LITTLE, type Megabytes } from '../store/writing-memory.js';
import type { Args } from './grammar/args.js';

const UNITS: Readonly<Record<string, number>> = { MB: 1e6, GB: 1e9, TB: 1e12 };
/** What the process takes beside what DuckDB holds: node, the readers, and what DuckDB does not count. */
const BESIDE = 200e6;
/** Of less DuckDB would have too little. */
const LEAST = BESIDE + LITTLE * UNITS['MB']!;

/**
 * What DuckDB may hold in memory, as it reads it, so that the process holds no more than --memory-limit says, else
 * DNSLENS_MEMORY_LIMIT; undefined where neither does.
 */
export function memoryLimit(args: Args, env: NodeJS.ProcessEnv): Megabytes | undefined {
  const given = args.text('memory-limit');
  const [name, text] =
    given === undefined
      ? ['DNSLENS_MEMORY_LIMIT=', env['DNSLENS_MEMORY_LIMIT'] || undefined]
      : ['--memory-limit ', given];
  if (text === undefined) return undefined;
  const [, number, unit] = /^(\d{1,9}(?:\.\d{1,3})?) ?([MGT]B)$/i.exec(text.trim()) ?? [];
  if (number === undefined || unit === undefined) {
    throw new UserError(
      'wrong-value',
      `${name}${text} is no amount of memory; write one such as 800MB or 2GB`,
    );
  }
  const bytes = Number(number) * UNITS[unit.toUpperCase()]!;
  if (bytes < LEAST) {
    throw new UserError(
      'wrong-value',
      `${name}${text} is too little; give ${LEAST / UNITS['MB']!}MB or more`,
    );
  }
  return `${Math.floor((bytes - BESIDE) / UNITS['MB']!)}MB`;
}
