// Writes docs/reference/, docs/errors.md, docs/problems.md and queries/models/columns.json from the code's own tables and front-matter: npm run docs. With --check it writes nothing and says what is stale.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import { ERRORS } from '../dist/base/error-codes.js';
import { PROBLEMS } from '../dist/base/problem-codes.js';
import { COMMANDS, commandOf } from '../dist/cli/grammar/commands.js';
import { flagsOf } from '../dist/cli/grammar/flags.js';
import { KINDS } from '../dist/ingest/kinds.js';
import { EXIT_CODES } from '../dist/cli/exit.js';
import { flagHelp, flagUsage } from '../dist/cli/grammar/flag.js';
import { loadCauseModels, loadCauses } from '../dist/causes/load.js';
import { judgedRules } from '../dist/causes/judge.js';
import { buildModels } from '../dist/build/build.js';
import { mainColumns as readColumns, Meanings } from '../dist/build/comments.js';
import { loadModels } from '../dist/models/load.js';
import { FUNCTIONS } from '../dist/packs/dialect/functions.js';
import { loadCatalog } from '../dist/packs/load.js';
import { Database } from '../dist/store/database.js';
import { TOOLS } from '../dist/mcp/tools.js';
import { RAW_TABLES } from '../dist/raw/tables/index.js';

const ROOT = join(import.meta.dirname, '..');
const PAGES = {
  'reference/tables.md': tables,
  'reference/queries.md': queries,
  'reference/dialect.md': dialect,
  'reference/causes.md': causes,
  'reference/commands.md': commands,
  'reference/forms.md': forms,
  'reference/tools.md': tools,
  'errors.md': errors,
  'problems.md': problems,
};
const COLUMNS = 'queries/models/columns.json';

const style = await resolveConfig(join(import.meta.dirname, 'any.md'), { editorconfig: false });
mkdirSync(join(import.meta.dirname, 'reference'), { recursive: true });
const mainColumns = await readMainColumns();
const stale = [];
for (const [name, page] of Object.entries(PAGES)) {
  const note = '<!-- Made by `npm run docs`; changes belong into the code that it is made from. -->';
  const text = await format(`${note}\n\n${await page()}`, { ...style, parser: 'markdown' });
  put(`docs/${name}`, text);
}
put(COLUMNS, await format(JSON.stringify(mainColumns), { ...style, parser: 'json' }));
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`stale: ${stale.join(', ')}; run: npm run docs`);
  process.exitCode = 1;
}

function put(name, text) {
  const path = join(ROOT, name);
  if (read(path) === text) return;
  stale.push(name);
  if (!process.argv.includes('--check')) writeFileSync(path, text);
}

function changeLine(change) {
  if (typeof change === 'string') return `- ${change}`;
  const { when, remedy, say } = change;
  const played = remedy === null ? null : `what-if's play of ${remedy} does not speak against it`;
  const held = [when === null ? null : `\`${when}\``, played].filter((part) => part !== null);
  return `- ${held.length > 0 ? `where ${held.join(' and ')}: ` : ''}${say.text}`;
}

