import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { explainSystem } from '../base/system-fault.js';
import { UserError } from '../base/user-error.js';

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
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw withVariable(explainSystem(path, 'written', error));
  }
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw withVariable(explainSystem(path, 'read', error));
  });
  return keyOf(text.trim(), path);
}

function withVariable(error: unknown): unknown {
  return error instanceof UserError
    ? new UserError(error.code, `${error.message}; or give a key with ${VARIABLE}`)
    : error;
}

function keyOf(text: string, where: string): Uint8Array {
  if (text.length >= LEAST) return createHash('sha256').update(`dnslens redact\0${text}`).digest();
  throw new UserError(
    'wrong-value',
    `${where} holds a key of ${text.length} characters, which could be guessed; give at least ${LEAST}, such as: openssl rand -hex 32`,
  );
}
