import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TrinoConnection } from '../../src/trino/connection.js';
import { parseTrinoAddress } from '../../src/trino/engine-address.js';

/** A request that a fake server got. */
export interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** What it answers: a page, or an HTTP status. */
export type Answer = Record<string, unknown> | number | string;

/** A server that answers requests in turn, the last answer for all others; `nextUri: true` leads to itself. */
export async function fakeTrino(...answers: Answer[]) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    seen.push({ method: request.method!, url: request.url!, headers: request.headers, body });
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else if (typeof answer === 'string') response.end(answer);
    else
      response.end(
        JSON.stringify({ id: 'q', ...answer, ...(answer['nextUri'] === true ? { nextUri: next() } : {}) }),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const next = () => `http://127.0.0.1:${port}/v1/statement/executing/q/y/${seen.length}`;
  const address = parseTrinoAddress(`trino://me@127.0.0.1:${port}/hive/dnslens`);
  return {
    seen,
    address,
    connection: new TrinoConnection(address, { password: null, token: null }),
    close: () => void server.close(),
  };
}