function fixLine({ title, when, risk }) {
  return `- ${title}${when === null ? '' : `, where \`${when}\``}. Risk: ${risk}`;
}

/** Each table of main with its columns and their types, in order. */
async function readMainColumns() {
  const database = await Database.open(':memory:');
  await buildModels(database);
  const columns = await readColumns(database);
  database.close();
  const found = {};
  for (const { table, column, type } of columns) (found[table] ??= {})[column] = type;
  return found;
}

function tables() {
  const meanings = new Meanings();
  const main = [...loadModels().filter((model) => model.schema === 'main'), ...loadCauseModels().main];
  return [
    '# Tables',
    'Times are UTC, durations seconds. `dnslens sql` reads them all; `main` is what queries rest on. What tables and columns of `main` mean stands in the database too, as comments.',
    '## main',
    ...main.toSorted(byName).flatMap(({ name, description, key }) => [
      `### ${name}`,
      sentence(description),
      ...(key === null ? [] : [`Rows differ in ${key.map(code).join(', ')}.`]),
      table(
        ['column', 'type', 'meaning'],
        Object.entries(mainColumns[name]).map(([column, type]) => [
          code(column),
          shortType(type),
          meanings.column({ table: name, column, type }),
        ]),
      ),
    ]),
    '## raw',
    'What was seen, as the readers wrote it. Names, addresses and other texts are ids into `raw.names`, `raw.addresses` and `raw.texts`.',
    ...RAW_TABLES.flatMap(({ name, grain, columns: declared }) => [
      `### raw.${name}`,
      grain,
      table(
        ['column', 'type', 'meaning'],
        Object.entries(declared).map(([column, { type, about }]) => [code(column), type, about]),
      ),
    ]),
  ].join('\n\n');
}

function queries() {
  const parts = [
    '# Queries',
    '`dnslens report QUERY` runs one, `dnslens report PACK` a pack, `dnslens queries QUERY` shows its SQL.',
  ];
  let pack = '';
  for (const query of loadCatalog().queries) {
    if (query.pack !== pack) parts.push(`## ${(pack = query.pack)}`);
    const { id, title, description, kind, severity, requires, params, columns } = query;
    const facts = [`Kind: ${kind}${severity ? `, severity ${severity}` : ''}.`];
    if (requires.length > 0) facts.push(`Needs rows in ${requires.map(code).join(', ')}.`);
    parts.push(`### ${id}`, `${title}. ${sentence(description)}`, facts.join(' '));
    if (Object.keys(params).length > 0) {
      const rows = Object.entries(params).map(([name, param]) => [
        code(name),
        param.type,
        param.default ?? 'not given',
        param.description,
      ]);
      parts.push(table(['parameter', 'type', 'default', 'meaning'], rows));
    }
    const rows = Object.entries(columns).map(([name, about]) => [code(name), about]);
    if (rows.length > 0) parts.push(table(['column', 'meaning'], rows));
  }
  return parts.join('\n\n');
}

/** What packs may use, and what Trino is sent in its place. */
function dialect() {
  const cell = (text) => text.replaceAll('|', '\\|');
  const rows = Object.entries(FUNCTIONS).map(([name, { example, trino, about }]) => {
    const sent = trino ? 'another form' : 'the same';
    return `| \`${name}\` | \`${cell(example)}\` | ${sent} | ${cell(about ?? '')} |`;
  });
  return [
    '# The SQL of packs',
    'A query of a pack is one text that DuckDB and Trino both run, for the same rows. What it may use is here; a test refuses the rest in bundled queries, and `dnslens report --engine` warns of it in your own.',
    '## What differs, and is taken care of',
    [
      '| in the text | Trino is sent |',
      '| --- | --- |',
      '| `$name::type` | the value as a typed literal; a plain number after LIMIT |',
      '| `a / b` | `a * 1e0 / b`: whole numbers give fractions, and zero gives infinity; nullif(b, 0) gives null |',
      '| `timestamp_ns`, `timestamp` | `timestamp(9)`, `timestamp(6)` |',
      '| `cast(x as decimal(p, s))` | rounded as DuckDB does, from what the binary number is |',
      '| `main.lookups` | `lookups` |',
    ].join('\n'),
    '## Functions',
    ['| function | example | Trino is sent | |', '| --- | --- | --- | --- |', ...rows].join('\n'),
    '## What a writer must see to',
    [
      '- Types of a cast: varchar, bigint, integer, double, boolean, timestamp, timestamp_ns, decimal(p, s). No cast by `::` but of parameters.',
      '- Texts of times and of doubles differ (`0.1`, `1.0E-1`): cast a double to a decimal first, and leave times to the report.',
      "- Intervals are like `interval '10' second`, exact to milliseconds; `plus_seconds` is exact to the nanosecond.",
      '- `cast(x as bigint)` rounds halves apart: `cast(round(x) as bigint)`.',
      '- A list is `array[...]`, its item `element_at(list, 1)`; no struct literals, lambdas or list comprehensions.',
      '- GROUP BY and WHERE name columns of the input, not of the select list. Columns of an alias have AS: `unnest(list) as u(item)`.',
      '- No QUALIFY, ASOF, SEMI or ANTI joins, GROUP BY ALL, SELECT * EXCLUDE, FROM before SELECT.',
      '- Names hold `_`, which LIKE takes for any character: compare by `starts_with` and `ends_with`.',
      '- ORDER BY is total, so that the same rows come in the same order.',
    ].join('\n'),
  ].join('\n\n');
}

