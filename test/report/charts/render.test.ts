import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderSpec } from '../../../src/report/charts/render.js';

const SRC = join(import.meta.dirname, '..', '..', '..', 'src');

describe('drawing a specification', () => {
  it('reads no file, whatever it is told to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dnslens-chart-'));
    const path = join(folder, 'a.csv');
    writeFileSync(path, 'a\n1\n2\n');
    const svg = await renderSpec({
      data: { url: path, format: { type: 'csv' } },
      mark: 'point',
      encoding: { x: { field: 'a', type: 'quantitative' } },
    });
    rmSync(folder, { recursive: true });
    expect(svg).not.toContain('aria-label="a: 1');
  });

  it('is the only thing that loads Vega, and not before it is asked for', () => {
    const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const importing = files.filter((name) =>
      /^import (?!type )[^;]*from 'vega/m.test(readFileSync(join(SRC, name), 'utf8')),
    );
    expect(importing).toEqual([]);
  });
});
