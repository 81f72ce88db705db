import { describe, expect, it } from 'vitest';
import type { Chart } from '../../../src/packs/chart.js';
import type { Value, ValueType } from '../../../src/packs/value.js';
import { drawChart } from '../../../src/report/charts/index.js';

const CHART: Chart = {
  mark: 'bar',
  x: 'at',
  x_end: null,
  y: ['n'],
  color: null,
  panel: null,
  step: null,
  x_scale: 'linear',
  y_scale: 'linear',
  at: {},
  beside: null,
  faint: null,
  label: [],
};

function draw(chart: Partial<Chart>, columns: Record<string, ValueType>, rows: Value[][], params = {}) {
  const described = Object.entries(columns).map(([name, type]) => ({ name, type, about: null }));
  return drawChart(
    { chart: { ...CHART, ...chart }, columns: described, rows, params },
    { title: 'A title', description: 'What it shows.', width: 720 },
  );
}

describe('a chart', () => {
  it('is one image with a title and a description, and nothing that a strict page refuses', async () => {
    const svg = await draw({ step: 'window' }, { at: 'time', n: 'number' }, [['2026-01-02T03:04:05Z', 3]], {
      window: '10',
    });
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="A title"/);
    expect(svg).toContain('<title>A title</title><desc>What it shows.</desc>');
    expect(svg).not.toMatch(/style=|<style|<script|href|\bid=|url\(/);
  });

  it('is none where there is nothing to draw', async () => {
    expect(await draw({}, { at: 'time', n: 'number' }, [])).toBeNull();
  });
});
