import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumPath } from '../support/chromium.js';
import { OpenedPage, PHONE, WIDE } from './opened-page.js';

const executable = chromiumPath();
if (executable === null)
  console.warn('no Chromium is on PATH or in DNSLENS_CHROMIUM: the page is not opened in a browser');

describe.skipIf(executable === null)('the page in a browser', () => {
  let opened: OpenedPage;
  let page: Page;

  beforeAll(async () => {
    opened = await OpenedPage.write(executable!);
  }, 120_000);
  afterAll(() => opened.close());
  beforeEach(async () => {
    page = await opened.open();
  });
  afterEach(() => page.close());

  it('opens without an error, and asks for nothing', async () => {
    expect(await page.title()).toBe('Lost conntrack race (dnslens)');
    expect(await page.getByText('<script>alert(1)').first().isVisible()).toBe(true);
    expect(opened.trouble).toEqual([]);
  });

  it('shows its pictures: the way at once, the time line as panels to look closer at, the worst lookups', async () => {
    const way = page.locator('.way svg.chart:visible');
    expect((await way.boundingBox())!.y).toBeLessThan(WIDE.height / 2);
    expect(await way.getByText('17 lost').count()).toBe(1);
    expect(await page.locator('#time-line canvas:visible').count()).toBe(6);
    expect(await page.locator('#time-line svg.chart:visible').count()).toBe(0);
    expect(await page.locator('#lookups svg.chart:visible').count()).toBe(5);
  });

  it('looks closer where a pointer is dragged over a panel, and lets tables follow', async () => {
    const all = await opened.column('race-lost-halves', 0);
    const plot = (await page.locator('#time-line .u-over').first().boundingBox())!;
    await page.mouse.move(plot.x + plot.width * 0.4, plot.y + 20);
    await page.mouse.down();
    await page.mouse.move(plot.x + plot.width * 0.6, plot.y + 22, { steps: 4 });
    await page.mouse.up();
    const [from, to] = await opened.times();
    expect(from < to).toBe(true);
    const kept = await opened.column('race-lost-halves', 0);
    expect(kept).toEqual(all.filter((time) => time >= from && time <= to));
    expect(kept.length).toBeLessThan(all.length);
    await page.getByRole('button', { name: 'Whole time' }).click();
    expect(await opened.column('race-lost-halves', 0)).toEqual(all);
    expect(opened.trouble).toEqual([]);
  });

  it('looks closer by keyboard, at two times that are typed', async () => {
    const [, to] = await opened.times();
    const middle = (await opened.column('race-lost-halves', 0))[8]!.slice(0, 8);
    await page.getByLabel('From').fill(middle);
    await page.getByLabel('From').press('Enter');
    expect(await opened.times()).toEqual([middle, to]);
    const kept = await opened.column('race-lost-halves', 0);
    expect(kept.every((time) => time.slice(0, 8) >= middle)).toBe(true);
    expect(kept.length).toBeGreaterThan(0);
  });

  it('keeps the rows of a workload that is clicked, until it is clicked again', async () => {
    const button = page.locator('.workloads').getByRole('button', { name: 'default/app-b' });
    const before = await opened.column('diagnosis-clients', 2);
    expect(new Set(before)).toEqual(new Set(['app-a', 'app-b']));
    await button.click();
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    expect(await opened.column('diagnosis-clients', 2)).toEqual(['app-b']);
    expect(await page.locator('.selection').textContent()).toContain('default/app-b');
    const counters = page.locator('#query-race-conntrack output');
    expect(await counters.textContent()).toMatch(/rows, of all workloads$/);
    await button.click();
    expect(await opened.column('diagnosis-clients', 2)).toEqual(before);
    expect(await page.locator('.selection').isVisible()).toBe(false);
  });

  it('gives each of the worst lookups an address of its own', async () => {
    const id = await page.locator('.lookup').nth(3).getAttribute('id');
    expect(id).toMatch(/^lookup-\d+$/);
    await page.goto(`${opened.url}#${id}`);
    expect(await page.locator('.lookup:target').getAttribute('id')).toBe(id);
    const box = (await page.locator('.lookup:target').boundingBox())!;
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.y).toBeLessThan(WIDE.height);
    expect(await page.locator('.cause a[href^="#lookup-"]').count()).toBeGreaterThan(0);
  });

  it('copies a command', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const commands = page.locator('.lookup').first();
    await commands.getByRole('button', { name: 'Copy' }).click();
    await commands.getByText('Copied', { exact: true }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      await commands.locator('code.copy').textContent(),
    );
  });

  it('is whole without its script', async () => {
    const context = await opened.browser.newContext({ viewport: WIDE, javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(opened.url);
    expect(await plain.locator('#time-line svg.chart:visible').count()).toBe(1);
    expect(await plain.locator('.way svg.chart:visible').count()).toBe(1);
    expect(await plain.locator('#query-search-names tbody tr:visible').count()).toBeGreaterThan(5);
    await plain.locator('#more summary').first().click();
    expect(await plain.locator('#more table:visible, #more svg:visible').count()).toBeGreaterThan(0);
    await context.close();
  });

  it('is fewer than eight pages on paper, none with nothing but the footer', async () => {
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const pages = pdf.match(/\/Type\s*\/Page\b/g)!.length;
    expect(pages).toBeGreaterThan(1);
    expect(pages).toBeLessThan(8);
  });

  it('sorts a table by a column, numbers from the highest on, and again the other way', async () => {
    const button = opened.head('search-names', 'lookups').getByRole('button');
    await button.click();
    const first = (await opened.column('search-names', 3)).map(Number);
    expect(first).toEqual(first.toSorted((a, b) => b - a));
    expect(new Set(first).size).toBeGreaterThan(1);
    expect(await opened.head('search-names', 'lookups').getAttribute('aria-sort')).toBe('descending');
    await button.press('Enter');
    expect((await opened.column('search-names', 3)).map(Number)).toEqual(first.toSorted((a, b) => a - b));
  });

  it('filters a table and says how many rows are left', async () => {
    const table = page.locator('#query-search-names');
    await table.getByLabel('Filter').fill('WWW google');
    expect(await opened.column('search-names', 0)).toEqual(['www.google.com']);
    expect(await table.locator('output').textContent()).toMatch(/^1 of \d+ rows$/);
  });

  it('downloads the rows that are shown as CSV, in their order', async () => {
    const table = page.locator('#query-search-names');
    await table.getByLabel('Filter').fill('amazonaws');
    await opened.head('search-names', 'name').getByRole('button').click();
    const shown = await opened.column('search-names', 0);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      table.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('search-names.csv');
    const lines = readFileSync(await download.path(), 'utf8').split('\n');
    expect(lines[0]).toMatch(/^name,dots,clients,/);
    expect(lines.slice(1, -1).map((line) => line.split(',')[0])).toEqual(shown);
    expect(opened.trouble).toEqual([]);
  });

  it('downloads no formula', async () => {
    const table = page.locator('article', { hasText: 'alert(2)' });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      table.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(readFileSync(await download.path(), 'utf8')).toContain(",'=1+1\n");
  });

  it.each([
    ['a desk', WIDE],
    ['a phone', PHONE],
  ])('is not wider than the screen of %s, with everything open', async (_, viewport) => {
    await page.setViewportSize(viewport);
    await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(viewport.width);
    expect(await page.locator('.way svg.chart:visible').count()).toBe(1);
  });

  it('leaves controls and scrolling boxes out on paper', async () => {
    await page.emulateMedia({ media: 'print' });
    expect(
      await page.locator('.tools:visible, nav:visible, button.copy:visible, canvas:visible').count(),
    ).toBe(0);
    expect(await page.locator('#time-line svg.chart:visible').count()).toBe(1);
    const cut = `[...document.querySelectorAll('.box')].filter((box) => box.clientHeight > 0 && box.scrollHeight > box.clientHeight + 1).length`;
    expect(await page.evaluate(cut)).toBe(0);
  });

  it('puts six rows of a table on paper, of those that a filter left', async () => {
    const table = page.locator('article', { hasText: 'alert(2)' });
    await page.emulateMedia({ media: 'print' });
    expect(await table.locator('tbody tr:visible').count()).toBe(6);
    expect(await table.getByText('On paper the first 6 rows.').isVisible()).toBe(true);
    await table.getByLabel('Filter').evaluate((input) => {
      Object.assign(input, { value: 'nothing has this' });
      input.dispatchEvent(new Event('input'));
    });
    expect(await table.locator('tbody tr:visible').count()).toBe(0);
  });

  it.each(['light', 'dark'] as const)(
    'is accessible in a %s theme',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      // one of each kind of what can be opened: checking all rows takes a minute
      const opened = await page.evaluate(
        `['others', 'origin', 'fold', 'rows'].map((kind) => (document.querySelector('details.' + kind).open = true))`,
      );
      expect(opened).toHaveLength(4);
      await page.evaluate(axe.source);
      const { violations, passes } = (await page.evaluate('axe.run(document)')) as {
        violations: { id: string; impact: string; nodes: { html: string }[] }[];
        passes: unknown[];
      };
      expect(passes.length).toBeGreaterThan(20);
      const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(bad.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([]);
    },
    180_000,
  );

  it('can be used by keyboard alone', async () => {
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to the verdict');
    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').getAttribute('id')).toBe('main');
  });
});
