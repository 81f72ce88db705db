import { describe, expect, it } from 'vitest';
import { parseTrinoAddress } from '../../src/trino/engine-address.js';
import { TrinoConnection } from '../../src/trino/connection.js';

const connect = (address: string, password: string | null, token: string | null) => () =>
  new TrinoConnection(parseTrinoAddress(address), { password, token });

describe('a password or token', () => {
  it.each([
    [
      'trino://me@host/hive/dnslens',
      'secret',
      null,
      'not sent without TLS; use trinos://, or unset DNSLENS_TRINO_PASSWORD',
    ],
    ['trino://me@host/hive/dnslens', null, 'secret', 'unset DNSLENS_TRINO_TOKEN'],
    ['trinos://me@host/hive/dnslens', null, 'secret\n', 'DNSLENS_TRINO_TOKEN holds a blank, a line break'],
    ['trinos://a%3Ab@host/hive/dnslens', 'secret', null, 'a user with ":" in its name'],
  ])(
    'to %s is refused where it cannot be sent safely, and never said',
    (address, password, token, sentence) => {
      expect(connect(address, password, token)).toThrow(sentence);
      expect(connect(address, password, token)).not.toThrow('secret');
    },
  );

  it('is taken over TLS', () => {
    expect(connect('trinos://me@host/hive/dnslens', 'secret', null)).not.toThrow();
  });
});
