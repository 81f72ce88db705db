import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvField, html, json, markdown, printable, slack } from '../../src/report/escape.js';

const HOSTILE = fc.string({ unit: 'binary' });

describe('a text for the terminal', () => {
  it.each([
    ['\u001b[31mred', '\\x1b[31mred'],
    ['a\nb\tc\rd', 'a\\nb\\tc\\x0dd'],
    ['\u009b31m', '\\x9b31m'],
    ['exe.\u202etxt', 'exe.\\u202etxt'],
    ['zero\u200bwidth', 'zero\\u200bwidth'],
    ['\u{e0041}tag', '\\u{e0041}tag'],
    ['\ud800', '\\ud800'],
    ['k8s.example.한국', 'k8s.example.한국'],
  ])('%j is shown as %j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('has no control byte, whatever it was', () => {
    fc.assert(
      fc.property(HOSTILE, (text) => !/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(printable(text))),
    );
  });
});

describe('a CSV field', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['=1+1', "'=1+1"],
    ['+cmd', "'+cmd"],
    ['-2', "'-2"],
    ['@sum', "'@sum"],
    [' =1', "' =1"],
    [' x', '" x"'],
    ['＝1', "'＝1"],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['\t=1', "'\\t=1".replace("'", '')],
    ['a\nb', 'a\\nb'],
  ])('of %j is %j', (text, field) => {
    expect(csvField(text)).toBe(field);
  });

  it('never starts a formula', () => {
    fc.assert(fc.property(HOSTILE, (text) => !/^"?\s*[=+\-@]/.test(csvField(text))));
  });
});

describe('a text in HTML', () => {
  it('has no markup', () => {
    expect(html(`<img src=x onerror="a('&')">`)).toBe(
      '&lt;img src=x onerror=&quot;a(&#39;&amp;&#39;)&quot;&gt;',
    );
  });
});

describe('a text in Markdown', () => {
  it.each([
    ['a|b', '`a\u00a6b`'],
    ['**b** _i_ `c`', '`**b**` `_i_` `` `c` ``'],
    ['[x](javascript:1)', '`[x](javascript:1`)'],
    ['<script> &amp;', '`<script>` `&amp`;'],
    ['@team https://x www.evil.test #12', '`@team` `https://x` `www.evil.test` `#12`'],
    ['- item', '\\- item'],
    [
      'hooks.slack.com took 5.01 s at 15:37:51 (A, 70 %).',
      '`hooks.slack.com` took 5.01 s at 15:37:51 (A, 70 %).',
    ],
    ['shop/app-a asked 10.0.0.2 and fd00::1.', '`shop/app-a` asked `10.0.0.2` and `fd00::1`.'],
  ])('%j is written as %j', (text, written) => {
    expect(markdown(text)).toBe(written);
  });
});

describe('a text in Slack', () => {
  it.each([
    ['*b* hooks.slack.com', '`*b*` `hooks.slack.com`'],
    ['<!channel> @here &lt;', '`\u2039!channel\u203a` `@here` `\uff06lt`;'],
    ['a`b', "`a'b`"],
  ])('%j is written as %j', (text, written) => {
    expect(slack(text)).toBe(written);
  });
});

describe('a text in Markdown or Slack', () => {
  it('has no character of markup outside of code', () => {
    const outside = (text: string) =>
      text.replace(/(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '').replace(/^(\s*(?:\d+)?)\\/, '$1');
    fc.assert(
      fc.property(HOSTILE, (text) => {
        for (const written of [markdown(text), slack(text)])
          expect(outside(written)).not.toMatch(/[\\`*_{}[\]<>#|~$&@]|:\/\//);
      }),
    );
  });
});

describe('JSON', () => {
  it('reads back as it was', () => {
    fc.assert(fc.property(HOSTILE, (text) => JSON.parse(json({ [text]: text }))[text] === text));
  });

  it('has no character that a terminal would obey', () => {
    expect(json('\u009b31m\u202e')).toBe('"\\u009b31m\\u202e"');
  });
});
