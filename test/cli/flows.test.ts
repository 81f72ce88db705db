import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dnslens } from '../support/cli.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dnslens-flows-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Asked {
  /** Seconds until its answer; null where there is none. */
  readonly takes: number | null;
  readonly name: string;
  readonly type?: string;
}

/** Hubble's flows of what a pod asks, a question each tenth of a second. */
function flows(asked: readonly Asked[]): string {
  const time = (seconds: number) => new Date(1767323045000 + seconds * 1000).toISOString();
  const pod = { namespace: 'shop', pod_name: 'app-a' };
  const server = { namespace: 'kube-system', pod_name: 'coredns-1' };
  return asked
    .flatMap(({ takes, name, type = 'A' }, i) => {
      const dns = { query: `${name}.`, qtypes: [type] };
      const query = {
        time: time(i / 10), verdict: 'FORWARDED', IP: { source: '10.1.1.2', destination: '10.1.2.3' },
        l4: { UDP: { source_port: 40000 + i, destination_port: 53 } }, source: pod, destination: server, l7: { type: 'REQUEST', dns },
      }; // prettier-ignore
      if (takes === null) return [query];
      const answer = {
        time: time(i / 10 + takes), verdict: 'FORWARDED', IP: { source: '10.1.2.3', destination: '10.1.1.2' },
        l4: { UDP: { source_port: 53, destination_port: 40000 + i } }, source: server, destination: pod,
        l7: { type: 'RESPONSE', dns: { ...dns, ips: ['192.0.2.8'] } },
      }; // prettier-ignore
      return [query, answer];
    })
    .map((flow) => `${JSON.stringify({ flow })}\n`)
    .join('');
}

function ingest(name: string, text: string): string {
  const [path, db] = [join(folder, `${name}.json`), join(folder, `${name}.duckdb`)];
  writeFileSync(path, text);
  expect(dnslens(['ingest', path, '--db', db])).toMatchObject({ code: 0, stderr: '' });
  return db;
}

const sql = (db: string, statement: string) => dnslens(['sql', statement, '--csv', '--db', db]).stdout;
const named = (i: number) => ({ takes: 0.002, name: `s${i}.shop.svc.cluster.local` });

describe('flows of a pod', () => {
  test('that are all answered soon are a clean bill, of the pod', () => {
    const db = ingest('healthy', flows(Array.from({ length: 40 }, (_, i) => named(i))));
    expect(
      sql(
        db,
        'select state, count(*), max(response_seconds) < 0.01, count(txid) from transactions group by 1',
      ),
    ).toContain('answered,40,true,0');
    expect(sql(db, 'select distinct client_name from clients')).toContain('shop/app-a');
    const report = dnslens(['report', '--db', db, '-v']).stdout;
    expect(report).toMatch(/^None of 40 lookups .* was slow/);
    expect(report).toContain('No known cause was found');
  });

  test('some of which have no answer say of no loss: neither that there is one, nor that there is none', () => {
    const asked = Array.from({ length: 60 }, (_, i) => ({ ...named(i), takes: i % 3 === 0 ? null : 0.002 }));
    const db = ingest('open', flows(asked));
    expect(sql(db, 'select state, count(*) from transactions group by 1 order by 1')).toContain(
      'answered,40\nunknown,20',
    );
    const causes = sql(
      db,
      "select cause, verdict from causes where verdict in ('confirmed', 'likely', 'possible')",
    );
    expect(causes).toBe('cause,verdict\n');
    for (const cause of [
      'lost-queries',
      'lost-replies',
      'conntrack-race',
      'dead-backend',
      'large-answers-lost',
    ])
      expect(sql(db, `select verdict from causes where cause = '${cause}'`)).toContain('no_evidence');
  });

  test('that are answered late are slow lookups', () => {
    const db = ingest(
      'slow',
      flows(Array.from({ length: 20 }, (_, i) => ({ ...named(i), takes: i < 5 ? 3 : 0.002 }))),
    );
    expect(sql(db, 'select count(*) from lookups where seconds > 2.9')).toContain('5');
  });
});
