/** Where statements reach to. */
interface Places {
  /** A file that may not be read. */
  secret: string;
  /** What may not be written, without an ending. */
  bait: string;
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Statements of every kind that reach outside; each is put into names, texts and bodies. */
const REACHING: Readonly<Record<string, (at: Places) => string>> = {
  copy: (at) => `copy (select 1) to '${at.bait}.csv'`,
  attach: (at) => `attach '${at.bait}.duckdb'`,
  export: (at) => `export database '${at.bait}'`,
  install: () => 'install httpfs',
  load: (at) => `load '${at.bait}.duckdb_extension'`,
  pragma: () => 'pragma enable_profiling',
  set: () => 'set enable_external_access = true',
  create: (at) => `create table main.x as from read_text('${at.secret}')`,
  detach: () => 'detach dnslens',
  drop: () => 'drop schema raw cascade',
};

type Hostile = readonly [what: string, statements: (at: Places) => string[]];

/** Models of another version, which are built again. */
export const STALE = 'update raw.meta set models_fingerprint = null';
/** What gives the content of the file that may not be read. */
export const reads = (at: Places) => `from read_text('${at.secret}')`;

/** Files that somebody prepared, each with something that no dnslens puts into one. */
export const HOSTILE: readonly Hostile[] = [
  ...Object.entries(REACHING).flatMap(([kind, statement]): Hostile[] => [
    [
      `a table of main whose name ends in ${kind}`,
      (at) => [`create table main.${quoted(`a""b"; ${statement(at)}; select 1 as "y`)} (a int)`],
    ],
    [
      `a stale database with a schema named ${kind}`,
      (at) => [`create schema ${quoted(`x"; ${statement(at)}; --`)}`, STALE],
    ],
    [
      `a table of raw with a column named ${kind}`,
      (at) => [`alter table raw.names add column ${quoted(`x", (${statement(at)}) as "y`)} varchar`],
    ],
  ]),
  ['a view in raw', (at) => [`create view raw.secrets as ${reads(at)}`]],
  [
    'a view in the place of a raw table',
    (at) => [
      'alter table raw.sources rename to kept',
      `create view raw.sources as select k.* replace (t.content as path) from raw.kept as k, read_text('${at.secret}') as t`,
    ],
  ],
  [
    'a view in the place of raw.meta',
    (at) => [
      'alter table raw.meta rename to kept',
      `create view raw.meta as select k.* from raw.kept as k, read_text('${at.secret}')`,
    ],
  ],
  [
    'a view under a name of ours',
    (at) => [
      'drop view main.sources',
      `create view main.sources as select 1 as source_id, content as path, 'log' as kind, 1 as rows, 0 as problems ${reads(at)}`,
    ],
  ],
  [
    'a macro under a name of DuckDB',
    (at) => [`create macro main.count(x) as (select length(content) ${reads(at)})`],
  ],
  ['a macro of tables', (at) => [`create macro main.read_parquet(x) as table ${reads(at)}`]],
  [
    'a computed column',
    () => ['drop view main.lookups', "create table main.lookups (lookup_id int, name varchar as (md5('x')))"],
  ],
  [
    'a computed column, of another version',
    () => ["create table main.lookups2 (lookup_id int, name varchar as (md5('x')))", STALE],
  ],
  ['a default', () => ["alter table raw.names alter column name set default (md5('x'))"]],
  [
    'a check',
    () => [
      'alter table raw.frames rename to kept',
      "create table raw.frames (source_id uinteger not null check (md5(kind) <> ''), kind varchar not null, count bigint not null)",
      'drop table raw.kept',
    ],
  ],
  ['a type', () => ["create type main.mood as enum ('a', 'b')"]],
  ['a sequence', () => ['create sequence main.numbers']],
  ['an index', () => ['create index i on raw.names (name)']],
  ['another type of a column', () => ['alter table raw.names alter column name_id type varchar']],
  ['a column less', () => ['alter table raw.sources drop column label']],
  ['a table less', () => ['drop table raw.texts']],
  ['a schema of its own', (at) => ['create schema other', `create view other.v as ${reads(at)}`]],
];
