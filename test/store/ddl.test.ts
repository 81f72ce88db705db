import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { rawTableStatements, SCHEMA_VERSION } from '../../src/store/ddl.js';

/** What the raw tables of this version are made by. Where they change, so does the version, and this with it. */
const MADE = { version: 5, digest: '069a6d8b4522' };

it('a database of other raw tables is of another version, so that it is told from a damaged one', () => {
  const digest = createHash('sha256').update(rawTableStatements('raw').join('\n')).digest('hex').slice(0, 12);
  expect({ version: SCHEMA_VERSION, digest }).toEqual(MADE);
});
