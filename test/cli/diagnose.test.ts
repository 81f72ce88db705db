import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dnslens, temporaryFolder } from '../support/cli.js';

const INCIDENT = join(import.meta.dirname, '..', '..', 'fixtures', 'incidents', 'seed-walkthrough-1');

describe('dnslens EVIDENCE', () => {
  it('reports on a folder without a command, from a database of its own that follows the evidence', () => {
    const cwd = temporaryFolder();
    const env = { XDG_CACHE_HOME: join(cwd, 'cache') };
    const cached = () => readdirSync(join(cwd, 'cache', 'dnslens'));
    mkdirSync(join(cwd, 'evidence'));
    for (const name of ['capture.pcap', 'Corefile'])
      cpSync(join(INCIDENT, name), join(cwd, 'evidence', name));
    const first = dnslens(['evidence/', '--quiet'], { cwd, env });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^None of \d+ lookups [^]*? was slow[^]*Looked at 1 capture/);
    const [database] = cached();
    expect(database).toMatch(/^evidence-[0-9a-f]{12}\.duckdb$/);
    expect(dnslens(['diagnose', 'evidence/'], { cwd, env }).stdout).toContain(
      `--db ${join(env.XDG_CACHE_HOME, 'dnslens')}`,
    );
    expect(cached()).toEqual([database]);
    rmSync(join(cwd, 'evidence', 'capture.pcap'));
    expect(dnslens(['evidence/'], { cwd, env }).stdout).not.toContain('1 capture');
    expect(cached()).toHaveLength(2);
  });

  it('of no use says why, exits with 2 and leaves no database', () => {
    const cwd = temporaryFolder();
    const env = { XDG_CACHE_HOME: join(cwd, 'cache') };
    writeFileSync(join(cwd, 'x.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
    const { code, stdout, stderr } = dnslens(['x.jpg', 'gone.pcap'], { cwd, env });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'dnslens: gone.pcap does not exist\ndnslens: x.jpg is an image (JPEG), not evidence\n',
    );
    expect(readdirSync(join(cwd, 'cache', 'dnslens'))).toEqual([]);
  });
});
