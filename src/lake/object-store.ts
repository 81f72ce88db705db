import type { Database } from '../store/database.js';
import { textLiteral } from '../base/sql-text.js';
import type { ErrorCode } from '../base/error-codes.js';
import { UserError } from '../base/user-error.js';
import { objectStoreOf, withoutSlash } from './location.js';

/** Loads what DuckDB reaches the object store of a lake with. Throws UserError where it is not on this machine. */
export function loadObjectStore(
  location: string,
): (database: Pick<Database, 'run' | 'rows'>) => Promise<void> {
  return async (database) => {
    await database.run('load httpfs').catch((error: Error) => refuseExtension(database, error));
    const chained = await database.run('load aws').then(
      () => true,
      () => false,
    );
    await database.run(secretStatement(location, chained)).catch((error: Error) => {
      throw explainReach(`${location} cannot be reached`, error);
    });
  };
}

async function refuseExtension(database: Pick<Database, 'rows'>, error: Error): Promise<never> {
  const [{ version } = { version: '' }] = await database.rows<{ version: string }>(
    'select version() as version',
  );
  const how = `with DuckDB ${version}: duckdb -c "install httpfs"`;
  if (/not found/i.test(error.message)) {
    throw new UserError(
      'no-extension',
      `an object store needs DuckDB's extension httpfs, which is not on this machine and is never installed silently; ${how}`,
    );
  }
  throw new UserError(
    'no-extension',
    `DuckDB's extension httpfs is on this machine and cannot be loaded (${firstLine(error)}); install it again, ${how}`,
  );
}

/** Who may reach the store, and where it is, as AWS's own tools take both from the environment. */
function secretStatement(location: string, chained: boolean): string {
  const { env } = process;
  const url = env['AWS_ENDPOINT_URL_S3'] || env['AWS_ENDPOINT_URL'];
  const given = {
    // the chain finds them by itself, with those of an instance or a service account
    ...(!chained && {
      key_id: env['AWS_ACCESS_KEY_ID'],
      secret: env['AWS_SECRET_ACCESS_KEY'],
      session_token: env['AWS_SESSION_TOKEN'],
    }),
    region: env['AWS_REGION'] || env['AWS_DEFAULT_REGION'],
    endpoint: url && withoutSlash(url.replace(/^https?:\/\//, '')),
  };
  const options = [
    `type ${objectStoreOf(location)}`,
    `provider ${chained ? 'credential_chain' : 'config'}`,
    ...Object.entries(given)
      .filter(([, value]) => value)
      .map(([name, value]) => `${name} ${textLiteral(value!)}`),
    // a store of one's own is seldom known by a name for each bucket, and may speak without TLS
    ...(url ? ["url_style 'path'", `use_ssl ${!url.startsWith('http://')}`] : []),
  ];
  return `create secret (${options.join(', ')})`;
}

/** What was asked of an object store, without rows where it has no such object. Throws UserError where that cannot be told. */
export async function reachObjects<T>(url: string, rows: Promise<T[]>): Promise<T[]> {
  return rows.catch((error: Error) => {
    if (isGone(error)) return [];
    throw explainReach(`${url} cannot be read`, error);
  });
}

/** Whether an object is not there. */
export function isGone({ message }: Error): boolean {
  return /No files found|404|not found/i.test(message);
}

/** An object's text; null where there is none. */
export async function readObject(database: Database, path: string): Promise<string | null> {
  const found = await reachObjects(
    path,
    database.rows<{ content: string }>(`select content from read_text(${textLiteral(path)})`),
  );
  return found[0]?.content ?? null;
}

/** Why an object store answers with a status, and what to do about it. */
const STATUSES: Readonly<Record<number, readonly [code: ErrorCode, why: string]>> = {
  301: ['store-failed', 'its bucket is in another region; set AWS_REGION'],
  400: ['store-failed', 'the store does not take the request; is AWS_REGION that of the bucket?'],
  401: [
    'credentials-refused',
    'the store does not know these credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  ],
  403: [
    'credentials-refused',
    'the store refuses these credentials, or they may not do that in this bucket; see AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  ],
  404: ['store-failed', 'there is no such bucket, or the store does not know these credentials'],
  412: ['in-use', 'somebody else writes there at the same time; run the same command again'],
  429: ['store-failed', 'the store asks for fewer requests; run the same command again later'],
};

/** What a lake's place, or the way to it, refused, as a sentence. What is a sentence already stays one. */
export function explainReach(what: string, error: unknown): UserError {
  if (error instanceof UserError) return error;
  const { message } = error as Error;
  if (/Secret Validation Failure/.test(message)) {
    return new UserError(
      'credentials-refused',
      `${what}: no credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give this machine those of a profile, a role or a service account`,
    );
  }
  const status = Number(/HTTP (?:code )?(\d{3})\b/.exec(message)?.[1] ?? 0);
  const way = /: ([^:']*?) error for HTTP \w+ to '(\w+:\/\/[^/']+)/.exec(message);
  if (way) {
    return new UserError(
      'store-failed',
      `${what}: no way to ${way[2]} (${way[1]!.toLowerCase()}); is it right, and up? AWS_ENDPOINT_URL_S3 names a store that is not AWS's`,
    );
  }
  if (status >= 500)
    return new UserError(
      'store-failed',
      `${what}: the store fails (HTTP ${status}); run the same command again later`,
    );
  const known = STATUSES[status];
  if (known !== undefined) return new UserError(known[0], `${what}: ${known[1]} (HTTP ${status})`);
  return new UserError('store-failed', `${what}: ${firstLine(error as Error)}`);
}

function firstLine(error: Error): string {
  return error.message.split('\n', 1)[0]!.slice(0, 300);
}
