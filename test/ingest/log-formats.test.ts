import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LogFormats } from '../../src/ingest/log-formats.js';

const folder = mkdtempSync(join(tmpdir(), 'log-formats-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function learnt(text: string, given: readonly string[] = []): Promise<readonly string[]> {
  const path = join(folder, 'file');
  writeFileSync(path, text);
  const formats = new LogFormats(given);
  await formats.learn([{ path, file: path, named: true }]);
  return formats.all;
}

const COREFILE = '.:53 {\n    errors\n    log . "{remote} {name} {type}" {\n        class error\n    }\n}\n';

describe('formats of logs are learnt from Corefiles among the inputs', () => {
  it('as plain files, in YAML and in JSON', async () => {
    const formats = ['{remote} {name} {type}'];
    expect(await learnt(COREFILE)).toEqual(formats);
    expect(await learnt(`data:\n  Corefile: |\n${COREFILE.replace(/^/gm, '    ')}`)).toEqual(formats);
    expect(await learnt(JSON.stringify({ kind: 'ConfigMap', data: { Corefile: COREFILE } }))).toEqual(
      formats,
    );
  });

  it('beside those that were given, and not where they could read no line', async () => {
    expect(await learnt(COREFILE, ['{name}'])).toEqual(['{name}', '{remote} {name} {type}']);
    expect(await learnt('. {\n log . "{name}{type}"\n log . {combined}\n log example.org\n}\n')).toEqual([]);
  });

  it('up to sixteen', async () => {
    const lines = Array.from({ length: 30 }, (_, i) => `log . "${i} {name}"\n`).join('');
    expect(await learnt(`. {\n${lines}}\n`)).toHaveLength(16);
  });
});
