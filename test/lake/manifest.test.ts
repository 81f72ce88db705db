import { describe, expect, it } from 'vitest';
import { checkLakeFile, lakeFileText, parseManifest } from '../../src/lake/manifest.js';

const manifest = (file: unknown) =>
  JSON.stringify({ ...(JSON.parse(lakeFileText()) as object), batch: '0123456ab', files: [{ file }] });

describe("a batch's manifest", () => {
  it('lists files of the lake', () => {
    const file = 'messages/day=2026-01-02/node_label=node-1.eu/0123456ab.parquet';
    expect(parseManifest(manifest(file), 'm.json').files[0]!.file).toBe(file);
  });

  it.each([
    '../../etc/passwd',
    'messages/../../x/0123456ab.parquet',
    '/messages/day=2026-01-02/node_label=a/0123456ab.parquet',
    'messages/day=2026-01-02/node_label=a/b/0123456ab.parquet',
    null,
  ])('that names %j is damaged, so that nothing outside of the lake is deleted', (file) => {
    expect(() => parseManifest(manifest(file), 'm.json')).toThrow(/^m\.json is damaged/);
  });

  it.each(['', 'null', '7', '{"lakeVersion":1}', '{"lakeVersion":1,"files":[null]}'])(
    'of %j is told in a sentence',
    (text) => {
      expect(() => parseManifest(text, 'm.json')).toThrow(/^m\.json is (damaged|of an older dnslens)/);
    },
  );
});

describe("a lake's own file", () => {
  it('of a newer version is refused', () => {
    expect(() => checkLakeFile('{"lakeVersion":99}', 'l.json')).toThrow(/newer dnslens/);
  });
});
