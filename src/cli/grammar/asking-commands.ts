import type { Command } from './command.js';

/** Commands that say what a database shows. */
export const ASKING_COMMANDS = {
  report: {
    summary: 'say what is wrong, or run bundled queries',
    about: [
      'Without a name it says what the evidence shows. With names it runs those queries or packs; a pack is a folder of queries.',
    ],
    operand: { usage: '[QUERY|PACK]...', least: 0, most: Infinity, completes: 'query' },
    examples: [
      ['dnslens report', 'what the evidence shows, and where to look next'],
      ['dnslens report search', 'every query of a pack'],
      ['dnslens report search/storms --csv -o storms.csv', 'one query into a spreadsheet'],
      ['dnslens report race --since 10m --client 10.0.1.7', 'the last ten minutes of one client'],
      ['dnslens report --fail-on likely', 'exit with 1 when something is found'],
    ],
  },
  explain: {
    summary: "tell one lookup's life, packet by packet, or why a cause has its verdict",
    about: [
      'Of a cause, such as conntrack-race, it shows the signs, the numbers beside their limits, the rule that fired and those before it that did not hold.',
      'A number is a lookup_id, q and a number a question_id, as the reports print them. Of the lookups of a name it takes the slowest; a dot at the end makes any word a name.',
      'Shows the names tried, each query with every copy seen on the wire, what its server asked upstream meanwhile, log lines, answers and silences, the conntrack counters beside it, and what it is blamed on and why. Times count from its start.',
    ],
    operand: { usage: 'worst|LOOKUP|QUESTION|NAME|CAUSE', least: 1, most: 1, completes: 'cause' },
    examples: [
      ['dnslens explain worst', 'the lookup that took longest'],
      ['dnslens explain google.com', 'the slowest lookup of a name'],
      ['dnslens explain google.com --at 2026-01-02T03:04:05Z --client web-1', 'the one nearest to a time'],
      ['dnslens explain 791', 'a lookup by its id'],
      ['dnslens explain q1203 --json', 'one question, for a program'],
      ['dnslens explain worst --pcap worst.pcapng', 'its packets too, for Wireshark'],
      ['dnslens explain conntrack-race', 'why that cause has its verdict'],
    ],
  },
  fix: {
    summary: "write out a cause's change, ready to apply",
    about: [
      'For a cause that was found it prints what would mend it as this evidence has it: kubectl patch for the workloads that were hit, the lines of the Corefile as a diff of the one read, NodeLocal with the addresses of this cluster, sysctls; what that would have brought, what it risks, and the commands that show afterwards whether it worked. It changes nothing itself.',
      'All but the commands stands behind #. Words in capitals are to be filled in, as this evidence does not tell them, or has something for them that is no plain name. A change that what-if finds to break lookups is not printed. Of a cause that was not found, or follows from another, there is nothing to apply.',
    ],
    operand: { usage: 'CAUSE', least: 1, most: 1, completes: 'cause' },
    examples: [
      ['dnslens fix search-amplification', 'ndots that breaks nothing, for the workloads that walk'],
      ['dnslens fix conntrack-race --db incident.duckdb', 'of another database'],
      ['dnslens fix upstream-silent --json', 'for a program'],
    ],
  },
  'what-if': {
    summary: 'say what a change would have saved, and broken',
    about: [
      'Plays the recorded lookups again under a change: queries and seconds before and after, in all and by client, and the lookups that would fail or send more queries. Several changes combine. CSV has the clients.',
      'What nobody asked in this evidence is taken not to exist. A lookup that its first suffix answered is taken to have asked for the short name. Clients that ask a NodeLocal DNSCache already keep it as it is.',
    ],
    operand: null,
    examples: [
      ['dnslens what-if --ndots 1', 'fewer walks, and what depends on them'],
      ['dnslens what-if --fqdn api.example.com --fqdn db.example.com', 'a dot at the end of two names'],
      ['dnslens what-if --nodelocal --max-ttl 60', 'a cache on each node'],
      ['dnslens what-if --single-request --client web-1', 'without the race, for one pod'],
    ],
  },
  compare: {
    summary: 'say what changed beyond chance between two databases, or two times of one',
    about: [
      'Each of BEFORE and AFTER is a database (or the folder of a lake), or a time FROM..TO of the database that --db names: 15:00..15:10 on the day of its evidence, 2026-01-02T03:04:05Z.. to its end. In all, by cause, by workload and by name it holds slow and failed lookups, seconds lost, the median and p99, queries per lookup, NXDOMAIN, queries without an answer, what was answered on the node and the conntrack counters against each other.',
      'A change counts where chance hardly gives one as large: both sides are cut into stretches of time, which are shuffled between the sides (a permutation test, so that a burst counts once); each name is held against itself, so that other names asked are no change; the p of all tests of a table together is 0.01 at most; small changes, such as 10 % of the queries per lookup, are none. Where no result could have been sure it says "too few to tell".',
      'A cause is gone only where AFTER was judged to be without it (ruled out) and had lookups enough of the same names to show it; else it is "not seen". Verdicts are of a whole database, so that two times of one compare the lookups blamed on each cause alone. CSV and JSON have every row.',
    ],
    operand: { usage: 'BEFORE AFTER', least: 2, most: 2, completes: 'file' },
    examples: [
      ['dnslens compare before.duckdb after.duckdb', 'did the change help'],
      ['dnslens compare --db incident.duckdb 15:00..15:10 15:20..15:30', 'two times of one database'],
      ['dnslens compare before.duckdb after.duckdb --format markdown', 'for the postmortem'],
    ],
  },
  queries: {
    summary: 'list the queries, or describe one',
    about: [
      'Lists what `report` can run. With a name it says what a query needs, takes and gives, and its SQL.',
    ],
    operand: { usage: '[QUERY|PACK]', least: 0, most: 1, completes: 'query' },
    examples: [
      ['dnslens queries', 'all of them, by pack'],
      ['dnslens queries search/storms', 'one: what it needs and gives, and its SQL'],
      ['dnslens queries --queries ./mine', 'with those of a folder of your own'],
      ['dnslens queries search/storms --engine trino', 'its SQL for Trino and Athena'],
    ],
  },
  sql: {
    summary: 'ask the database in SQL, read-only',
    about: [
      "Runs statements of DuckDB's SQL. Nothing can be written, and no file or network is reached. Without a statement it is a prompt on a terminal, and reads statements from standard input elsewhere.",
    ],
    operand: { usage: '[STATEMENT]', least: 0, most: 1, completes: 'none' },
    examples: [
      ['dnslens sql "select client, count(*) from lookups group by client"', 'one statement'],
      ['dnslens sql "from problems" --json', 'as a JSON array of objects'],
      ['dnslens sql', 'a prompt with history and completion'],
      ['dnslens sql < statements.sql', 'statements from a file'],
    ],
  },
  export: {
    summary: 'write reports and a page into a folder',
    about: [
      'Without --csv, --html or --markdown it writes CSV files and the page. Of CSV: a file a query, in a folder a pack. The page is index.html; report.md is for a ticket. manifest.json lists every file, those of queries with columns, rows and SQL.',
    ],
    operand: { usage: '[QUERY|PACK]...', least: 0, most: Infinity, completes: 'query' },
    examples: [
      ['dnslens export --out postmortem/', 'the page, and every query as CSV'],
      ['dnslens export --html --out postmortem/', 'the page only'],
      ['dnslens export search race --out postmortem/', 'two packs'],
      ['dnslens export --parquet lake/ --node node-7', 'every table, into a lake of many nodes'],
    ],
  },
} as const satisfies Record<string, Command>;