function causes() {
  const known = loadCauses();
  return [
    '# Causes',
    'Each known cause, how it is judged, and what to do. [verdicts.md](../verdicts.md) says what the verdicts mean; `dnslens explain CAUSE` shows the numbers and the rules on your evidence. They stand in the order in which an attempt that shows several of them is blamed.',
    'The first rule whose condition holds gives the verdict. `blamed` is the number of slow or failed lookups that are blamed on the cause: while it is over 0 nothing rules the cause out.',
    ...known.flatMap((cause) => [
      `## ${cause.id}`,
      `${cause.title} (a ${cause.kind}). ${sentence(cause.description)}`,
      table(
        ['rule', 'verdict', 'condition'],
        judgedRules(cause).map(({ name, verdict, condition }) => [
          name,
          verdict.replace('_', ' '),
          code(condition),
        ]),
      ),
      ...(Object.keys(cause.params).length > 0
        ? [
            table(
              ['limit', 'value', 'meaning', 'from'],
              Object.entries(cause.params).map(([name, one]) => [
                code(`$${name}`),
                `${one.default} ${one.unit}`,
                one.description,
                one.source,
              ]),
            ),
          ]
        : []),
      ...(cause.roots.length > 0
        ? [
            `May be a consequence of ${cause.roots.map(({ cause: id, when }) => (when === null ? id : `${id} (where ${code(when)})`)).join(', ')}.`,
          ]
        : []),
      `What to change:\n\n${cause.change.map(changeLine).join('\n')}`,
      ...(cause.fix.length > 0
        ? [`\`dnslens fix ${cause.id}\` writes out:\n\n${cause.fix.map(fixLine).join('\n')}`]
        : []),
      `What to collect:\n\n\`\`\`sh\n${cause.collect.join('\n')}\n\`\`\``,
    ]),
  ].join('\n\n');
}

function commands() {
  return [
    '# Commands',
    ...Object.keys(COMMANDS).flatMap((name) => {
      const { summary, about, operand, examples } = commandOf(name);
      const own = flagsOf(name).filter((flag) => flag.commands !== 'all');
      return [
        `## dnslens ${name}`,
        `\`\`\`sh\ndnslens ${name} ${operand?.usage ?? ''}`.trimEnd() + '\n```',
        [`${capital(summary)}.`, ...about].join('\n\n'),
        ...(own.length > 0 ? [flagTable(own)] : []),
        `\`\`\`sh\n${examples.map(([line, what]) => `${line}   # ${what}`).join('\n')}\n\`\`\``,
      ];
    }),
    '## Options of every command',
    flagTable(flagsOf(null).filter((flag) => flag.commands === 'all')),
    '## Exit codes',
    table(['code', 'meaning'], EXIT_CODES),
  ].join('\n\n');
}

