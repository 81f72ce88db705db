import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.js';
import { evidence, Incident } from '../support/incident.js';
import { pageOf, querySource } from '../support/page.js';

/** What anyone can write into a name, and what a spreadsheet would take for a formula. */
const HOSTILE =
  "select '</script><script>alert(1)</script><img src=x onerror=alert(2)>' as name, '=1+1' as formula from range(150)";

export const WIDE = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** The page of an incident, with a table of hostile names in it, in a file and in Chromium. */
export class OpenedPage {
  page!: Page;
  /** Console errors, dialogs and failures; requests for anything but the page. */
  trouble: string[] = [];

  private constructor(
    private readonly folder: string,
    readonly url: string,
    readonly browser: Browser,
  ) {}

  static async write(executable: string): Promise<OpenedPage> {
    const folder = mkdtempSync(join(tmpdir(), 'dnslens-browser-'));
    const incident = await Incident.read(
      ...evidence('race-loss-1', /capture|coredns-|conntrack-|cluster|Corefile/),
    );
    const html = await pageOf(incident.database, { hostile: querySource(['name', 'formula'], HOSTILE) });
    incident.close();
    const path = join(folder, 'index.html');
    writeFileSync(path, html);
    return new OpenedPage(folder, pathToFileURL(path).href, await launchChromium(executable));
  }

  /** Opens it anew, on a desk. */
  async open(): Promise<Page> {
    const page = await this.browser.newPage({ viewport: WIDE });
    const trouble: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) trouble.push(message.text());
    });
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('dialog', (dialog) => void dialog.dismiss().then(() => trouble.push(dialog.message())));
    page.on('request', (request) => {
      if (request.url() !== this.url && request.url() !== 'data:,') trouble.push(request.url());
    });
    this.page = page;
    this.trouble = trouble;
    await page.goto(this.url);
    return page;
  }

  async close(): Promise<void> {
    await this.browser.close();
    rmSync(this.folder, { recursive: true });
  }

  /** The texts of a table's column, as far as its rows are shown. */
  async column(table: string, index: number): Promise<string[]> {
    return this.page.locator(`#query-${table} tbody tr:visible td:nth-child(${index + 1})`).allTextContents();
  }

  head(table: string, name: string): Locator {
    return this.page.locator(`#query-${table} th`, { hasText: name });
  }

  /** The two times of the time line's form. */
  async times(): Promise<[string, string]> {
    return [
      await this.page.getByLabel('From').inputValue(),
      await this.page.getByLabel('to', { exact: true }).inputValue(),
    ];
  }
}
