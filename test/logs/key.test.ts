import { expect, test } from 'vitest';
import { hashBytes, writeKey } from '../../src/raw/hash.js';
import { readQuery } from './support/read-log.js';

test("a line's key is the one that the capture reader writes for the same question", async () => {
  const row = await readQuery(
    '[INFO] 10.1.2.3:40000 - 4242 "AAAA IN A\\.b\\@.Example. udp 45 false 512" NOERROR qr 1 0.1s',
  );
  const seed = 42;
  const name = new TextEncoder().encode('a\\.b@.example');
  const words = new Uint32Array(2);
  const client = Uint8Array.of(10, 1, 2, 3);
  writeKey(
    words,
    0,
    hashBytes(name, 0, name.length, seed),
    hashBytes(client, 0, 4, seed),
    40000,
    4242,
    28,
    0,
  );
  expect(row.key).toBe((BigInt(words[1]!) << 32n) | BigInt(words[0]!));
});
