import { describe, expect, it } from 'vitest';
import { parseTrinoAddress, withoutSecret } from '../../src/trino/engine-address.js';
import { TrinoConnection } from '../../src/trino/connection.js';

describe("an engine's address", () => {
  it('names a server, a catalog, a schema and a user', () => {
    expect(parseTrinoAddress('trinos://ana@trino.example:8443/hive/dnslens')).toEqual({
      server: 'https://trino.example:8443',
      secure: true,
      catalog: 'hive',
      schema: 'dnslens',
      user: 'ana',
    });
  });

  it('has the usual port where none is given', () => {
    expect(parseTrinoAddress('trino://host/hive/dnslens').server).toBe('http://host:8080');
    expect(parseTrinoAddress('trinos://host/hive/dnslens').server).toBe('https://host:443');
    expect(parseTrinoAddress('trino://[::1]:80/hive/dnslens').server).toBe('http://[::1]:80');
  });

  it.each([
    'http://host/hive/dnslens',
    'trino://host',
    'trino://host/hive',
    'trino://host/hive/dnslens/more',
    'trino://host/hive/a%0d%0ab',
    'trino:///hive/dnslens',
    'trino://host/hive/dnslens?user=x',
    'trino://a%0d%0ab@host/hive/dnslens',
  ])('is not %s', (text) => {
    expect(() => parseTrinoAddress(text)).toThrow('--engine');
  });

  it('holds no password, and none is repeated', () => {
    expect(() => parseTrinoAddress('trino://me:hunter2@host/hive/dnslens')).toThrow(
      /^(?!.*hunter2).*must not hold/,
    );
    expect(withoutSecret('trino://me:hunter2@host/hive')).toBe('trino://me@host/hive');
  });

  it('takes a password over TLS only', () => {
    const plain = parseTrinoAddress('trino://host/hive/dnslens');
    expect(() => new TrinoConnection(plain, { password: 'x', token: null })).toThrow('not sent without TLS');
  });
});
