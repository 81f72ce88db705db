import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMAT } from '../../src/cluster/collection/manifest.js';
import { dnslens, temporaryFolder } from '../support/cli.js';

const SLL2_CAPTURE = readFileSync(join(import.meta.dirname, '../../fixtures/captures/sll2.pcap'));

const gathered = (file: string, more: object) => ({
  file,
  what: `what is in ${file}`,
  evidence: 'captures',
  node: null,
  label: null,
  command: ['kubectl'],
  began: '2026-03-04T05:06:07.250Z',
  ended: '2026-03-04T05:06:08Z',
  bytes: 1,
  failed: null,
  ...more,
});

/** A folder of dnslens collect with a capture of a node whose clock is so far ahead, and the same of another. */
function folderOf(ahead: { one: number; within: number }): string {
  const folder = join(temporaryFolder(), 'evidence');
  const put = (name: string, content: string | Buffer) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  put('nodes/one/one.pcap', SLL2_CAPTURE);
  put('nodes/one/interfaces-one.txt', '11 lo\n12 veth5a\n13 eth0\nno list\n');
  // other bytes in a field that nobody reads: the same ones would be known already
  put('captured.txt', Buffer.from(SLL2_CAPTURE).fill(1, 12, 16));
  const files = [
    gathered('nodes/one/one.pcap', { node: 'one', label: 'one' }),
    gathered('nodes/one/interfaces-one.txt', { evidence: 'interfaces', node: 'one', label: 'one' }),
    gathered('captured.txt', { label: 'web-1', failed: 'it was "cut"' }),
    gathered('logs/a.log', { evidence: 'logs', failed: 'not allowed' }),
    gathered('x', { evidence: 'something new' }),
    'no object',
  ];
  const clocks = [{ node: 'one', offset_seconds: ahead.one, within_seconds: ahead.within }, { node: 'two' }];
  put('manifest.json', JSON.stringify({ format: FORMAT, clocks, gathered: files }));
  return folder;
}

function sources(evidence: string): Record<string, unknown>[] {
  const cwd = dirname(evidence);
  expect(dnslens(['ingest', evidence, '-q'], { cwd }).code).toBe(0);
  const sql =
    "select parse_filename(path) as file, label, clock_ahead_seconds as ahead, epoch_us(first_time::timestamp) as first, (select list(distinct interface order by interface) from messages where source_id = s.source_id) as interfaces from sources as s where kind = 'pcap' order by file";
  return JSON.parse(dnslens(['sql', sql, '--json'], { cwd }).stdout) as Record<string, unknown>[];
}

describe("a collection's manifest", () => {
  it("names nodes and interfaces, and sets a node's times back by what its clock is ahead", () => {
    const folder = folderOf({ one: 12.25, within: 0.5 });
    const read = sources(folder);
    const [other, one] = read;
    expect(other).toMatchObject({ file: 'captured.txt', label: 'web-1', ahead: null });
    expect(one).toMatchObject({ file: 'one.pcap', label: 'one', ahead: 12.25 });
    expect(Number(one!['first'])).toBe(Number(other!['first']) - 12_250_000);
    expect(String(one!['interfaces'])).toMatch(/^veth5a$/);
    expect(String(other!['interfaces'])).toMatch(/^12$/);
    const failed = dnslens(
      ['sql', 'select file, failed, began from collected where failed is not null', '--csv'],
      {
        cwd: dirname(folder),
      },
    );
    expect(failed.stdout).toBe(
      'file,failed,began\ncaptured.txt,"it was ""cut""",2026-03-04T05:06:07.250Z\nlogs/a.log,not allowed,2026-03-04T05:06:07.250Z\n',
    );
    expect(dnslens(['report', 'diagnosis/gaps', '--csv'], { cwd: dirname(folder) }).stdout).toBe(
      'evidence,why,things,what\ncaptures,"it was ""cut""",1,what is in captured.txt\nlogs,not allowed,1,what is in logs/a.log\n',
    );
  });

  it('says the same of files in an archive', () => {
    const folder = folderOf({ one: -3600.5, within: 0.01 });
    execFileSync('tar', ['czf', 'evidence.tgz', 'evidence'], { cwd: dirname(folder) });
    const [other, one] = sources(`${folder}.tgz`);
    expect(one).toMatchObject({ label: 'one', ahead: -3600.5 });
    expect(Number(one!['first'])).toBe(Number(other!['first']) + 3600_500_000);
    expect(String(one!['interfaces'])).toMatch(/^veth5a$/);
  });

  it('leaves times alone where a clock may be right for all that was measured', () => {
    expect(sources(folderOf({ one: 0.4, within: 0.5 }))[1]).toMatchObject({ label: 'one', ahead: null });
  });
});
