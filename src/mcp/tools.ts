import { z } from 'zod';
import { columnsSql, TABLES_SQL } from '../packs/tables-sql.js';
import { causesFirst } from './causes-first.js';
import { databaseName, full, narrowing, options, word } from './inputs.js';
import { type Tool, tool } from './tool.js';

/** Rows that a statement gives at most. */
const MOST_ROWS = 1000;

/** Everything that an agent may do; docs/mcp.md and `tools/list` are this table. */
export const TOOLS: readonly Tool[] = [
  tool({
    name: 'ingest',
    title: 'Read evidence',
    about:
      'Reads captures (pcap, pcapng), CoreDNS and NodeLocal logs, conntrack counters, kubectl objects, archives and folders of them into a database. What each file is, is told from its bytes. Paths lie in the folders that the user allowed. Do this first, then diagnose.',
    input: z.object({
      paths: z
        .array(word(4096))
        .min(1)
        .max(1000)
        .describe('files or folders, absolute or within an allowed folder'),
      label: word(100).optional().describe('the node or pod that these inputs were collected on'),
      database: databaseName,
    }),
    command: 'ingest',
    words: ({ paths, label }) => [...options({ label }), ...paths],
    adds: true,
  }),
  tool({
    name: 'diagnose',
    title: 'Say what is wrong',
    about:
      'The causes of slow and failing lookups that this evidence shows, each with a verdict (confirmed, likely, possible), lookups hurt, seconds lost, proof and change; which causes are ruled out, and which this evidence cannot tell. Start here; then explain a cause or its worst lookup.',
    input: z.object({ ...narrowing, database: databaseName, full }),
    command: 'report',
    words: (given) => ['diagnosis/overview', 'diagnosis/causes', ...narrowed(given)],
    first: causesFirst,
  }),
  tool({
    name: 'explain',
    title: 'Tell the story of a lookup, or why a cause has its verdict',
    about:
      'Of a cause such as conntrack-race: signs, numbers beside their limits, the rule that fired. Of a lookup (its id, q and a question id, a name, or "worst"): each query as seen on the wire, in logs and upstream, in time, and what it waited for.',
    input: z.object({
      what: word().describe('a cause, "worst", a lookup id, q and a question id, or a name'),
      client: narrowing.client,
      at: word(60).optional().describe('of the lookups of a name, the one nearest to this time'),
      database: databaseName,
      full,
    }),
    command: 'explain',
    words: ({ what, client, at }) => [what, ...options({ client, at })],
  }),
  tool({
    name: 'fix',
    title: 'Write the change for a cause',
    about:
      'The change that would mend a cause that was found, ready to apply (kubectl patch, Corefile diff, manifests, sysctls), what it would have brought on this evidence, and what it risks. It changes nothing.',
    input: z.object({ cause: word(100), database: databaseName, full }),
    command: 'fix',
    words: ({ cause }) => [cause],
  }),
  tool({
    name: 'what_if',
    title: 'Say what a change would have saved, and broken',
    about: 'Plays the recorded lookups again under a change. Several changes combine.',
    input: z.object({
      ndots: z.int().min(0).max(15).optional(),
      fqdn: z.array(word()).max(100).optional().describe('names to be asked for with a dot at their end'),
      nodelocal: z.boolean().optional().describe('a NodeLocal DNSCache on each node'),
      single_request: z.boolean().optional().describe('A and AAAA from two sockets'),
      autopath: z.boolean().optional().describe("CoreDNS's autopath"),
      ...narrowing,
      database: databaseName,
      full,
    }),
    command: 'what-if',
    words: ({ ndots, fqdn = [], nodelocal, single_request, autopath, ...given }) => [
      ...options({ ndots, nodelocal, 'single-request': single_request, autopath }),
      ...fqdn.map((name) => `--fqdn=${name}`),
      ...narrowed(given),
    ],
  }),
  tool({
    name: 'compare',
    title: 'Say what changed beyond chance',
    about:
      'Holds two databases against each other, or two times (FROM..TO) of one: lookups, seconds, queries per lookup, NXDOMAIN, losses, by cause, workload and name.',
    input: z.object({
      before: word(60).describe('a database by its name, or FROM..TO'),
      after: word(60).describe('the same for after'),
      of: databaseName.describe('the database that two times are of'),
      full,
    }),
    command: 'compare',
    words: ({ before, after, of }, databases) => {
      const isTime = (side: string) => side.includes('..');
      const sides = [before, after].map((side) => (isTime(side) ? side : databases(side)));
      return isTime(before) || isTime(after) ? [...sides, `--db=${databases(of)}`] : sides;
    },
  }),
  tool({
    name: 'list_queries',
    title: 'List the bundled queries, or describe one',
    about:
      'Ready-made questions in packs (search, race, timeouts, servers, upstream, cache, traffic, evidence, ...). With a name: its parameters, columns and SQL.',
    input: z.object({ query: word(100).optional(), full }),
    command: 'queries',
    words: ({ query }) => (query === undefined ? [] : [query]),
    first: titlesFirst,
  }),
  tool({
    name: 'run_query',
    title: 'Run a bundled query or a pack',
    about: 'Runs one of list_queries and gives its rows.',
    input: z.object({
      query: word(100).describe('a query such as search/storms, or a pack such as search'),
      params: z.record(z.string().regex(/^[a-z][a-z0-9_]{0,40}$/), z.string().max(300)).optional(),
      ...narrowing,
      database: databaseName,
      full,
    }),
    command: 'report',
    words: ({ query, params = {}, ...given }) => [
      query,
      ...Object.entries(params).map(([name, value]) => `--param=${name}=${value}`),
      ...narrowed(given),
    ],
  }),
  tool({
    name: 'sql',
    title: 'Ask in SQL, read-only',
    about: `One SELECT in DuckDB's SQL over the tables that schema lists; at most ${MOST_ROWS} rows. Nothing can be written, and no file or network is reached.`,
    input: z.object({ statement: z.string().min(1).max(20_000), database: databaseName, full }),
    command: 'sql',
    words: ({ statement }) => [`from (\n${statement.trimEnd().replace(/;$/, '')}\n) limit ${MOST_ROWS}`],
  }),
  tool({
    name: 'schema',
    title: 'List tables and columns',
    about: 'The tables of a database and what a row of each is; with a table, its columns and their types.',
    input: z.object({
      table: z
        .string()
        .regex(/^[a-z_]{1,60}$/)
        .optional(),
      database: databaseName,
      full,
    }),
    command: 'sql',
    words: ({ table }) => [table === undefined ? TABLES_SQL : columnsSql(table)],
  }),
  tool({
    name: 'doctor',
    title: 'Say what was read, and what this installation can do',
    about:
      'Versions, limits, the kinds of evidence that dnslens reads, and the sources of a database with their rows and problems.',
    input: z.object({ database: databaseName, full }),
    command: 'doctor',
    words: () => [],
    first: (told) => ({ ...(told as object), reads: undefined }),
  }),
];

function narrowed({
  since,
  until,
  client,
}: {
  since?: string | undefined;
  until?: string | undefined;
  client?: string | undefined;
}): string[] {
  return options({ since, until, client });
}

/** Of several queries their titles, of one all of it. */
function titlesFirst(told: unknown): unknown {
  if (!Array.isArray(told)) return told;
  return Object.fromEntries(
    (told as { query: string; title: string }[]).map(({ query, title }) => [query, title]),
  );
}
