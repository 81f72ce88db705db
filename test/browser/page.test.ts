import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium } from '../support/chromium.js';
import { evidence, Incident } from '../support/incident.js';
import { pageOf, querySource } from '../support/page.js';

const executable = chromiumPath();
if (executable === null)
  console.warn('no Chromium is on PATH or in DNSLENS_CHROMIUM: the page is not opened in a browser');

/** What anyone can write into a name, and what a spreadsheet would take for a formula. */
const HOSTILE =
  "select '</script><script>alert(1)</script><img src=x onerror=alert(2)>' as name, '=1+1' as formula from range(150)";
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

describe.skipIf(executable === null)('the page in a browser', () => {
  let folder: string;
  let url: string;
  let browser: Browser;
  let page: Page;
  /** Console errors, dialogs and failures; requests for anything but the page. */
  let trouble: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dnslens-browser-'));
    const incident = await Incident.read(
      ...evidence('race-loss-1', /capture|coredns-|conntrack-|cluster|Corefile/),
    );
    const html = await pageOf(incident.database, { hostile: querySource(['name', 'formula'], HOSTILE) });
    incident.close();
    const path = join(folder, 'index.html');
    writeFileSync(path, html);
    url = pathToFileURL(path).href;
    browser = await launchChromium(executable!);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  beforeEach(async () => {
    page = await browser.newPage({ viewport: WIDE });
    trouble = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) trouble.push(message.text());
    });
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('dialog', (dialog) => void dialog.dismiss().then(() => trouble.push(dialog.message())));
    page.on('request', (request) => {
      if (request.url() !== url && request.url() !== 'data:,') trouble.push(request.url());
    });
    await page.goto(url);
  });
  afterEach(async () => {
    await page.close();
  });

  /** The texts of a table's column, as far as its rows are shown. */
  async function column(table: string, index: number): Promise<string[]> {
    return page.locator(`#query-${table} tbody tr:visible td:nth-child(${index + 1})`).allTextContents();
  }

  function head(table: string, name: string) {
    return page.locator(`#query-${table} th`, { hasText: name });
  }

  it('opens without an error, and asks for nothing', async () => {
    expect(await page.title()).toBe('Lost conntrack race (dnslens)');
    expect(await page.getByText('<script>alert(1)').first().isVisible()).toBe(true);
    expect(trouble).toEqual([]);
  });

  it('shows its pictures', async () => {
    const box = await page.locator('#time-line svg.chart:visible').first().boundingBox();
    expect(box!.width).toBeGreaterThan(500);
    expect(await page.locator('#waits svg.chart:visible').count()).toBeGreaterThan(0);
    expect(await page.locator('#walks svg.chart:visible').count()).toBeGreaterThan(0);
  });

  it('sorts a table by a column, numbers from the highest on, and again the other way', async () => {
    const button = head('search-names', 'lookups').getByRole('button');
    await button.click();
    const first = (await column('search-names', 3)).map(Number);
    expect(first).toEqual(first.toSorted((a, b) => b - a));
    expect(new Set(first).size).toBeGreaterThan(1);
    expect(await head('search-names', 'lookups').getAttribute('aria-sort')).toBe('descending');
    await button.press('Enter');
    expect((await column('search-names', 3)).map(Number)).toEqual(first.toSorted((a, b) => a - b));
  });

  it('filters a table and says how many rows are left', async () => {
    const table = page.locator('#query-search-names');
    await table.getByLabel('Filter').fill('WWW google');
    expect(await column('search-names', 0)).toEqual(['www.google.com']);
    expect(await table.locator('output').textContent()).toMatch(/^1 of \d+ rows$/);
  });

  it('downloads the rows that are shown as CSV, in their order', async () => {
    const table = page.locator('#query-search-names');
    await table.getByLabel('Filter').fill('amazonaws');
    await head('search-names', 'name').getByRole('button').click();
    const shown = await column('search-names', 0);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      table.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('search-names.csv');
    const lines = readFileSync(await download.path(), 'utf8').split('\n');
    expect(lines[0]).toMatch(/^name,dots,clients,/);
    expect(lines.slice(1, -1).map((line) => line.split(',')[0])).toEqual(shown);
    expect(trouble).toEqual([]);
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
    expect(await page.locator('#time-line svg.chart:visible').count()).toBe(1);
  });

  it('leaves controls and scrolling boxes out on paper', async () => {
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.tools:visible, nav:visible').count()).toBe(0);
    const cut = `[...document.querySelectorAll('.box')].filter((box) => box.clientHeight > 0 && box.scrollHeight > box.clientHeight + 1).length`;
    expect(await page.evaluate(cut)).toBe(0);
  });

  it('puts a hundred rows of a table on paper, of those that a filter left', async () => {
    const table = page.locator('article', { hasText: 'alert(2)' });
    await page.emulateMedia({ media: 'print' });
    expect(await table.locator('tbody tr:visible').count()).toBe(100);
    expect(await table.getByText('On paper the first 100 rows.').isVisible()).toBe(true);
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
      await page.evaluate(
        `for (const one of document.querySelectorAll('#time-line details')) one.open = true`,
      );
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
