import { TableAppender } from '../store/appender.js';
import { Batch } from '../raw/batch.js';
import { type Column, column, type Columns, type Holds, type Table, table } from '../raw/column.js';
import { type Database, ORIGIN } from '../store/database.js';
import { identifier, textLiteral } from '../base/sql-text.js';
import { RAW_TABLES } from '../raw/tables/index.js';
import { texts } from '../raw/tables/ledger.js';
import type { Pseudonyms } from './pseudonyms.js';

/** Texts made into pseudonyms at a time. */
const STEP = 20_000;

/** The pseudonym of each text, by the column that it stands in and by what else it depends on. */
const shown = table('pseudonyms', 'One row per text of a column.', {
  place: column('VARCHAR', 'table.column', 'own-words'),
  context: column('VARCHAR', 'type of a record, else empty', 'own-words'),
  was: column('VARCHAR', 'the text', 'own-words'),
  shown: column('VARCHAR', 'its pseudonym', 'own-words'),
});

type Redacted = Exclude<Holds, 'own-words' | 'dictionary'>;
interface Place {
  table: Table;
  column: string;
  holds: Redacted;
}

/** Where texts and their pseudonyms stand side by side: a database in memory. */
const MEMORY = 'vocabulary';
const PSEUDONYMS = `${MEMORY}.main.${shown.name}`;

/**
 * Fills the empty raw tables of `copy` with the rows of its origin, every text and port of which is
 * replaced as its column's declaration says. The ids of names and addresses stay, and so does the order of rows.
 */
export async function copyRedacted(copy: Database, pseudonyms: Pseudonyms): Promise<void> {
  await copy.run(`attach ':memory:' as ${MEMORY}`);
  await copy.run('set preserve_insertion_order = true');
  await copyPorts(copy, pseudonyms);
  await copyTexts(copy, pseudonyms);
  for (const raw of RAW_TABLES) if (raw !== texts) await copyTable(copy, raw, pseudonyms);
  for (const made of ['text_uses', 'ports']) await copy.run(`drop table temp.${made}`);
  await copy.run('set preserve_insertion_order = false');
  await copy.run(`detach ${MEMORY}`);
}

async function copyPorts(copy: Database, { ports }: Pseudonyms): Promise<void> {
  const images = `[${ports.of.join(', ')}]`;
  await copy.run(
    `create temp table ports as select (generate_subscripts(images, 1) - 1)::USMALLINT as port, unnest(images)::USMALLINT as shown
     from (select ${images} as images)`,
  );
}

/** Gives each text an id for every column that has it: `temp.text_uses`. */
async function copyTexts(copy: Database, pseudonyms: Pseudonyms): Promise<void> {
  await copy.run(
    'create temp table text_uses (place VARCHAR, context VARCHAR, was_id UINTEGER, text_id UINTEGER)',
  );
  for (const place of places((column) => column.type === 'UINTEGER')) {
    await copy.run(
      `insert into text_uses select ${textLiteral(nameOf(place))}, context, id,
         (row_number() over (order by id, context) + (select coalesce(max(text_id), 0) from
           (select text_id from text_uses union all select text_id from ${ORIGIN}.raw.texts)))::UINTEGER
       from (select distinct ${contextOf(place)} as context, t.${identifier(place.column)} as id from ${ORIGIN}.raw.${identifier(place.table.name)} as t)
       where id <> 0`,
    );
    const source = `select u.context, x.text as was from text_uses as u inner join ${ORIGIN}.raw.texts as x on x.text_id = u.was_id
      where u.place = ${textLiteral(nameOf(place))}`;
    await makeShown(copy, [{ place, source }], pseudonyms);
    await copy.run(
      `insert into raw.texts select u.text_id, p.shown
       from text_uses as u
       inner join ${ORIGIN}.raw.texts as x on x.text_id = u.was_id
       inner join ${PSEUDONYMS} as p on p.context = u.context and p.was = x.text
       where u.place = ${textLiteral(nameOf(place))}
       order by u.text_id`,
    );
    await copy.run(`drop table ${PSEUDONYMS}`);
  }
}

