import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DuckDbEngine } from '../../src/packs/engine.js';
import { type FilterOptions, readFilters } from '../../src/packs/read-filters.js';
import { Database } from '../../src/store/database.js';

let database: Database;
beforeAll(async () => {
  database = await Database.open(':memory:');
  await database.run(`create table clients as from (values
    ('10.0.0.1', 'shop', 'web-1', 'web'), ('10.0.0.2', 'shop', 'web-2', 'web'), ('10.0.1.3', 'shop', 'db-0', 'db'),
    ('10.0.1.4', 'blog', 'web-1', 'web'), ('fd00::5', 'blog', 'index', null), ('10.0.9.9', null, null, null)
    ) as c(client, namespace, pod, workload)`);
  await database.run(`create table sources as from (values
    (timestamp_ns '2026-01-01 23:50:00', timestamp_ns '2026-01-02 00:20:00'), (null, null)) as s(first_time, last_time)`);
});
afterAll(() => database.close());

const asked = (options: FilterOptions) => readFilters(new DuckDbEngine(database), options);
const clients = async (given: string) => (await asked({ client: given })).client!.addresses;
const span = async (since?: string, until?: string) => {
  const read = await asked({ since, until });
  return [read.since, read.until];
};

describe('--client', () => {
  it('takes an address, known or not', async () => {
    expect(await clients('10.9.9.9')).toEqual(['10.9.9.9']);
    expect(await clients('FD00:0:0:0:0:0:0:5')).toEqual(['fd00::5']);
    expect(await clients('::ffff:10.0.0.1')).toEqual(['10.0.0.1']);
  });

  it('takes a pod, a workload, either with its namespace, or a namespace', async () => {
    expect(await clients('db-0')).toEqual(['10.0.1.3']);
    expect(await clients('shop/web-1')).toEqual(['10.0.0.1']);
    expect(await clients('shop/web')).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(await clients('db')).toEqual(['10.0.1.3']);
    expect(await clients('blog/')).toEqual(['10.0.1.4', 'fd00::5']);
  });

  it('takes a prefix', async () => {
    expect(await clients('10.0.1.0/24')).toEqual(['10.0.1.3', '10.0.1.4']);
    expect(await clients('fd00::/8')).toEqual(['fd00::5']);
  });

  it.each(['web-1', 'web'])('takes no %s that several namespaces have, and says which', async (name) => {
    await expect(clients(name)).rejects.toThrow(
      `--client ${name} is of several namespaces: blog/${name}, shop/${name}`,
    );
  });

  it.each(['shop/wep', '10.0.7.0/24', '10.0.1.0/33'])('says that %s is nothing known', async (name) => {
    await expect(clients(name)).rejects.toThrow(
      `--client ${name} is no address, prefix, pod or workload that is known`,
    );
  });
});

describe('--since and --until', () => {
  it('take a time of a day that the evidence has, the later where both its days have it', async () => {
    expect(await span('23:55', '0:05')).toEqual(['2026-01-01 23:55:00', '2026-01-02 00:05:00']);
    expect(await span('00:05:07.25')).toEqual(['2026-01-02 00:05:07.25', null]);
  });

  it('take both ends as one word, whichever comes first', async () => {
    expect(await span('23:55..00:05')).toEqual(['2026-01-01 23:55:00', '2026-01-02 00:05:00']);
    expect(await span('2m..5m')).toEqual(['2026-01-02 00:15:00', '2026-01-02 00:18:00']);
    await expect(span('2m..5m', '00:20')).rejects.toThrow(
      '--since 2m..5m has an end of its own; leave out --until',
    );
  });

  it('count back from the end of the evidence, or from now', async () => {
    expect(await span('10m')).toEqual(['2026-01-02 00:10:00', null]);
    await expect(span('@now-10m')).rejects.toThrow(
      /^--since \d{4}-.* is after all of the evidence, which ends at/,
    );
  });

  it.each(['25:00', 'yesterday', '5', '1m..'])('refuse %s', async (given) => {
    await expect(span(given)).rejects.toThrow('is not a time; write 2026-01-02T03:04:05Z');
  });

  const spanning = (first: string | null, last: string | null) => ({
    connection: database.connection,
    rows: async <T>() => [{ first, last }] as T[],
  });

  it('are in UTC, with an offset or without', async () => {
    const { since, until } = await readFilters(spanning(null, null), {
      since: '2026-01-02T03:04:05+09:00',
      until: '2026-01-02 03:04',
    });
    expect([since, until]).toEqual(['2026-01-01 18:04:05', '2026-01-02 03:04:00']);
  });

  it('refuse a span that no evidence lies in', async () => {
    const evidence = spanning('2026-01-02 03:00:00', '2026-01-02 04:00:00.5');
    await expect(readFilters(evidence, { since: '2026-01-02 04:00:01' })).rejects.toThrow(
      '--since 2026-01-02 04:00:01 is after all of the evidence, which ends at 2026-01-02 04:00:00.5 UTC',
    );
    await expect(readFilters(evidence, { until: '2026-01-02 03:00' })).rejects.toThrow(
      'is before all of the evidence',
    );
    await expect(
      readFilters(evidence, { since: '2026-01-02 03:30', until: '2026-01-02 03:20' }),
    ).rejects.toThrow('nothing lies between');
    const within = await readFilters(evidence, { since: '2026-01-02 04:00:00', until: '2027-01-01' });
    expect(within).toMatchObject({ since: '2026-01-02 04:00:00' });
  });

  it.each(['10m', '03:04'])('refuse %s where no source has a time', async (since) => {
    await expect(readFilters(spanning(null, null), { since })).rejects.toThrow(
      `--since ${since} is told from the evidence's own times, but no source has one; give an absolute time`,
    );
  });
});
