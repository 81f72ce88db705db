import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dnslens, temporaryFolder } from '../support/cli.js';

const EVIDENCE = join(import.meta.dirname, '..', '..', 'fixtures', 'incidents', 'seed-walkthrough-1');

describe('dnslens ingest', () => {
  it('prints a line an input and their total, and nothing new the second time', () => {
    const cwd = temporaryFolder();
    const inputs = [join(EVIDENCE, 'capture.pcap'), join(EVIDENCE, 'coredns-1.log')];
    const first = dnslens(['ingest', ...inputs], { cwd });
    expect(first.code).toBe(0);
    expect(first.stderr).toBe('');
    expect(first.stdout).toMatch(/capture\.pcap: a pcap capture; [\d,]+ messages, [\d,]+ answers\n/);
    expect(first.stdout).toMatch(/\n2 inputs read: [\d,]+ rows in [\d.]+ m?s\n$/);
    const again = dnslens(['ingest', ...inputs], { cwd });
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/0 inputs read, 2 known already: 0 rows in/);
  });

  it('reads the others where one gives nothing, and exits with 2', () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'holiday.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70]));
    const { code, stdout, stderr } = dnslens(['ingest', 'holiday.jpg', join(EVIDENCE, 'capture.pcap')], {
      cwd,
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^dnslens: holiday\.jpg .+\n$/);
    expect(stdout).toMatch(/1 input read, 1 not read:/);
  });

  it('prints nothing with --quiet', () => {
    const ran = dnslens(['ingest', '-q', join(EVIDENCE, 'coredns-1.log')], { cwd: temporaryFolder() });
    expect(ran).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('reads standard input', () => {
    const cwd = temporaryFolder();
    const input =
      '[INFO] 10.0.0.1:4242 - 7 "A IN google.com. udp 28 false 512" NOERROR qr,rd,ra 54 0.0012s\n';
    expect(dnslens(['ingest', '-'], { cwd, input }).stdout).toContain('1 log query\n1 input read: 1 row in');
    const { stdout } = dnslens(['sql', 'select count(*) as n from raw.log_queries', '--json'], { cwd });
    expect(JSON.parse(stdout)).toEqual([{ n: 1 }]);
  });
});
