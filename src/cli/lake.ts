import { resolve } from 'node:path';
import { LAKE_ENGINES, type LakeEngine, lakeViews, writeViews } from '../lake/index.js';
import { didYouMean } from '../base/suggest.js';
import { UserError } from '../base/user-error.js';
import type { Session } from './session.js';

/** dnslens lake ddl|views: prints the statements that put a lake's tables into an engine. */
export async function lake(session: Session): Promise<number> {
  const [what, folder] = session.args.operands;
  if (what === 'ddl') return ddl(session, folder);
  if (what === 'views') return views(session, folder);
  throw new UserError(
    'unknown-command',
    `dnslens lake ${what} is neither "ddl" nor "views"${didYouMean(what!, ['ddl', 'views'])}`,
  );
}

function ddl({ args }: Session, folder: string | undefined): number {
  const engine = args.text('engine');
  const engines = Object.keys(LAKE_ENGINES);
  if (engine === undefined || !engines.includes(engine)) {
    throw new UserError(
      'wrong-words',
      `dnslens lake ddl needs --engine, one of ${engines.join(', ')}${didYouMean(engine ?? '', engines)}`,
    );
  }
  const location = args.text('location') ?? (folder === undefined ? undefined : resolve(folder));
  if (location === undefined) {
    throw new UserError(
      'wrong-words',
      'dnslens lake ddl needs to know where the lake lies: --location s3://bucket/lake',
    );
  }
  const schema = args.text('schema')!;
  if (!/^[a-z_][a-z0-9_]*$/.test(schema)) {
    throw new UserError('wrong-value', `--schema ${schema} must be letters, digits and _, in lower case`);
  }
  if (/['\\\p{Cc}]/u.test(location))
    throw new UserError('wrong-value', `--location has a character that no location has`);
  print(LAKE_ENGINES[engine as LakeEngine]({ location: location.replace(/(?<!\/)\/+$/, ''), schema }));
  return 0;
}

async function views(session: Session, folder: string | undefined): Promise<number> {
  if (folder === undefined)
    throw new UserError('wrong-words', "dnslens lake views needs the lake's folder: dnslens lake views DIR");
  const database = session.args.text('db');
  if (database === undefined) print(await lakeViews(folder));
  else {
    await writeViews(database, folder);
    session.notice(`${database} has views over ${folder}`);
  }
  return 0;
}

function print(statements: readonly string[]): void {
  process.stdout.write(statements.map((statement) => `${statement};\n`).join(''));
}
