import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { dnslens, temporaryFolder } from '../support/cli.js';
import { tarOf, zipOf } from '../support/archives.js';

const line = (id: number) =>
  `[INFO] 10.0.0.1:4242 - ${id} "A IN a.example. udp 28 false 512" NOERROR qr,rd,ra 54 0.0012s\n`;
const CONF = 'nameserver 10.96.0.10\nsearch shop.svc.cluster.local\n';

function ingested(name: string, bytes: Uint8Array) {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, name), bytes);
  const env = { TMPDIR: join(cwd, 'tmp') };
  mkdirSync(env.TMPDIR);
  const ran = dnslens(['ingest', name], { cwd, env });
  const left = readdirSync(env.TMPDIR);
  const sql = dnslens(['sql', 'select path, rows, complete from sources order by path', '--json'], { cwd });
  return { ...ran, left, sources: JSON.parse(sql.stdout) as unknown[] };
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
  ])('%s is read, each file under its path in it', (name, bytes) => {
    expect(ingested(name, bytes)).toMatchObject({ code: 0, stderr: '', left: [], sources: paths(name) });
  });

  it('in an archive is read, and one more around it is not', () => {
    const inner = tarOf({ 'a.log': line(1) });
    const twice = zipOf({ 'inner.tar': inner });
    expect(ingested('e.zip', twice).sources).toMatchObject([{ path: 'e.zip/inner.tar/a.log', rows: 1 }]);
    const thrice = ingested('e.tar', tarOf({ 'e.zip': twice }));
    expect(thrice.sources).toEqual([]);
    expect(thrice.stdout).toContain('e.tar/e.zip/inner.tar is a tar archive inside too many archives');
  });

  it('over standard input is read', () => {
    const cwd = temporaryFolder();
    const { stdout } = dnslens(['ingest', '-'], {
      cwd,
      input: tarOf({ 'a.log': line(1) }).toString('latin1'),
    });
    expect(stdout).toContain('-/a.log: a CoreDNS or NodeLocal DNSCache log; 1 log query');
  });

  it('that is cut gives what is whole, the file that it ends in as incomplete, and a sentence', () => {
    const bytes = tarOf({ 'a.log': line(1), 'b.log': line(2).repeat(20) });
    const { code, stderr, sources } = ingested('e.tar', bytes.subarray(0, 512 * 3 + 300));
    expect(code).toBe(2);
    expect(stderr).toBe('dnslens: e.tar ends in its middle, at byte 1836; the files before that are read\n');
    expect(sources).toEqual([
      { path: 'e.tar/a.log', rows: 1, complete: true },
      { path: 'e.tar/b.log', rows: 3, complete: false },
    ]);
  });

  it('whose compression is cut between two files says so', () => {
    const bytes = gzipSync(tarOf({ 'a.log': line(1) }));
    const { code, stderr } = ingested('e.tgz', bytes.subarray(0, -8));
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^dnslens: e\.tgz was not read to its end: .+\n$/),
    ]);
  });

  it('that holds nothing is a mistake to be told', () => {
    expect(ingested('e.tar', tarOf({ '.hidden': 'x' }))).toMatchObject({
      code: 2,
      stderr: 'dnslens: e.tar holds no files to read\n',
    });
  });
});
