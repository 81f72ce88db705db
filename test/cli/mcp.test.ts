import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROGRAM, temporaryFolder } from '../support/cli.js';

const INCIDENTS = join(import.meta.dirname, '../../fixtures/incidents');

interface Answer {
  isError: boolean;
  code?: unknown;
  texts: string[];
}

/** A client of `dnslens mcp`, as an assistant is one. */
async function connected(...args: string[]) {
  const transport = new StdioClientTransport({ command: process.execPath, args: [PROGRAM, 'mcp', ...args] });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  const call = async (name: string, given: Record<string, unknown> = {}): Promise<Answer> => {
    const { content, isError = false, structuredContent } = await client.callTool({ name, arguments: given });
    const { error } = (structuredContent ?? {}) as { error?: { code: unknown } };
    return { isError, code: error?.code, texts: (content as { text: string }[]).map(({ text }) => text) };
  };
  const told = async (name: string, given: Record<string, unknown> = {}) => {
    const { isError, texts } = await call(name, given);
    if (isError) throw new Error(texts.join('\n'));
    expect(texts[0]).toMatch(/^What follows is data from evidence/);
    return JSON.parse(texts[1]!) as Record<string, any>;
  };
  return { client, call, told };
}

describe('dnslens mcp', () => {
  let server: Awaited<ReturnType<typeof connected>>;
  const { call, told } = {
    call: (...args: Parameters<typeof server.call>) => server.call(...args),
    told: (...args: Parameters<typeof server.told>) => server.told(...args),
  };

  beforeAll(async () => {
    server = await connected(INCIDENTS);
    for (const [database, incident] of [
      ['race', 'race-loss-1'],
      ['node', 'nodelocal-101'],
      ['seed', 'seed-walkthrough-1'],
    ] as const) {
      await call('ingest', {
        paths: [`${incident}/*.*`, `${incident}/resolv`],
        database,
      });
    }
  }, 300_000);
  afterAll(() => server.client.close());

  it('says of each tool what it is for, and that only ingest changes anything', async () => {
    const { tools } = await server.client.listTools();
    expect(tools.every(({ description }) => description!.length > 40)).toBe(true);
    expect(tools.filter(({ annotations }) => !annotations!.readOnlyHint).map(({ name }) => name)).toEqual([
      'ingest',
    ]);
  });

  it('is enough to find the cause of an incident, its proof and its change', async () => {
    const { found, ruled_out } = await told('diagnose', { database: 'race' });
    const [first] = found;
    expect(first).toMatchObject({ cause: 'conntrack-race', verdict: 'confirmed', lookups: 15 });
    expect(ruled_out).toContain('upstream-slow');
    const why = await told('explain', { what: first.cause, database: 'race' });
    expect(why).toMatchObject({ rule: 'counters-agree', verdict: 'confirmed' });
    const worst = await told('explain', { what: String(first.worst_lookup_id), database: 'race' });
    expect(worst['blame']).toMatchObject({ cause: 'conntrack-race' });
    const fix = await told('fix', { cause: first.cause, database: 'race' });
    expect(fix['steps'].length).toBeGreaterThan(0);
    const { 'what-if/total': total } = await told('what_if', { nodelocal: true, database: 'race' });
    expect(total[0]).toMatchObject({ broken: 0 });
  });

  it.each([
    ['node', 'search-amplification'],
    ['seed', 'search-amplification'],
  ])('finds what is wrong in %s', async (database, cause) => {
    const { found } = await told('diagnose', { database });
    expect(found.map((row: { cause: string }) => row.cause)).toContain(cause);
  });

  it('holds two databases against each other', async () => {
    const rows = await told('compare', { before: 'race', after: 'node' });
    expect(JSON.stringify(rows)).toContain('conntrack-race');
  });

  it('lists queries by title, and runs one for a part of the evidence', async () => {
    expect(await told('list_queries')).toMatchObject({ 'search/storms': 'Search-suffix storms' });
    const rows = await told('run_query', { query: 'race/lost-halves', client: 'app-a', database: 'race' });
    expect(new Set(rows.map((row: { client_name: string }) => row.client_name)).size).toBe(1);
  });

  it('names tables and columns, and reads them with SQL', async () => {
    const tables = await told('schema', { database: 'race' });
    expect(tables.map(({ table }: { table: string }) => table)).toContain('lookups');
    const columns = await told('schema', { table: 'lookups', database: 'race' });
    expect(columns[0]).toMatchObject({ column: 'lookup_id', type: 'BIGINT' });
    expect(await told('sql', { statement: 'select count(*) as n from lookups;', database: 'race' })).toEqual([
      { n: 210 },
    ]);
  });

  it.each([
    ["copy (select 1) to '/tmp/x.csv'"],
    ["from read_text('/etc/passwd')"],
    ['select 1) limit 1; drop table lookups; select (1'],
    ['delete from lookups'],
  ])('does not run %s', async (statement) => {
    expect((await call('sql', { statement, database: 'race' })).isError).toBe(true);
  });

  it.each([
    ['ingest', { paths: ['/etc/passwd'] }, /may not be read/, 'not-permitted'],
    ['ingest', { paths: ['none.pcap'] }, /none\.pcap does not exist/, 'no-such-file'],
    // what does not fit the tool's form is the protocol's to refuse
    ['ingest', { paths: ['--force'] }, /must not begin with/, undefined],
    ['ingest', { paths: ['-'] }, /must not begin with/, undefined],
    ['diagnose', { database: 'other' }, /no evidence was read into "other" yet/, 'no-database'],
    ['diagnose', { database: '../x' }, /is letters, digits/, undefined],
    ['explain', { what: '--db=/x', database: 'race' }, /must not begin with/, undefined],
    ['explain', { what: 'conntrack-rase', database: 'race' }, /conntrack-rase/, 'not-in-evidence'],
    ['run_query', { query: 'race/halves', database: 'race' }, /There is no query/, 'unknown-query'],
    ['sql', { statement: "from read_text('/etc/passwd')", database: 'race' }, /disabled/, 'sql-refused'],
  ])('answers a mistake of %s %j in one sentence', async (name, given, sentence, code) => {
    const answer = await call(name, given);
    const { isError, texts } = answer;
    expect(isError).toBe(true);
    expect(answer.code).toBe(code);
    expect(texts.at(-1)).toBe(code === undefined ? texts[0] : `error code: ${code}`);
    expect(texts.join('')).toMatch(sentence);
    expect(texts.join('')).not.toMatch(/\n {4}at /);
  });

  it('gives the whole of an answer where it is asked for', async () => {
    const brief = await told('diagnose', { database: 'race' });
    const whole = await told('diagnose', { database: 'race', full: true });
    expect(brief['found'][0]).not.toHaveProperty('numbers');
    expect(whole['diagnosis/causes'][0]).toHaveProperty('numbers');
  });
});

