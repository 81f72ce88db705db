import { setTimeout as wait } from 'node:timers/promises';
import { BasicAuth, Trino } from 'trino-client';
import { UserError } from '../store/user-error.js';
import type { TrinoAddress } from './address.js';
import { explainRequest } from './errors.js';
import { type Page, parsePage } from './page.js';

/** Characters of one answer. Trino's own pages end at 16 MB. */
const LONGEST_ANSWER = 64 * 1024 * 1024;

/** Trino answers within a second, if only that there is nothing yet. */
const TIMEOUT_MS = 60_000;

/** Answers after which Trino's protocol wants the request again. */
const AGAIN = [429, 502, 503, 504];
const MOST_TRIES = 6;

/** Without this Trino gives times to milliseconds only. */
const EXACT_TIMES = { 'X-Trino-Client-Capabilities': 'PARAMETRIC_DATETIME' };

interface Request {
  method: 'POST' | 'GET' | 'DELETE';
  /** A path of the server. */
  url: string;
  data?: string;
}

/** Secrets, from the environment only. */
export interface Credentials {
  password: string | null;
  token: string | null;
}

export function credentialsOf(env: NodeJS.ProcessEnv): Credentials {
  return { password: env['DNSLENS_TRINO_PASSWORD'] || null, token: env['DNSLENS_TRINO_TOKEN'] || null };
}

/**
 * One user's connection to a Trino. Requests go through trino-client's own request and not its iterator, which
 * shows no progress, takes an answer of any length, and sends the password wherever an answer says to go next.
 */
export class TrinoConnection {
  private readonly trino: Trino;

  constructor(
    readonly address: TrinoAddress,
    { password, token }: Credentials,
  ) {
    const { server, secure, catalog, schema, user } = address;
    if (!secure && (password !== null || token !== null)) {
      throw new UserError(
        `a password or token is not sent without TLS; use trinos://, or unset ${token === null ? 'DNSLENS_TRINO_PASSWORD' : 'DNSLENS_TRINO_TOKEN'}`,
      );
    }
    this.trino = Trino.create({
      server,
      source: 'dnslens',
      catalog,
      schema,
      ...(token === null && password !== null ? { auth: new BasicAuth(user, password) } : {}),
      extraHeaders: {
        ...EXACT_TIMES,
        'X-Trino-User': user,
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      },
    });
  }

  /** Begins a statement. */
  begin(sql: string): Promise<Page> {
    return this.page({ method: 'POST', url: '/v1/statement', data: sql });
  }

  /** The answer that comes after one; `nextUri` is what that one said. */
  next(nextUri: string): Promise<Page> {
    return this.page({ method: 'GET', url: this.pathOf(nextUri) });
  }

  /** Ends a statement that is under way. That it has ended by itself is no error. */
  async cancel(nextUri: string): Promise<void> {
    await this.send({ method: 'DELETE', url: this.pathOf(nextUri) }).catch(() => undefined);
  }

  private async page(request: Request): Promise<Page> {
    const page = parsePage(String(await this.send(request)));
    if (page !== null) return page;
    throw new UserError(
      `${this.address.server} gave an answer that is none of Trino's; check --engine's host and port`,
    );
  }

  private async send(request: Request): Promise<unknown> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.trino['client'].request({
          ...request,
          timeout: TIMEOUT_MS,
          maxContentLength: LONGEST_ANSWER,
          maxRedirects: 0,
          responseType: 'text',
          // left as text: numbers past 2^53 would be rounded
          transformResponse: [(text: unknown) => text],
        });
      } catch (error) {
        const status = (error as { response?: { status?: number } }).response?.status;
        if (!AGAIN.includes(status ?? 0) || tries === MOST_TRIES) throw explainRequest(error, this.address);
        await wait(100 * 2 ** tries);
      }
    }
  }

  /** Only the path is taken, so that no answer leads to another server; one behind a proxy names itself wrongly. */
  private pathOf(nextUri: string): string {
    const path = URL.canParse(nextUri) ? new URL(nextUri).pathname : '';
    if (/^\/v1\/statement\/[\w./-]{1,400}$/.test(path) && !path.includes('..')) return path;
    throw new UserError(
      `${this.address.server} gave an answer that is none of Trino's; check --engine's host and port`,
    );
  }
}
