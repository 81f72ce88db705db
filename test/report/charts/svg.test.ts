import { describe, expect, it } from 'vitest';
import { pageSvg } from '../../../src/report/charts/svg.js';

const WORDS = { title: 'T & <t>', description: 'D' };

function body(inside: string, least = 0): string {
  const svg = pageSvg(
    `<svg class="marks" width="10" height="5" viewBox="0 0 10 5">${inside}</svg>`,
    WORDS,
    least,
  );
  return /<\/desc>(.*)<\/svg>$/.exec(svg)![1]!;
}

describe('the SVG of a page', () => {
  it('keeps shapes, their places and paints, and drops styles, ids, scripts, links and roles', () => {
    expect(
      body(
        '<style>x</style><script>y</script><image href="z"/><a href="q"><path d="M0,0" fill="red"/></a>' +
          '<path id="i" class="c" style="s" onclick="o" d="M0,0" stroke="red" clip-path="url(#a)" role="x"/>',
      ),
    ).toBe('<path d="M0,0" stroke="red"/>');
  });

  it('drops what cannot be seen: frames without paint, hidden labels, empty groups', () => {
    expect(
      body(
        '<g transform="translate(0,0)"><path d="M0,0"/></g><text fill="red" opacity="0">a</text><rect fill="none" width="1"/>',
      ),
    ).toBe('');
  });

  it('says what a mark stands for where a pointer rests on it', () => {
    expect(body('<path role="graphics-symbol" aria-label="a &lt;b" d="M0,0" fill="red"/>')).toBe(
      '<path d="M0,0" fill="red"><title>a &lt;b</title></path>',
    );
  });

  it('has short numbers and escaped words, and is as wide as asked for', () => {
    expect(body('<g transform="translate(1.23456,2)"><line x2="3.14159" stroke="red"/></g>')).toBe(
      '<g transform="translate(1.23,2)"><line x2="3.14" stroke="red"/></g>',
    );
    expect(pageSvg('<svg viewBox="0 0 10 5"></svg>', WORDS, 99)).toContain(
      'aria-label="T &amp; &lt;t&gt;" width="99" height="5" viewBox="0 0 99 5"',
    );
  });
});