/** Every kind of error that ends a command. */
function errors() {
  const sample = { error: { code: 'no-database', message: 'There is no database dnslens.duckdb yet; ...' } };
  return [
    '# Errors',
    'A command that cannot do what it is asked to ends with exit code 2 and a sentence on standard error. Each such sentence is of a kind that has a code: sentences change, codes stay, so scripts and assistants act on codes.',
    `With \`--json\` (or \`--format json\`) the last line on standard error is an object in the place of the sentence, and standard output has none of it; \`DNSLENS_ERRORS=json\` has every command do so, those too that print no JSON. Notices stay lines of text before it; \`--quiet\` leaves them out. [schema/error.schema.json](schema/error.schema.json) describes it:`,
    `    ${JSON.stringify(sample)}`,
    "Where several inputs give nothing, each has a line of its own, and the others are read. `dnslens mcp` gives the same object as the structured content of a tool's error. Only what keeps dnslens from starting (a Node that is too old) is said in words alone. What could be read only in part is no error: [problems.md](problems.md).",
    ...Object.entries(ERRORS).flatMap(([group, kinds]) => [
      `## ${group}`,
      table(
        ['code', 'what it means', 'what to do'],
        Object.entries(kinds).map(([name, { means, todo }]) => [code(name), means, todo]),
      ),
    ]),
  ].join('\n\n');
}

/** Every kind of what could not be read; codes that mean the same share a row. */
function problems() {
  return [
    '# Problems',
    'What could not be read is a row in `problems`: the input, where it stands (frame, line or byte of the first one), a code, a sentence, and how often. The rest of the input was read. `dnslens report evidence/problems` lists them.',
    ...Object.entries(PROBLEMS).flatMap(([group, meanings]) => {
      const rows = [...new Set(Object.values(meanings))].map((means) => {
        const names = Object.keys(meanings).filter((name) => meanings[name] === means);
        return [names.map(code).join(', '), means];
      });
      return [`## ${group}`, table(['code', 'what it means'], rows)];
    }),
  ].join('\n\n');
}

/** Every kind of evidence, with a line of it. */
function forms() {
  const named = KINDS.map(({ kind, title, about }) => [
    code(kind),
    title,
    code(about.sample.trim()),
    about.gives,
    about.proves,
    about.from,
  ]);
  return [
    '# What is read',
    'What an input is, is told from its bytes, whatever its name. A text may hold several kinds one after the other, with prompts, quotes and dates between: each part is read as its kind.',
    table(['kind', 'what', 'a line of it', 'gives', 'can prove', 'from'], named),
    'Counters are judged by what they rose between two readings with times (`while sleep 5; do date; COMMAND; done`). One reading says what came since boot or start: that makes no cause more than possible.',
  ].join('\n\n');
}

function flagTable(flags) {
  return table(
    ['option', 'meaning'],
    flags.map((flag) => [code(flagUsage(flag).trim()), flagHelp(flag)]),
  );
}

function table(head, rows) {
  const line = (cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A list or struct of many fields is named by its first ones. */
function shortType(type) {
  return type.length <= 60 ? type : `${type.slice(0, 57)}...`;
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function code(text) {
  return `\`${text}\``;
}

function sentence(text) {
  return text.trim().replaceAll(/\s+/g, ' ').replaceAll('<', '\\<');
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}

function byName(a, b) {
  return a.name < b.name ? -1 : 1;
}

function tools() {
  return [
    '# Tools of `dnslens mcp`',
    'Each is a command of dnslens with its JSON; docs/schema/ has the forms of those.',
    ...TOOLS.map(({ name, title, about, input, command }) => {
      const { properties, required } = z.toJSONSchema(input);
      const rows = Object.entries(properties).map(
        ([key, { type, description = '', default: preset, items }]) => {
          const kind = items === undefined ? type : `${type} of ${items.type}`;
          const may = required?.includes(key) && preset === undefined ? '' : 'may be left out; ';
          return `| \`${key}\` | ${kind} | ${may}${description} |`;
        },
      );
      return `## ${name}: ${title}\n\n${about} The command: \`dnslens ${command}\`.\n\n| takes | as | |\n| --- | --- | --- |\n${rows.join('\n')}`;
    }),
  ].join('\n\n');
}
