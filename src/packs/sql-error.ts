import { explainMachine } from '../base/system-fault.js';
import type { ErrorCode } from '../base/error-codes.js';
import { UserError } from '../base/user-error.js';

/**
 * DuckDB's error as a sentence, followed by the line and a caret where it says the place. Its category
 * ("Binder Error") is left out; its candidates become a question.
 */
export function explainSqlError(error: unknown): UserError {
  const machine = explainMachine(error);
  if (machine !== null) return machine;
  const message = error instanceof Error ? error.message : String(error);
  const [prose = '', ...place] = message.split(/\n\n?(?=LINE \d+:)/);
  const lines = prose.split('\n').filter((line) => line.trim() !== '');
  const what = (lines[0] ?? 'DuckDB gave no reason')
    .replace(/^(Failed to extract statements: )?([A-Z][A-Za-z ]* Error: )?/, '')
    .replace(/[!.]$/, '');
  const pointer = place.length > 0 ? `\n${place.join('\n').trimEnd()}` : '';
  return new UserError(codeOf(message), `${what}${candidates(lines.slice(1).join(' '))}${pointer}`);
}

/** What is no mistake in the SQL: what DuckDB refuses as the database is only read, and what ended it. */
const OTHER_CODES: readonly (readonly [said: RegExp, code: ErrorCode])[] = [
  [/read-only mode|disabled (by|through) configuration|configuration has been locked/, 'sql-refused'],
  [/^out of memory/i, 'too-little-memory'],
  [/^interrupt/i, 'interrupted'],
];

function codeOf(message: string): ErrorCode {
  // a name or value in the message could hold any of the words
  const said = message.replace(/"[^"\n]*"|'[^'\n]*'/g, '');
  return OTHER_CODES.find(([form]) => form.test(said))?.[1] ?? 'wrong-sql';
}

function candidates(rest: string): string {
  const named = [...rest.matchAll(/"([^"]+)"/g)].map((match) => match[1]!);
  if (!/Candidate|Did you mean/i.test(rest) || named.length === 0) return '';
  return `; did you mean ${named.slice(0, 3).join(', ')}?`;
}
