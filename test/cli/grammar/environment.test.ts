import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { expect, it } from 'vitest';
import { ENVIRONMENT } from '../../../src/cli/grammar/environment.js';
import { helpText } from '../../../src/cli/help.js';
import { manualPage } from '../../../src/cli/man.js';

const SOURCE = join(import.meta.dirname, '..', '..', '..', 'src');

it('help and the manual tell of every variable that the source reads', () => {
  const read = globSync('**/*.ts', { cwd: SOURCE }).flatMap(
    (path) => readFileSync(join(SOURCE, path), 'utf8').match(/\bDNSLENS_[A-Z_]+/g) ?? [],
  );
  const told = ENVIRONMENT.map(([name]) => name);
  expect([...new Set(read)].filter((name) => !told.includes(name))).toEqual([]);
  for (const page of [helpText(null, 100), manualPage()]) {
    expect(told.filter((name) => !page.includes(name))).toEqual([]);
  }
});
