import { UserError } from '../base/user-error.js';
import type { TrinoAddress } from './engine-address.js';
import { explainRequest } from './errors.js';
import { HttpClient, type HttpRequest } from './http.js';
import { type Page, parsePage } from './result-page.js';

/** Without this Trino gives times to milliseconds only. */
const EXACT_TIMES = { 'X-Trino-Client-Capabilities': 'PARAMETRIC_DATETIME' };

/** Secrets, from the environment only. */
export interface Credentials {
  password: string | null;
  token: string | null;
}

export function credentialsOf(env: NodeJS.ProcessEnv): Credentials {
  return { password: env['DNSLENS_TRINO_PASSWORD'] || null, token: env['DNSLENS_TRINO_TOKEN'] || null };
}

/** One user's connection to a Trino, by the protocol of its clients (https://trino.io/docs/current/develop/client-protocol.html). */
export class TrinoConnection {
  private readonly http = new HttpClient();
  private readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly address: TrinoAddress,
    credentials: Credentials,
  ) {
    this.headers = {
      'X-Trino-User': address.user,
      'X-Trino-Source': 'dnslens',
      'X-Trino-Catalog': address.catalog,
      'X-Trino-Schema': address.schema,
      'User-Agent': 'dnslens',
      ...EXACT_TIMES,
      ...authorization(address, credentials),
    };
  }

  /** Begins a statement. */
  begin(sql: string): Promise<Page> {
    return this.page({ method: 'POST', path: '/v1/statement', body: sql });
  }

  /** The answer that comes after one; `nextUri` is what that one said. */
  next(nextUri: string): Promise<Page> {
    return this.page({ method: 'GET', path: this.pathOf(nextUri) });
  }

  /** Ends a statement that is under way. That it has ended by itself is no error. */
  async cancel(nextUri: string): Promise<void> {
    const request = this.request({ method: 'DELETE', path: this.pathOf(nextUri) });
    await this.http.tell(request).catch(() => undefined);
  }

  private async page(asked: Asked): Promise<Page> {
    const text = await this.http.text(this.request(asked)).catch((error: unknown) => {
      throw explainRequest(error, this.address);
    });
    return parsePage(text) ?? this.refuse();
  }

  private request({ path, ...request }: Asked): HttpRequest {
    return { ...request, url: `${this.address.server}${path}`, headers: this.headers };
  }

  /** Only the path is taken, so that no answer leads to another server; one behind a proxy names itself wrongly. */
  private pathOf(nextUri: string): string {
    const path = URL.canParse(nextUri) ? new URL(nextUri).pathname : '';
    const known = /^\/v1\/statement\/[\w./-]{1,400}$/.test(path) && !path.includes('..');
    return known ? path : this.refuse();
  }

  private refuse(): never {
    throw new UserError(
      'engine-failed',
      `${this.address.server} gave an answer that is none of Trino's; check --engine's host and port`,
    );
  }
}

interface Asked extends Pick<HttpRequest, 'method' | 'body'> {
  /** A path of the server. */
  path: string;
}

/** The header that says who asks, over TLS only. Throws UserError, which never repeats a secret. */
function authorization(
  { secure, user }: TrinoAddress,
  { password, token }: Credentials,
): Readonly<Record<string, string>> {
  if (password === null && token === null) return {};
  const variable = token === null ? 'DNSLENS_TRINO_PASSWORD' : 'DNSLENS_TRINO_TOKEN';
  if (!secure) {
    throw new UserError(
      'credentials-refused',
      `a password or token is not sent without TLS; use trinos://, or unset ${variable}`,
    );
  }
  if (token !== null) {
    if (/^[\x21-\x7e]+$/.test(token)) return { Authorization: `Bearer ${token}` };
    throw new UserError(
      'credentials-refused',
      `${variable} holds a blank, a line break or a letter that no token has`,
    );
  }
  if (user.includes(':'))
    throw new UserError('credentials-refused', `a user with ":" in its name cannot log in with ${variable}`);
  return { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}
