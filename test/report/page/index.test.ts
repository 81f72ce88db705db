import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildModels } from '../../../src/build/build.js';
import { Database } from '../../../src/store/database.js';
import { pageOf, querySource } from '../../support/page.js';

let database: Database;
let empty: string;
beforeAll(async () => {
  database = await Database.open(':memory:');
  await buildModels(database);
  empty = await pageOf(database);
});
afterAll(() => database.close());

describe('the page', () => {
  it('allows itself the script and the style that it holds, and nothing else', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(empty)![1]!;
    const [style] = /(?<=<style>)[^]*?(?=<\/style>)/.exec(empty)!;
    const [script] = /(?<=<script>)[^]*?(?=<\/script>)/.exec(empty)!;
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hash(script)}`,
      `style-src ${hash(style)}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('refers to nothing outside of itself, and has no style or script in an attribute', () => {
    expect(empty).not.toMatch(
      /https?:(?!\/\/www\.w3\.org\/2000\/svg)|<link(?! rel="icon" href="data:,")|<img|@import/,
    );
    expect(empty).not.toMatch(/ style=| on[a-z]+=/);
  });

  it('says what to collect where there is no evidence', () => {
    expect(empty).toContain('<h1>Too little evidence for a verdict</h1>');
    expect(empty).toContain('There is no evidence for: ');
    expect(empty).toContain('Collect what follows at once: dnslens collect ');
    expect(empty).toContain('a capture of a node: tcpdump');
    expect(empty).toContain('conntrack counters of a node');
    expect(empty).not.toContain('<table>');
  });

  it('draws a way of which nothing was seen as not seen, and says in one sentence what is not there', () => {
    expect(empty.match(/>not seen</g)!.length).toBeGreaterThanOrEqual(4);
    expect(empty).toContain('No capture tells how queries came and went over time.');
    expect(empty).toContain('No lookup is seen to have been slow or to have failed.');
    expect(empty).toContain('No workload is known to have been hit.');
    expect(empty).not.toContain('time-line-data"');
  });

  it('has its headings in order', () => {
    const levels = [...empty.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    expect(levels.every((level, i) => i === 0 || (level > 1 && level <= levels[i - 1]! + 1))).toBe(true);
  });

  it('shows queries that were named beside its own, with their SQL', async () => {
    const page = await pageOf(database, { top: querySource(['n'], "select 5 as n where '<' < '>'") });
    expect(page).toContain('<h2 id="asked-for-title">Asked for</h2>');
    expect(page).toContain('<td class="number">5</td>');
    expect(page).toContain('select 5 as n where &#39;&lt;&#39; &lt; &#39;&gt;&#39;');
  });

  it('stays under 2 MB however much there is to show, and says what it left out', async () => {
    const columns = ['a', 'b', 'c'];
    const source = querySource(
      columns,
      `select ${columns.map((name) => `repeat('<', 100) as ${name}`).join()} from range(2000)`,
    );
    const own = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`q${i}`, source]));
    const page = await pageOf(database, own);
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
    expect(page.match(/The first [\d,]+ of 2,000 rows; all of them are in [^<]*q\d+\.csv\./g)).toHaveLength(
      40,
    );
  });
});
