import { expect, test } from 'vitest';
import { hashBytes, writeKey } from '../../src/raw/hash.js';

const NAME = hashBytes(Buffer.from('www.example.org'), 0, 15, 42);
const CLIENT = hashBytes(Uint8Array.of(10, 0, 0, 1), 0, 4, 42);

function key(client: number, port: number, txid: number, qtype: number, protocol: number): string {
  const column = new Uint32Array(2);
  writeKey(column, 0, NAME, client, port, txid, qtype, protocol);
  return column.join();
}

test('a key tells clients, ports, ids, types and protocols apart, as a TCP retry has the port and id of its UDP query', () => {
  const keys = [
    key(CLIENT, 4000, 7, 1, 0),
    key(CLIENT + 1, 4000, 7, 1, 0),
    key(CLIENT, 4001, 7, 1, 0),
    key(CLIENT, 4000, 8, 1, 0),
    key(CLIENT, 4000, 7, 28, 0),
    key(CLIENT, 4000, 7, 1, 1),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(key(CLIENT, 4000, 7, 1, 0)).toBe(keys[0]);
});
