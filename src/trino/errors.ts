import { UserError } from '../base/user-error.js';
import type { TrinoAddress } from './engine-address.js';
import { LongAnswer, StatusError } from './http.js';
import type { PageError } from './result-page.js';

/** What a server says may be as long as it likes; a person reads so much. */
const LONGEST_MESSAGE = 600;

/** A request that had no usable answer, as a sentence. */
export function explainRequest(error: unknown, { server, secure, user }: TrinoAddress): UserError {
  const status = error instanceof StatusError ? error.status : null;
  if (status === 401 || status === 403) {
    const hint = secure
      ? 'set DNSLENS_TRINO_PASSWORD or DNSLENS_TRINO_TOKEN, and the user as trinos://USER@HOST'
      : 'where it wants a password, use trinos:// with DNSLENS_TRINO_PASSWORD or DNSLENS_TRINO_TOKEN';
    return new UserError(
      'credentials-refused',
      `${server} refused the user ${user} (HTTP ${status}); ${hint}`,
    );
  }
  if (status !== null) {
    return new UserError(
      'engine-failed',
      `${server} answered HTTP ${status}, as no Trino does; check --engine's host and port`,
    );
  }
  if (error instanceof LongAnswer) {
    return new UserError(
      'too-much',
      `${server} gave an answer longer than any of Trino's; narrow the report by --since or --client`,
    );
  }
  const { code, message } = reasonOf(error);
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code)) {
    return new UserError(
      'engine-failed',
      `the certificate of ${server} is not trusted (${code}); ${certificateHint(code)}`,
    );
  }
  if (code === 'EPROTO' || code === 'ERR_SSL_WRONG_VERSION_NUMBER') {
    return new UserError('engine-failed', `${server} does not speak TLS; use trino:// where it has none`);
  }
  const why = code === '' || code.startsWith('UND_ERR') ? message : code;
  return new UserError(
    'engine-failed',
    `${server} cannot be reached (${why.slice(0, 200)}); check that Trino runs there`,
  );
}

/** What to do about a certificate; naming its authority mends neither a name nor a time. */
function certificateHint(code: string): string {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return 'it is made out to other names; give one of them in --engine';
  if (code === 'CERT_HAS_EXPIRED') return 'it has run out, or the clock here is wrong; have it renewed';
  if (code === 'CERT_NOT_YET_VALID') return 'it is not valid yet, or the clock here is wrong';
  return "name its authority's file in NODE_EXTRA_CA_CERTS";
}

/** What lies at the bottom of an error of fetch's, which itself says no more than that it failed. */
function reasonOf(error: unknown): { code: string; message: string } {
  let reason = error;
  for (let depth = 0; depth < 5 && reason instanceof Error && reason.cause instanceof Error; depth++) {
    reason = reason.cause;
  }
  const { code, message } = reason as { code?: unknown; message?: unknown };
  return { code: typeof code === 'string' ? code : '', message: String(message ?? reason) };
}

/** What is wrong with a statement that Trino refused or gave up, as a sentence and its place in the SQL. */
export function explainFailure(error: PageError, sql: string, address: TrinoAddress): UserError {
  const name = typeof error.errorName === 'string' ? error.errorName : '';
  const message = (typeof error.message === 'string' ? error.message : 'Trino gave no reason')
    .replace(/^line \d+:\d+: /, '')
    .slice(0, LONGEST_MESSAGE);
  if (/^(TABLE|SCHEMA|CATALOG)_NOT_FOUND$/.test(name)) {
    return new UserError(
      'no-lake',
      `${message}; make the lake's tables in ${address.catalog} with what this prints: dnslens lake ddl --engine trino --schema ${address.schema} --location URL`,
    );
  }
  if (name === 'COLUMN_NOT_FOUND') {
    return new UserError(
      'other-version',
      `${message}; the tables may be of an older dnslens: drop them and make them again by dnslens lake ddl --engine trino${place(error, sql)}`,
    );
  }
  // what is no mistake in the statement is the server's: no memory, a limit, a connector that fails
  const code = (error.errorType ?? 'USER_ERROR') === 'USER_ERROR' ? 'wrong-sql' : 'engine-failed';
  return new UserError(code, `Trino: ${message}${place(error, sql)}`);
}

/** The line with a caret below, as for DuckDB's errors. */
function place({ errorLocation }: PageError, sql: string): string {
  const { lineNumber, columnNumber } = errorLocation ?? {};
  if (typeof lineNumber !== 'number' || typeof columnNumber !== 'number') return '';
  const line = sql.split('\n')[lineNumber - 1];
  if (line === undefined || !(columnNumber >= 1 && columnNumber <= line.length + 1)) return '';
  const start = `LINE ${lineNumber}: `;
  const from = Math.max(0, columnNumber - 80);
  return `\n${start}${line.slice(from, from + 160)}\n${' '.repeat(start.length + columnNumber - 1 - from)}^`;
}
