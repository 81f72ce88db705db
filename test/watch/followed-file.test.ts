import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { followFile } from '../../src/watch/followed-file.js';
import { temporaryFolder } from '../support/cli.js';

describe('a file that is followed', () => {
  it('is read to where it ends when it is followed no more, and not beyond', async () => {
    const file = join(temporaryFolder(), 'coredns.log');
    writeFileSync(file, 'one\n');
    const ends = new AbortController();
    let text = '';
    for await (const { bytes } of followFile(file, ends.signal)) {
      text += Buffer.from(bytes).toString();
      if (ends.signal.aborted) appendFileSync(file, 'three\n');
      else appendFileSync(file, 'two\n');
      ends.abort();
    }
    expect(text).toBe('one\ntwo\n');
  });
});
