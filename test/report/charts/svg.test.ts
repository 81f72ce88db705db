import { describe, expect, it } from 'vitest';
import { label, labelsBelow, path, picture, told } from '../../../src/report/charts/svg.js';
import { el, markup } from '../../../src/report/markup.js';

const HOSTILE = '"><script>alert(1)</script>\u202e';

describe('the SVG writer', () => {
  it('escapes texts and attributes, and leaves out what is null', () => {
    const svg = el(
      'g',
      { fill: HOSTILE, stroke: null },
      label(HOSTILE, 1, 2),
      told(HOSTILE, 'rect', {}),
    ).text;
    expect(svg).not.toMatch(/<script|\u202e|stroke/);
    expect(svg.match(/&lt;script/g)).toHaveLength(3);
  });

  it('has numbers of two decimals', () => {
    expect(el('rect', { x: 1.23456, y: 2 }).text).toBe('<rect x="1.23" y="2"/>');
    expect(path([[0, 0.123456], [1, 2], null, [3, 4]])).toBe('M0,0.12L1,2M3,4');
  });

  it('makes one image to assistive technology', () => {
    expect(picture({ title: 'T & <t>', description: 'D' }, 99.5, 5, []).text).toMatch(
      /^<svg [^>]*role="img" aria-label="T &amp; &lt;t&gt;" width="100" height="5" viewBox="0 0 100 5"/,
    );
  });

  it('leaves out a label that would stand on another, and keeps each within the ends', () => {
    const scale = { at: (value: number) => value, ticks: [0, 5, 90, 100] };
    const labels = labelsBelow(scale, (value) => `${value} queries`, 0, [-20, 150]);
    expect(markup`${labels}`.text.match(/>[^<]+(?=<)/g)).toEqual(['>0 queries', '>90 queries']);
  });
});
