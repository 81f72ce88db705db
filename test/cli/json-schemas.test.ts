import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dnslens } from '../support/cli.js';

const SCHEMAS = join(import.meta.dirname, '../../docs/schema');
const INCIDENT = join(import.meta.dirname, '../../fixtures/incidents/race-loss-1');
const EVIDENCE = ['capture.pcap.gz', 'coredns-1.log', 'conntrack-S.log', 'cluster.json', 'Corefile'];

/** Each schema, and commands whose JSON it describes. */
const DESCRIBED: Readonly<Record<string, string[][]>> = {
  'explain-lookup': [
    ['explain', 'worst'],
    ['explain', 'google.com'],
    ['explain', 'q1'],
  ],
  'explain-cause': [
    ['explain', 'conntrack-race'],
    ['explain', 'upstream-slow'],
  ],
  fix: [
    ['fix', 'conntrack-race'],
    ['fix', 'upstream-slow'],
  ],
  'what-if': [['what-if', '--ndots', '1', '--nodelocal']],
  compare: [['compare', '14:58:00..14:58:20', '14:58:20..14:58:41']],
  queries: [['queries'], ['queries', 'search'], ['queries', 'search/storms']],
  doctor: [['doctor']],
  error: [['report', 'search/strom'], ['reprot']],
};

const folder = mkdtempSync(join(tmpdir(), 'dnslens-schemas-'));
const env = { DNSLENS_DB: join(folder, 'a.duckdb') };

afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(() => {
  dnslens(['ingest', ...EVIDENCE.map((name) => join(INCIDENT, name))], { env });
}, 120_000);

/** The schema as a promise of no more than it says: what it does not name is a property that was forgotten. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (schema === null || typeof schema !== 'object') return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, strict(value)]));
  return 'required' in schema ? { additionalProperties: false, ...inner } : inner;
}

it('each schema is tried', () => {
  const names = readdirSync(SCHEMAS).map((file) => file.replace('.schema.json', ''));
  // causes: in diagnosis.test.ts
  expect(names.filter((name) => name !== 'causes').toSorted()).toEqual(Object.keys(DESCRIBED).toSorted());
});

it.each(Object.entries(DESCRIBED).flatMap(([name, all]) => all.map((words) => [name, words] as const)))(
  '%s describes the JSON of %j, all of it',
  (name, words) => {
    const ajv = new Ajv({ allErrors: true, strict: false });
    formats.default(ajv);
    const schema = JSON.parse(readFileSync(join(SCHEMAS, `${name}.schema.json`), 'utf8')) as unknown;
    const { stdout, stderr } = dnslens([...words, '--json'], { env });
    ajv.validate(strict(schema) as object, JSON.parse(name === 'error' ? stderr : stdout));
    expect(ajv.errors).toBeNull();
  },
);
