import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { HttpClient, LongAnswer } from '../../src/trino/http.js';

/** The address of a server that is gone after the test. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const get = (url: string) => ({ method: 'GET', url, headers: {} }) as const;

describe('a request to a Trino', () => {
  it('takes no more of an answer than a page can be, however small it is on the way', async () => {
    const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024));
    const url = await serve((_, response) => response.setHeader('content-encoding', 'gzip').end(bomb));
    await expect(new HttpClient().text(get(url))).rejects.toBeInstanceOf(LongAnswer);
  });

  it('is not tried for ever at a server that is always busy', async () => {
    let asked = 0;
    const url = await serve((_, response) => {
      asked++;
      response.writeHead(503).end();
    });
    await expect(new HttpClient().text(get(url))).rejects.toMatchObject({ status: 503 });
    expect(asked).toBe(6);
  });

  it('follows no redirect, which could lead its password to another server', async () => {
    const asked: string[] = [];
    const elsewhere = await serve((request, response) => {
      asked.push(request.url!);
      response.end('{}');
    });
    const url = await serve((_, response) => response.writeHead(307, { location: elsewhere }).end());
    await expect(new HttpClient().text(get(url))).rejects.toMatchObject({ status: 307 });
    expect(asked).toEqual([]);
  });

  it('goes through the proxy that the environment names', async () => {
    const proxy = await serve((request, response) => response.end(`proxied ${request.url}`));
    vi.stubEnv('http_proxy', proxy);
    onTestFinished(() => void vi.unstubAllEnvs());
    const url = 'http://trino.example:8080/v1/statement';
    expect(await new HttpClient().text(get(url))).toBe(`proxied ${url}`);
  });
});
