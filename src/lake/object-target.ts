import type { Database } from '../store/database.js';
import { textLiteral } from '../base/sql-text.js';
import { UserError } from '../base/user-error.js';
import type { Batch } from './lake-batch.js';
import {
  checkLakeFile,
  LAKE_FILE,
  lakeFileText,
  type Manifest,
  manifestPath,
  parseManifest,
} from './manifest.js';
import type { LakeTarget } from './target.js';

/** Object stores that DuckDB's httpfs extension writes to, by their URLs. */
const STORES = /^(?:s3|s3a|s3n|gs|gcs|r2):\/\//;

export function isObjectStore(location: string): boolean {
  return STORES.test(location);
}

/**
 * A lake in an object store. Objects appear whole or not at all, so that files are written to their final keys, the
 * manifest last; one table can be newer than another meanwhile. Nothing can be deleted from here.
 */
export class ObjectTarget implements LakeTarget {
  constructor(
    private readonly database: Database,
    private readonly url: string,
  ) {}

  async previous({ name }: Batch): Promise<Manifest | null> {
    const lakeFile = `${this.url}/${LAKE_FILE}`;
    const version = await this.read(lakeFile);
    if (version !== null) checkLakeFile(version, lakeFile);
    const path = `${this.url}/${manifestPath(name)}`;
    const text = await this.read(path);
    return text === null ? null : parseManifest(text, path);
  }

  /** Objects do not vanish by themselves: what the manifest lists is taken to be there. */
  async holds(): Promise<boolean> {
    return true;
  }

  async begin(): Promise<void> {}

  async prepare(file: string): Promise<string> {
    return `${this.url}/${file}`;
  }

  async hash(): Promise<null> {
    return null;
  }

  async publish(manifest: Manifest, previous: Manifest | null): Promise<string[]> {
    await this.write(`${this.url}/${LAKE_FILE}`, lakeFileText());
    await this.write(`${this.url}/${manifestPath(manifest.batch)}`, JSON.stringify(manifest));
    const kept = new Set(manifest.files.map(({ file }) => file));
    const gone = previous?.files.filter(({ file }) => !kept.has(file)) ?? [];
    return gone.map(({ file }) => `${this.url}/${file} is out of date; delete it`);
  }

  async abandon(): Promise<void> {}

  /** An object's text; null where there is none. */
  private async read(path: string): Promise<string | null> {
    const found = await this.database
      .rows<{ content: string }>(`select content from read_text(${textLiteral(path)})`)
      .catch((error: Error) => {
        if (/No files found|404|not found/i.test(error.message)) return [];
        throw new UserError(`${path} cannot be read: ${error.message.split('\n', 1)[0]}`);
      });
    return found[0]?.content ?? null;
  }

  /** Writes a text of one line; JSON escapes what would end it. */
  private async write(path: string, text: string): Promise<void> {
    await this.database.run(
      `copy (select ${textLiteral(text)}) to ${textLiteral(path)} (format csv, header false, quote '', escape '', delimiter '\u001F')`,
    );
  }
}

/** Loads what DuckDB writes to object stores with. Throws UserError where it is not on this machine. */
export async function loadObjectStore(database: Pick<Database, 'run' | 'rows'>): Promise<void> {
  await database.run('load httpfs').catch(async () => {
    const [{ version } = { version: '' }] = await database.rows<{ version: string }>(
      'select version() as version',
    );
    throw new UserError(
      `an object store needs DuckDB's extension httpfs, which is not on this machine and is never installed silently; with DuckDB ${version}: duckdb -c "install httpfs"`,
    );
  });
  const chained = await database.run('load aws').then(
    () => true,
    () => false,
  );
  await database.run(`create secret (type s3, ${chained ? 'provider credential_chain' : environmentKeys()})`);
}

/** Credentials as AWS's own tools take them from the environment, for who has no extension aws. */
function environmentKeys(): string {
  const { env } = process;
  const endpoint = (env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL'])?.replace(/^https?:\/\//, '');
  const options = {
    key_id: env['AWS_ACCESS_KEY_ID'],
    secret: env['AWS_SECRET_ACCESS_KEY'],
    session_token: env['AWS_SESSION_TOKEN'],
    region: env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'],
    endpoint,
  };
  const given = Object.entries(options).filter(([, value]) => value);
  return ['provider config', ...given.map(([name, value]) => `${name} ${textLiteral(value!)}`)].join(', ');
}
