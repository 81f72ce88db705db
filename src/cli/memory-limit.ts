import { UserError } from '../store/user-error.js';
import type { Args } from './args.js';

const UNITS: Readonly<Record<string, number>> = { MB: 1e6, GB: 1e9, TB: 1e12 };
/** Below this an input's rows cannot be appended. */
const LEAST = 200e6;

/** What DuckDB may hold in memory, as it reads it: --memory-limit, else DNSLENS_MEMORY_LIMIT, else undefined. */
export function memoryLimit(args: Args, env: NodeJS.ProcessEnv): string | undefined {
  const given = args.text('memory-limit');
  const [name, text] =
    given === undefined
      ? ['DNSLENS_MEMORY_LIMIT=', env['DNSLENS_MEMORY_LIMIT'] || undefined]
      : ['--memory-limit ', given];
  if (text === undefined) return undefined;
  const [, number, unit] = /^(\d{1,9}(?:\.\d{1,3})?) ?([MGT]B)$/i.exec(text.trim()) ?? [];
  if (number === undefined || unit === undefined) {
    throw new UserError(`${name}${text} is no amount of memory; write one such as 800MB or 2GB`);
  }
  if (Number(number) * UNITS[unit.toUpperCase()]! < LEAST) {
    throw new UserError(`${name}${text} is too little; give 200MB or more`);
  }
  return `${number}${unit.toUpperCase()}`;
}
