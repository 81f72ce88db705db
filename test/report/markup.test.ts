import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { el, lines, Markup, markup } from '../../src/report/markup.js';
import { readXml } from '../support/xml.js';

describe('markup', () => {
  it('escapes texts and numbers, takes markup as it is, and nothing for null', () => {
    const inner = markup`<b>${'<i>'}</b>`;
    expect(markup`<p title="${'"'}">${inner}${null}${1.5} ${['a & b', [inner]]}</p>`.text).toBe(
      '<p title="&quot;"><b>&lt;i&gt;</b>1.5 a &amp; b<b>&lt;i&gt;</b></p>',
    );
  });

  it('escapes markup that was turned into a text, so that no page is made of texts put together', () => {
    const inner = markup`<b>x</b>`;
    expect(markup`${`${inner.text}`}`.text).toBe('&lt;b&gt;x&lt;/b&gt;');
  });

  it('has lines for what a line break belongs between', () => {
    expect(lines(['<a', markup`<br>`, null]).text).toBe('&lt;a\n<br>\n');
  });

  it('takes what is trusted as it is', () => {
    expect(markup`<style>${Markup.trusted('a > b {}')}</style>`.text).toBe('<style>a > b {}</style>');
  });

  it('has no element of a text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { elements } = readXml(
          el('g', { id: text, width: 1.005 }, text, markup`<a b="${text}">${text}</a>`).text,
        );
        expect(elements).toEqual(['g', 'a']);
      }),
    );
  });

  it('is the only way that a page is written: no other file escapes, or has an element in a plain text', () => {
    const folder = join(import.meta.dirname, '../../src/report');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const others = files.filter((file) => {
      const source = readFileSync(join(folder, file), 'utf8');
      return /\bhtml( as \w+)?[^{}]* \} from '[^']*\/escape\.js'|(?<!markup)`<[a-z!/]|'<[a-z!/][^']*>/.test(
        source,
      );
    });
    expect(others).toEqual(['markup.ts']);
  });
});