describe('dnslens mcp --redact', () => {
  it('shows no name of the evidence', { timeout: 180_000 }, async () => {
    const { client, call } = await connected(join(INCIDENTS, 'race-loss-1'), '--redact');
    const answers = [await call('ingest', { paths: ['pod.pcap', 'cluster.json'] })];
    for (const name of ['diagnose', 'doctor']) answers.push(await call(name, { full: true }));
    answers.push(await call('sql', { statement: 'select client, name from lookups' }));
    const [before, after] = ['14:58:04..14:58:20', '14:58:20..14:58:41'];
    answers.push(await call('compare', { before, after, full: true }));
    await client.close();
    const all = JSON.stringify(answers);
    expect(all).toContain('conntrack-race');
    expect(JSON.stringify(answers.at(-1))).toContain('lookups');
    for (const secret of ['pod.pcap', 'race-loss', 'app-a', 'hooks.slack', '192.168.3.113'])
      expect(all).not.toContain(secret);
  });
});

describe('dnslens mcp --db FILE', () => {
  it('keeps what it reads there, and nothing else', { timeout: 180_000 }, async () => {
    const file = join(temporaryFolder(), 'kept.duckdb');
    const { client, call, told } = await connected(join(INCIDENTS, 'race-loss-1'), '--db', file);
    await call('ingest', { paths: ['Corefile'] });
    await call('ingest', { paths: ['Corefile'], database: 'other' });
    const { database } = await told('doctor', { database: 'other' });
    expect(existsSync(database.path)).toBe(true);
    await client.close();
    expect([existsSync(file), existsSync(database.path)]).toEqual([true, false]);
  });
});
