import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ingest } from '../../src/ingest/ingest.js';
import { Ledger } from '../../src/store/ledger.js';
import { dnslens, temporaryFolder } from '../support/cli.js';
import { tarOf, zipOf } from '../support/archives.js';

const line = (id: number) =>
  `[INFO] 10.0.0.1:4242 - ${id} "A IN a.example. udp 28 false 512" NOERROR qr,rd,ra 54 0.0012s\n`;
const CONF = 'nameserver 10.96.0.10\nsearch shop.svc.cluster.local\n';

/** What reading an archive gave: sentences of what gave nothing, and the sources. */
async function ingested(name: string, bytes: Uint8Array) {
  const folder = temporaryFolder();
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const ledger = await Ledger.open(join(folder, 'out.duckdb'));
  try {
    const { outcomes, gaveNothing } = await ingest(ledger, [path]);
    const told = outcomes.flatMap((one) =>
      'sentence' in one ? [one.sentence.replaceAll(`${folder}/`, '')] : [],
    );
    const sources = await ledger.database.rows<{ path: string; rows: number; complete: boolean }>(
      'select path, rows::INTEGER as rows, complete from raw.sources order by path',
    );
    return {
      told,
      gaveNothing,
      sources: sources.map((one) => ({ ...one, path: one.path.replace(`${folder}/`, '') })),
    };
  } finally {
    ledger.close();
  }
}

describe('an archive', () => {
  const files = {
    'must/logs/dns.log': line(1),
    'must/shop_app-a/resolv.conf': CONF,
    '../../etc/x.log': line(3),
  };
  const paths = (name: string) =>
    ['etc/x.log', 'must/logs/dns.log', 'must/shop_app-a/resolv.conf'].map((path) => ({
      path: `${name}/${path}`,
      rows: 1,
      complete: true,
    }));

  it.each([
    ['e.tar', tarOf(files)],
    ['e.tgz', gzipSync(tarOf(files))],
    ['e.zip', zipOf(files)],
  ])('%s is read, each file under its path in it, and nothing of it is left', async (name, bytes) => {
    const place = temporaryFolder();
    vi.stubEnv('TMPDIR', place);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await ingested(name, bytes)).toEqual({
      told: [`${name}: an archive of 3 files`],
      gaveNothing: false,
      sources: paths(name),
    });
    expect(readdirSync(place).filter((left) => !left.startsWith('dnslens-test-'))).toEqual([]);
  });

  it('in an archive is read, and one more around it is not', async () => {
    const inner = tarOf({ 'a.log': line(1) });
    const twice = zipOf({ 'inner.tar': inner });
    expect((await ingested('e.zip', twice)).sources).toMatchObject([
      { path: 'e.zip/inner.tar/a.log', rows: 1 },
    ]);
    const thrice = await ingested('e.tar', tarOf({ 'e.zip': twice }));
    expect(thrice.sources).toEqual([]);
    expect(thrice.told).toEqual([
      'e.tar: an archive of 1 file',
      'e.tar/e.zip: an archive of 1 file',
      'e.tar/e.zip/inner.tar is a tar archive that is damaged or inside too many archives; unpack it (tar -xf) first',
    ]);
  });

  it('over standard input is read', () => {
    const cwd = temporaryFolder();
    const input = tarOf({ 'a.log': line(1) }).toString('latin1');
    const { stdout } = dnslens(['ingest', '-'], { cwd, input });
    expect(stdout).toContain('-/a.log: a CoreDNS or NodeLocal DNSCache log; 1 log query');
  });

  it('that is cut gives what is whole, the file that it ends in as incomplete, and a sentence', async () => {
    const bytes = tarOf({ 'a.log': line(1), 'b.log': line(2).repeat(20) });
    expect(await ingested('e.tar', bytes.subarray(0, 512 * 3 + 300))).toEqual({
      told: ['e.tar ends in its middle, at byte 1836; the files before that are read'],
      gaveNothing: true,
      sources: [
        { path: 'e.tar/a.log', rows: 1, complete: true },
        { path: 'e.tar/b.log', rows: 3, complete: false },
      ],
    });
  });

  it('whose compression is cut between two files says so', async () => {
    const bytes = gzipSync(tarOf({ 'a.log': line(1) }));
    const { told, sources } = await ingested('e.tgz', bytes.subarray(0, -8));
    expect(told).toEqual([expect.stringMatching(/^e\.tgz was not read to its end: /)]);
    expect(sources).toHaveLength(1);
  });

  it('whose first header is damaged is not said to lie in others alone', async () => {
    const bytes = tarOf({ 'a.log': line(1) });
    bytes[0]! ^= 1;
    expect((await ingested('e.tar', bytes)).told).toEqual([
      expect.stringMatching(/^e\.tar is a tar archive that is damaged or /),
    ]);
  });

  it('that holds nothing is a mistake to be told', async () => {
    const { told, gaveNothing } = await ingested('e.tar', tarOf({ '.hidden': 'x' }));
    expect([told, gaveNothing]).toEqual([['e.tar holds no files to read'], true]);
  });
});
