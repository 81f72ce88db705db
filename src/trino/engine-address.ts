import { userInfo } from 'node:os';
import { UserError } from '../base/user-error.js';

/** Where a Trino is and who asks it. Holds no secret, so that it may be printed. */
export interface TrinoAddress {
  /** `http://HOST:PORT` or `https://HOST:PORT`. */
  server: string;
  secure: boolean;
  catalog: string;
  schema: string;
  user: string;
}

/** How an engine is named: `trinos` is TLS. */
const ENGINE_FORM = 'trino://HOST:PORT/CATALOG/SCHEMA';

const PORTS = { 'trino:': '8080', 'trinos:': '443' } as const;

/** Names go into headers and sentences; what Trino's own names may hold beyond this, no lake needs. */
const NAME = /^[a-z0-9_-]{1,128}$/i;

/**
 * Reads `trino://[USER@]HOST[:PORT]/CATALOG/SCHEMA` (or `trinos://`). Throws UserError, which never repeats what
 * may be a password.
 */
export function parseTrinoAddress(text: string): TrinoAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !(url.protocol in PORTS)) {
    throw new UserError(
      'wrong-value',
      `--engine ${withoutSecret(text)} is no engine; write ${ENGINE_FORM}, or trinos:// for TLS`,
    );
  }
  if (url.password !== '') {
    throw new UserError(
      'wrong-value',
      '--engine must not hold a password, which others could read in the list of processes; set DNSLENS_TRINO_PASSWORD',
    );
  }
  const [, catalog, schema, ...rest] = url.pathname.split('/');
  const named = catalog !== undefined && schema !== undefined && NAME.test(catalog) && NAME.test(schema);
  if (!named || rest.join('') !== '' || url.search !== '' || url.hash !== '' || url.hostname === '') {
    throw new UserError(
      'wrong-value',
      `--engine ${withoutSecret(text)} does not name a catalog and a schema; write ${ENGINE_FORM}`,
    );
  }
  const secure = url.protocol === 'trinos:';
  const port = url.port || PORTS[url.protocol as keyof typeof PORTS];
  return {
    server: `${secure ? 'https' : 'http'}://${url.hostname}:${port}`,
    secure,
    catalog,
    schema,
    user: url.username === '' ? systemUser() : decodeUser(url.username),
  };
}

/** The address without what may be a password, for messages and commands to paste. */
export function withoutSecret(text: string): string {
  return text.replace(/\/\/[^/]*@/, (userinfo) => `${userinfo.slice(0, -1).split(':')[0]}@`);
}

function decodeUser(text: string): string {
  let user = '';
  try {
    user = decodeURIComponent(text);
  } catch {
    // left empty, and refused
  }
  if (/^[\x21-\x7e]{1,128}$/.test(user)) return user;
  throw new UserError('wrong-value', '--engine has a user that is no name of printable characters');
}

function systemUser(): string {
  const name = process.env['USER'] || nameOfProcess();
  return /^[\x21-\x7e]{1,128}$/.test(name) ? name : 'dnslens';
}

/** In a container the process may run as a number that has no name. */
function nameOfProcess(): string {
  try {
    return userInfo().username;
  } catch {
    return 'dnslens';
  }
}
