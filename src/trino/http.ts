import { setTimeout as wait } from 'node:timers/promises';
import { EnvHttpProxyAgent, fetch } from 'undici';

/** Bytes of one answer, decompressed. Trino's own pages end at 16 MB. */
const LONGEST_ANSWER = 64 * 1024 * 1024;

/** Trino answers within a second, if only that there is nothing yet. */
const TIMEOUT_MS = 60_000;
/** What nobody waits for: that a statement is given up. */
const GIVING_UP_MS = 5000;

/** Statuses after which Trino's protocol wants the request again, and how often. */
const AGAIN: readonly number[] = [429, 502, 503, 504];
const MOST_TRIES = 6;
/** The longest that a server may ask to wait for (Retry-After, in seconds). */
const LONGEST_WAIT_MS = 10_000;

export interface HttpRequest {
  method: 'POST' | 'GET' | 'DELETE';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

/** An answer whose status says that it holds nothing of use. */
export class StatusError extends Error {
  constructor(readonly status: number) {
    super(`HTTP ${status}`);
  }
}

/** An answer longer than it may be. */
export class LongAnswer extends Error {}

/** Requests to one server, through the proxy that the environment names. No redirect is followed. */
export class HttpClient {
  // without a tunnel proxies see plain requests, as they do of other clients; TLS is always tunnelled
  private readonly agent = new EnvHttpProxyAgent({ proxyTunnel: false });

  /** The answer's text. Throws StatusError, LongAnswer or what fetch throws. */
  async text(request: HttpRequest): Promise<string> {
    for (let tries = 1; ; tries++) {
      const response = await this.fetch(request, TIMEOUT_MS);
      if (response.ok) return textOf(response.body ?? []);
      await response.body?.cancel();
      if (!AGAIN.includes(response.status) || tries === MOST_TRIES) throw new StatusError(response.status);
      const asked = Number(response.headers.get('retry-after')) * 1000 || 0;
      await wait(Math.max(50 * 2 ** tries, Math.min(asked, LONGEST_WAIT_MS)));
    }
  }

  /** Asks once, for what need not succeed. */
  async tell(request: HttpRequest): Promise<void> {
    const response = await this.fetch(request, GIVING_UP_MS);
    await response.body?.cancel();
  }

  private fetch({ url, ...request }: HttpRequest, timeout: number) {
    return fetch(url, {
      ...request,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
      dispatcher: this.agent,
    });
  }
}

async function textOf(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.length;
    if (bytes > LONGEST_ANSWER) throw new LongAnswer();
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
