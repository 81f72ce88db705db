import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_FILTERS } from '../../../../src/packs/filters.js';
import { loadCatalog } from '../../../../src/packs/load.js';
import { timeLine } from '../../../../src/report/page/incident/time-line.js';
import type { PageRequest } from '../../../../src/report/page/request.js';
import { Database } from '../../../../src/store/database.js';
import { querySource } from '../../../support/page.js';
import { parseQuery } from '../../../../src/packs/query.js';
import { cause, COST, diagnosis, FOUND } from '../../diagnosis/given.js';

const COLUMNS = ['measure', 'from_time', 'to_time', 'value', 'limit_value'];
const CHART =
  '-- chart: {mark: bar, x: from_time, x_end: to_time, y: value, panel: measure, beside: limit_value}\n';
const LIMIT = cause({
  ...FOUND,
  cause: 'upstream-packet-limit',
  title: 'Packet limit',
  panels: ['most packets in a second to upstreams', 'unanswered by upstream'],
});

let database: Database;
beforeAll(async () => {
  database = await Database.open(':memory:');
});
afterAll(() => database.close());

/** The time line of rows `measure` (with values 1 to 3 in three seconds), and what its script is given. */
async function drawn(causes: Parameters<typeof diagnosis>[0], ...measures: string[]) {
  const rows = measures.flatMap((name) =>
    [0, 1, 2].map(
      (i) =>
        `('${name}', timestamp '2026-01-02 03:05:0${i}', timestamp '2026-01-02 03:05:0${i + 1}', ${name.startsWith('gap') && i === 1 ? 'null' : 1500 * i}e0, ${name.startsWith('most') ? '1024e0' : 'null'})`,
    ),
  );
  const sql = `select * from (values ${rows.join(', ')}) as t (${COLUMNS.join(', ')})`;
  const source = querySource(COLUMNS, sql).replace('-- kind: table\n', `-- kind: chart\n${CHART}`);
  const request = {
    database,
    catalog: loadCatalog(),
    options: { params: {}, filters: NO_FILTERS },
  } as unknown as PageRequest;
  const { text: html } = await timeLine(diagnosis(causes), parseQuery(source, 'mine', 'mine.sql'), request);
  const data = /id="time-line-data">(.*?)<\/script>/s.exec(html)?.[1];
  return { html, data: data === undefined ? null : (JSON.parse(data) as TimeLineData) };
}

interface TimeLineData {
  panels: {
    title: string;
    limit: number | null;
    color: string;
    x: number[];
    y: (number | null)[];
    gaps: object[];
  }[];
  bands: { name: string; from: number; to: number }[];
}

const EVERY = [
  'queries per second',
  'NXDOMAIN share',
  'slow or failed lookups: conntrack-race',
  'A/AAAA pairs that lost one half',
  'unanswered by upstream: 10.0.0.2',
  'most packets in a second to upstreams',
];

describe("the incident's time line", () => {
  it('has the panels that the causes found name, and those that every incident has', async () => {
    const titles = async (causes: Parameters<typeof diagnosis>[0]) =>
      (await drawn(causes, ...EVERY)).data!.panels.map(({ title }) => title);
    expect(await titles([FOUND])).toEqual([
      'queries per second',
      'slow or failed lookups: conntrack-race',
      'A/AAAA pairs that lost one half',
    ]);
    expect(await titles([LIMIT])).toEqual([
      'queries per second',
      'slow or failed lookups: conntrack-race',
      'most packets in a second to upstreams',
      'unanswered by upstream: 10.0.0.2',
    ]);
    expect(await titles([cause()])).toEqual([
      'queries per second',
      'slow or failed lookups: conntrack-race',
      'NXDOMAIN share',
    ]);
  });

  it('draws the limit beside the values, for paper and for the script', async () => {
    const { html, data } = await drawn([LIMIT], ...EVERY);
    expect(html).toContain('>limit 1,024<');
    expect(data!.panels[2]).toMatchObject({
      limit: 1024,
      x: [0, 1, 2, 2.999, 3],
      y: [0, 1500, 3000, 3000, null],
    });
  });

  it('shades the times of faults in the colour of their lookups, and names those of costs', async () => {
    const cost = { ...COST, first_seen: FOUND.first_seen, last_seen: FOUND.last_seen };
    const { html, data } = await drawn([FOUND, cost], ...EVERY);
    expect(data!.bands.map(({ name }) => name)).toEqual([FOUND.title]);
    expect(html).toContain('Search list amplification: <span class="when">2026-01-02 03:05:00');
    const [queries, hurt] = data!.panels;
    expect(hurt!.color).not.toBe(queries!.color);
    expect(html).toContain(`<title>${FOUND.title}</title>`);
  });

  it('gives the first panel of each kind before a second one of any', async () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `slow or failed lookups: ${name}`);
    const { data } = await drawn([FOUND], 'queries per second', ...many, 'A/AAAA pairs that lost one half');
    expect(data!.panels).toHaveLength(8);
    expect(data!.panels.at(-1)!.title).toBe('A/AAAA pairs that lost one half');
  });

  it('says so in a sentence where no capture tells of a time', async () => {
    const { html, data } = await drawn([FOUND], 'something else');
    expect(html).toBe('<p>No capture tells how queries came and went over time.</p>\n');
    expect(data).toBeNull();
  });
});
