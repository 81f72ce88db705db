import { describe, expect, it } from 'vitest';
import { parseTrinoAddress } from '../../src/trino/engine-address.js';
import { explainFailure, explainRequest } from '../../src/trino/errors.js';
import { LongAnswer, StatusError } from '../../src/trino/http.js';

const plain = parseTrinoAddress('trino://me@host/hive/dnslens');
const secure = parseTrinoAddress('trinos://me@host/hive/dnslens');

/** As fetch tells it: what happened is the cause's cause. */
function failed(code: string): Error {
  const cause = Object.assign(new Error(`said by ${code}`), { code });
  return new TypeError('fetch failed', { cause: new Error('no connection', { cause }) });
}

describe('a request that failed', () => {
  it.each([
    [failed('SELF_SIGNED_CERT_IN_CHAIN'), 'is not trusted (SELF_SIGNED_CERT_IN_CHAIN); name its authority'],
    [failed('DEPTH_ZERO_SELF_SIGNED_CERT'), "name its authority's file in NODE_EXTRA_CA_CERTS"],
    [failed('CERT_HAS_EXPIRED'), '(CERT_HAS_EXPIRED); it has run out, or the clock here is wrong'],
    [failed('CERT_NOT_YET_VALID'), '(CERT_NOT_YET_VALID); it is not valid yet, or the clock here is wrong'],
    [failed('ERR_TLS_CERT_ALTNAME_INVALID'), 'made out to other names; give one of them in --engine'],
    [failed('EPROTO'), 'does not speak TLS'],
    [failed('ENOTFOUND'), 'cannot be reached (ENOTFOUND)'],
    [new LongAnswer(), 'gave an answer longer than any'],
    [new StatusError(403), 'set DNSLENS_TRINO_PASSWORD or DNSLENS_TRINO_TOKEN'],
  ])('for %j is a sentence', (error, sentence) => {
    expect(explainRequest(error, secure).message).toContain(sentence);
  });

  it('for want of a password says that it needs TLS', () => {
    expect(explainRequest(new StatusError(401), plain).message).toContain('use trinos:// with');
  });
});

describe('a statement that failed', () => {
  it('is cut where the server says too much, and has no place outside of the text', () => {
    const error = { message: 'x'.repeat(5000), errorLocation: { lineNumber: 9, columnNumber: 1 } };
    expect(explainFailure(error, 'select 1', plain).message).toBe(`Trino: ${'x'.repeat(600)}`);
    const far = { message: 'm', errorLocation: { lineNumber: 1, columnNumber: 1e9 } };
    expect(explainFailure(far, 'select 1', plain).message).toBe('Trino: m');
  });

  it('shows the part of a long line that it is about', () => {
    const error = { message: 'm', errorLocation: { lineNumber: 1, columnNumber: 201 } };
    const [, line, caret] = explainFailure(error, `${' '.repeat(200)}wrong`, plain).message.split('\n');
    expect(line!.slice(caret!.indexOf('^')).trim()).toBe('wrong');
  });

  it('is a fault of the server where it does not say that it is one of the statement', () => {
    const codeOf = (errorType: unknown) => explainFailure({ message: 'm', errorType }, '', plain).code;
    expect(['USER_ERROR', undefined, 'INSUFFICIENT_RESOURCES', 'EXTERNAL'].map(codeOf)).toEqual([
      'wrong-sql',
      'wrong-sql',
      'engine-failed',
      'engine-failed',
    ]);
  });

  it('for want of a column says that the tables are old', () => {
    expect(explainFailure({ errorName: 'COLUMN_NOT_FOUND', message: 'no x' }, '', plain).message).toMatch(
      /^no x; the tables may be of an older dnslens/,
    );
  });
});