async function copyTable(copy: Database, raw: Table, pseudonyms: Pseudonyms): Promise<void> {
  const own = places((column) => column.type === 'VARCHAR').filter((place) => place.table === raw);
  await makeShown(
    copy,
    own.map((place) => ({
      place,
      source: `select distinct ${contextOf(place)} as context, t.${identifier(place.column)} as was from ${ORIGIN}.raw.${identifier(raw.name)} as t`,
    })),
    pseudonyms,
  );
  const joins: string[] = [];
  const values = Object.entries(raw.columns).map(([name, column]) => {
    const place = { table: raw, column: name, holds: column.holds as Redacted };
    const alias = identifier(`of ${name}`);
    if (column.holds === 'port') {
      joins.push(`left join ports as ${alias} on ${alias}.port = t.${identifier(name)}`);
      return `${alias}.shown`;
    }
    if (column.holds === null || column.holds === 'own-words') return `t.${identifier(name)}`;
    const same = `${alias}.place = ${textLiteral(nameOf(place))} and ${alias}.context = ${contextOf(place)}`;
    if (column.type === 'UINTEGER') {
      joins.push(`left join text_uses as ${alias} on ${same} and ${alias}.was_id = t.${identifier(name)}`);
      return `case when t.${identifier(name)} is not null then coalesce(${alias}.text_id, 0) end`;
    }
    joins.push(`left join ${PSEUDONYMS} as ${alias} on ${same} and ${alias}.was = t.${identifier(name)}`);
    return `${alias}.shown`;
  });
  await copy.run(
    `insert into raw.${identifier(raw.name)} select ${values.join(', ')} from ${ORIGIN}.raw.${identifier(raw.name)} as t ${joins.join(' ')}`,
  );
  await copy.run(`drop table ${PSEUDONYMS}`);
}

/** The columns that hold what is replaced, or ids of it. */
function places(isMeant: (column: Column) => boolean): Place[] {
  return RAW_TABLES.flatMap((raw) =>
    Object.entries(raw.columns)
      .filter(([, column]) => isMeant(column) && column.holds !== null && column.holds !== 'own-words')
      .map(([name, { holds }]) => ({ table: raw, column: name, holds: holds as Redacted })),
  );
}

function nameOf({ table: { name }, column: of }: Place): string {
  return `${name}.${of}`;
}

function contextOf({ holds }: Place): string {
  return holds === 'record-data' ? 't.type::VARCHAR' : "''";
}

/** Fills `PSEUDONYMS` with what `sources`, statements with `context` and `was`, give. */
async function makeShown(
  copy: Database,
  sources: readonly { place: Place; source: string }[],
  pseudonyms: Pseudonyms,
): Promise<void> {
  await copy.run(`create table ${PSEUDONYMS} (place VARCHAR, context VARCHAR, was VARCHAR, shown VARCHAR)`);
  const appender = new TableAppender(copy.handle, shown, MEMORY);
  const batch = new Batch(shown, (full) => appender.append(full as unknown as Batch<Columns>));
  for (const { place, source } of sources) {
    await copy.run(`create temp table given as select distinct * from (${source}) where was is not null`);
    for (let from = 0, found = STEP; found === STEP; from += STEP) {
      const rows = await copy.rows<{ context: string; was: string }>(
        `select context, was from given where rowid between ${from} and ${from + STEP - 1}`,
      );
      for (const { context, was } of rows) {
        const { data, row } = batch;
        data.place[row] = nameOf(place);
        data.context[row] = context;
        data.was[row] = was;
        data.shown[row] = pseudonyms.redact(place.holds, was, context);
        batch.end();
      }
      found = rows.length;
    }
    await copy.run('drop table given');
  }
  batch.flush();
  appender.close();
}
