import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableOf } from '../../../src/causes/cause.js';
import { loadCauses } from '../../../src/causes/load.js';
import type { Figure } from '../../../src/causes/sentence.js';
import { buildModels } from '../../../src/build/build.js';
import { whatToCollect } from '../../../src/packs/what-to-collect.js';
import { loadCatalog } from '../../../src/packs/load.js';
import { withThresholds } from '../../../src/models/thresholds.js';
import { Database } from '../../../src/store/database.js';

const causes = loadCauses();
const catalog = loadCatalog();

/** What no evidence tells, so that a person fills it in. */
const FILLED_IN_BY_HAND = ['upstream_address', 'overlay_interface', 'hosted_zone_id'];

let database: Database;
beforeAll(async () => {
  database = await Database.open(':memory:');
  await buildModels(database);
});
afterAll(() => database.close());

/** Figures of one kind in all columns of a cause's numbers. */
async function figuresOf(table: string, number: number, text: string): Promise<Record<string, Figure>> {
  const columns = await database.rows<{ name: string; type: string }>(
    `select column_name as name, column_type as type from (describe ${table})`,
  );
  const figure = (type: string): Figure => {
    if (type.endsWith('[]')) return number === 0 ? [] : Array.from({ length: number }, () => text);
    if (type === 'VARCHAR') return text;
    return type === 'BOOLEAN' ? number > 0 : number;
  };
  return Object.fromEntries(columns.map(({ name, type }) => [name, figure(type)]));
}

it('has every command for the logs of several pods read them whole: kubectl gives ten lines of each otherwise', () => {
  const docs = ['README.md', ...readdirSync('docs').filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];
  const texts = [
    ...causes.flatMap(({ collect }) => collect),
    ...['log_queries', 'log_events'].flatMap((table) => whatToCollect([table])),
    ...docs.flatMap((path) => readFileSync(path, 'utf8').split('\n')),
  ];
  const many = texts.filter((text) => /kubectl logs [^`|>#]*-l /.test(text));
  expect(many.length).toBeGreaterThan(5);
  expect(many.filter((text) => !text.includes('--tail=-1'))).toEqual([]);
});

describe.each(causes.map((cause) => [cause.id, cause] as const))('the cause %s', (_, cause) => {
  it('gives advice of what what-if can play only where its play helps, and some advice always', () => {
    const PLAYED = [/autopath/, /trailing dot/, /single-request/, /\bNodeLocal DNSCache(?: answers|:)/];
    const unheld = cause.change.filter((item) => typeof item === 'string');
    expect(unheld.filter((text) => PLAYED.some((pattern) => pattern.test(text)) && !text.startsWith('Until then: '))).toEqual([]);
    expect(cause.change.some((item) => typeof item === 'string' || item.remedy === null)).toBe(true);
  });

  it('names queries that are there', () => {
    expect(cause.look.map((id) => catalog.get(id).id)).toEqual(cause.look);
  });

  it('says every sentence of none, one and many', async () => {
    const says = [
      ...cause.rules.map(({ say }) => say),
      ...cause.findings.flatMap((finding) => ('say' in finding ? [finding.say] : [])),
    ];
    for (const number of [0, 1, 7]) {
      const figures = await figuresOf(tableOf(cause), number, 'ns.example');
      for (const say of says) expect(say.render(figures, cause.params)).toMatch(/^\S.*[^.]$/);
      const lists = cause.findings.flatMap((finding) => ('each' in finding ? [figures[finding.each]] : []));
      for (const list of lists) expect(list).toBeInstanceOf(Array);
    }
  });

  it('counts one thing in the singular', async () => {
    const figures = await figuresOf(tableOf(cause), 1, 'ns.example');
    const slip = /\b1 (?:\w+ ){0,2}(?:queries|halves|pairs|replies|answers|lines|calls|lookups|packets|flows|times|were|are)\b/;
    // `1 of 7 answers` counts the 7
    const texts = cause.rules.map(({ say }) => say.render(figures, cause.params).replaceAll(/\b1 of /g, ''));
    expect(texts.filter((text) => slip.test(text))).toEqual([]);
  });

  it('judges by limits that have names: no rule or root has a number but 0 and 1', () => {
    const conditions = [...cause.rules, ...cause.findings, ...cause.roots].flatMap(({ when }) => when ?? []);
    const numbers = conditions.flatMap((when) => when.match(/(?<![\w$.])\d+(\.\d+)?/g) ?? []);
    expect(numbers.filter((number) => number !== '0' && number !== '1')).toEqual([]);
  });

  it('has no limit in its SQL that has no name', () => {
    const sql = `${cause.signs}\n${cause.numbers}`.replace(/--[^\n]*|'(?:[^']|'')*'/g, ' ');
    // 1e9: nanoseconds as seconds; 0.5 is a median
    const odd = sql.replaceAll(/1e9|quantile\([^)]*\)/g, ' ').match(/(?<![\w$.])(?:\d*\.\d+|\d{2,})/g) ?? [];
    expect(odd).toEqual([]);
  });

  it('writes changes out whose conditions hold or not, of facts and numbers that there are', async () => {
    const table = tableOf(cause);
    const numbers = Object.keys(await figuresOf(table, 1, 'x'));
    const facts = [...numbers, ...Object.keys(catalog.get('fix/cluster').columns), ...FILLED_IN_BY_HAND];
    for (const step of cause.fix) {
      const when = withThresholds(step.when ?? 'true', cause.params, cause.path);
      await expect(database.rows(`select (${when})::BOOLEAN from ${table} as n`)).resolves.toHaveLength(1);
      const places = [...JSON.stringify(step).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!);
      const lists = [step.each, step.pods?.without ?? null, step.route53?.delete ?? null, step.route53?.zone ?? null].filter((name) => name !== null);
      expect(places.filter((name) => !facts.includes(name) && !(name === 'item' && step.each))).toEqual([]);
      expect(lists.filter((name) => !numbers.includes(name))).toEqual([]);
    }
  });

  it('uses each limit that it declares', () => {
    const text = JSON.stringify([cause.signs, cause.numbers, cause.rules, cause.findings, cause.roots, cause.fix]);
    expect(Object.keys(cause.params).filter((name) => !new RegExp(`\\$${name}\\b`).test(text))).toEqual([]);
  });
});
