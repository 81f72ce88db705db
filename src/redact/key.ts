import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { UserError } from '../store/user-error.js';

/** The environment's name for a key of one's own. */
const VARIABLE = 'DNSLENS_REDACT_KEY';
/** A shorter key could be found by trying. */
const LEAST = 16;

/**
 * The key of a database's pseudonyms: what DNSLENS_REDACT_KEY says, else what DATABASE.redact-key beside the database
 * holds, which is made, for its owner's eyes only, where it is missing. Throws UserError where it cannot be had.
 */
export async function redactKey(database: string): Promise<Uint8Array> {
  const given = process.env[VARIABLE];
  if (given !== undefined && given !== '') return keyOf(given, VARIABLE);
  const path = `${database}.redact-key`;
  try {
    await writeFile(path, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') {
      throw new UserError(`${path} cannot be written (${message}); give a key with ${VARIABLE}`);
    }
  }
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new UserError(`${path} cannot be read (${error.message}); give a key with ${VARIABLE}`);
  });
  return keyOf(text.trim(), path);
}

function keyOf(text: string, where: string): Uint8Array {
  if (text.length >= LEAST) return createHash('sha256').update(`dnslens redact\0${text}`).digest();
  throw new UserError(
    `${where} holds a key of ${text.length} characters, which could be guessed; give at least ${LEAST}, such as: openssl rand -hex 32`,
  );
}
