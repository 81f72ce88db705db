import { SHELLS } from './completion/shells.js';
import type { Command } from './command.js';

/** Every command; parsing, help, completions and the manual page are made from this table. */
export const COMMANDS = {
  collect: {
    summary: 'gather the evidence from a cluster, with your kubectl',
    about: [
      'Finds the DNS service, its pods and nodes, and gathers at the same time: packets and counters on the nodes, logs and metrics of the servers, their configuration, services, endpoints, nodes, pods and resolv.conf. Without --pod, --workload or --node it takes the servers and as many nodes as it may. Of pods it keeps addresses, owners and resolver settings: never env, args or secrets.',
      'It shows each command and asks once. On each node it makes a pod with the rights to capture, or uses one that is there (--through), and takes away all that it made at the end, however it ends; Ctrl-C ends the gathering with what is there. What may not be done costs that evidence and a sentence; manifest.json in the folder says what was gathered, by which command, what failed, and how far each clock is off.',
      '--dry-run prints all of it as a script for someone who has the rights. docs/collect.md has the rights that each part needs, and what leaves the cluster.',
    ],
    operand: null,
    examples: [
      ['dnslens collect --workload shop/app-a --for 60s --report', 'from nothing to the diagnosis'],
      ['dnslens collect --yes --out evidence/', 'without a question, into a folder'],
      [
        'dnslens collect --pod shop/app-a-x7k2p --in-pod --enable-log',
        "from inside a pod too, with each query in the servers' log",
      ],
      ['dnslens collect --aws --archive', "with the VPC's zones, as one file for a colleague"],
      ['dnslens collect --dry-run > collect.sh', 'a script that does the same'],
    ],
    load: async () => (await import('./collect.js')).collect,
  },
  diagnose: {
    summary: 'read evidence and say what is wrong, in one; the word may be left out before a path',
    about: [
      'Reads files, folders and archives (tar, zip; compressed too) into a database of their own in the cache folder, or the one of --db, and prints the report. The same evidence again is not read again; evidence that has changed is.',
    ],
    operand: { usage: 'EVIDENCE...', least: 1, most: Infinity, completes: 'file' },
    examples: [
      ['dnslens evidence/', 'a folder'],
      ['dnslens evidence.tgz --json', "a colleague's archive, for a program"],
      ['dnslens diagnose capture.pcap coredns.log', 'some files'],
    ],
    load: async () => (await import('./diagnose.js')).diagnose,
  },
  ingest: {
    summary: 'read evidence into the database',
    about: [
      'Reads captures, logs, conntrack counters and configuration; what each input is, is told from its bytes. An input that is already there is skipped. An interrupted run is finished by running it again.',
    ],
    operand: { usage: 'PATH...', least: 1, most: Infinity, completes: 'file' },
    examples: [
      ['dnslens ingest capture.pcap coredns-*.log conntrack.log', 'some files'],
      ['dnslens ingest evidence/', 'all files of a folder'],
      ['kubectl logs -n kube-system -l k8s-app=kube-dns --tail=-1 | dnslens ingest -', 'standard input'],
      ['dnslens ingest node-7.pcap --label node-7', 'say which node it comes from'],
    ],
    load: async () => (await import('./ingest.js')).ingest,
  },
  watch: {
    summary: 'look at live traffic, or files that grow: rates, and verdicts of the last minutes',
    about: [
      'Takes a tcpdump that it starts (-i), a stream on standard input (-), or captures, logs and counters that are being written, which it follows over rotations as tail -F does. Each second it counts queries, answers, NXDOMAIN, retries and open lookups; every few seconds it judges the last minutes as report does, on a quarter of a core.',
      'On a terminal it is a screen: p pauses it, / narrows it to a client or a name, o tells the story of a lookup, w writes the evidence that is kept into a folder with a database and a page, q ends it. Elsewhere it prints a line for each verdict that changed, with --json an object. docs/watch.md has what it costs.',
    ],
    operand: { usage: '[FILE...|-]', least: 0, most: Infinity, completes: 'file' },
    examples: [
      ['dnslens watch -i any', 'this machine'],
      [
        "kubectl exec POD -- tcpdump -i any -U -w - 'port 53' | dnslens watch -",
        'a pod, or a node by kubectl debug',
      ],
      ['dnslens watch coredns.log conntrack.log node.pcap', 'files that are being written'],
      ['dnslens watch -i any --json | jq -r .summary', 'for a program'],
    ],
    load: async () => (await import('./watch.js')).watch,
  },
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
    load: async () => (await import('./report.js')).report,
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
      ['dnslens explain conntrack-race', 'why that cause has its verdict'],
    ],
    load: async () => (await import('./explain.js')).explain,
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
    load: async () => (await import('./fix.js')).fix,
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
      ['dnslens what-if --single-request --client web-1', 'without lost twins, for one pod'],
    ],
    load: async () => (await import('./what-if.js')).whatIf,
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
    load: async () => (await import('./compare.js')).compare,
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
    load: async () => (await import('./queries.js')).queries,
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
    load: async () => (await import('./sql.js')).sql,
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
    load: async () => (await import('./export.js')).exportReports,
  },
  lake: {
    summary: 'put a lake of Parquet into an engine',
    about: [
      '`ddl` prints the statements that make the tables of a lake, which `export --parquet` writes, in Trino, Athena or DuckDB. `views` prints those that put all tables of DuckDB over a folder, and with --db writes them into a file. Reports read a lake too: --db DIR.',
    ],
    operand: { usage: 'ddl|views [DIR]', least: 1, most: 2, completes: 'none' },
    examples: [
      ['dnslens lake ddl --engine trino --location s3://bucket/lake', 'for Trino'],
      ['dnslens lake views lake/ | duckdb -init /dev/stdin', "for DuckDB's own shell"],
      ['dnslens lake views lake/ --db lake.duckdb', 'the same, in a file'],
      ['dnslens report --db lake/', 'the diagnosis of a whole lake'],
    ],
    load: async () => (await import('./lake.js')).lake,
  },
  forget: {
    summary: 'take a source out of the database',
    about: [
      'Deletes every row that one input gave, and builds the models of what is left. SOURCE is its number, its path, the name of its file or its label, as `dnslens sql "from sources"` shows them; where several fit, it lists them and takes none.',
    ],
    operand: { usage: 'SOURCE', least: 1, most: 1, completes: 'none' },
    examples: [
      ['dnslens forget 3', 'the source with this number'],
      ['dnslens forget wrong-cluster.pcap', 'by its path, or the name of its file'],
    ],
    load: async () => (await import('./forget.js')).forget,
  },
  rebuild: {
    summary: 'build the models in the database again',
    about: [
      'Reports never change the database: where its models are of another version, or an ingest was interrupted, they build them in a temporary copy each time. This builds them in the file itself, once.',
    ],
    operand: null,
    examples: [
      ['dnslens rebuild --db colleague.duckdb', 'after an update of dnslens, or of a file from someone else'],
    ],
    load: async () => (await import('./rebuild.js')).rebuild,
  },
  doctor: {
    summary: 'say what this installation can do',
    about: ['Prints versions, limits, the kinds of evidence that it reads, and what the database holds.'],
    operand: null,
    examples: [['dnslens doctor', 'paste this into a bug report']],
    load: async () => (await import('./doctor.js')).doctor,
  },
  mcp: {
    summary: 'serve all of this to an assistant (Model Context Protocol)',
    about: [
      'Speaks the Model Context Protocol on standard input and output: an assistant reads evidence, asks for the diagnosis, explains lookups and causes, plays changes, compares, and runs bundled queries and SQL, as the commands of these names do. It never changes evidence or a cluster.',
      'Evidence is read from the folders that are named here, and from nowhere else; without one, only --db can be asked. Without --db databases are gone when the server ends. With --redact every answer has pseudonyms, and what cannot have them is not offered. DNSLENS_MEMORY_LIMIT bounds each question. docs/mcp.md has the tools and a transcript.',
    ],
    operand: { usage: '[DIR]...', least: 0, most: Infinity, completes: 'file' },
    examples: [
      ['dnslens mcp evidence/', 'as the command of a server in an assistant, with what it may read'],
      ['dnslens mcp --db incident.duckdb --redact', 'one database, under pseudonyms'],
    ],
    load: async () => (await import('./mcp.js')).mcp,
  },
  completions: {
    summary: "print a shell's completion script",
    about: [],
    operand: { usage: SHELLS.join('|'), least: 1, most: 1, completes: 'shell' },
    examples: [
      ['source <(dnslens completions bash)', 'bash, in ~/.bashrc'],
      ['dnslens completions zsh > "${fpath[1]}/_dnslens"', 'zsh'],
      ['dnslens completions fish > ~/.config/fish/completions/dnslens.fish', 'fish'],
    ],
    load: async () => (await import('./completions.js')).completions,
  },
  man: {
    summary: 'print the manual page',
    about: [],
    operand: null,
    examples: [
      ['dnslens man | man -l -', 'read it'],
      ['dnslens man > ~/.local/share/man/man1/dnslens.1', 'install it'],
    ],
    load: async () => (await import('./man.js')).man,
  },
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

/** A command's declaration with its literal types widened. */
export function commandOf(name: CommandName): Command {
  return COMMANDS[name];
}
