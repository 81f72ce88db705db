import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dnslens, PROGRAM, temporaryFolder } from '../support/cli.js';

const EVIDENCE = join(import.meta.dirname, '..', '..', 'fixtures', 'incidents', 'race-loss-1');
/** Room for an empty database and a small input, in KiB; a limit on a file's size ends writing as a full disk does. */
const ROOM = 800;

describe('a disk that fills up', () => {
  it('is told in a sentence, keeps the inputs that are read, and the same command goes on from there', () => {
    const cwd = temporaryFolder();
    const inputs = ['Corefile', 'capture.pcap.gz'].map((name) => join(EVIDENCE, name));
    const limited = `ulimit -f ${ROOM}; exec "$0" "$@"`;
    const { status, stderr } = spawnSync(
      'bash',
      ['-c', limited, process.execPath, PROGRAM, 'ingest', ...inputs],
      { cwd, encoding: 'utf8' },
    );
    expect(stderr).toMatch(
      /^dnslens: there is no room left for dnslens\.duckdb in \.; make room and run .* kept\n$/,
    );
    expect(status).toBe(2);
    const again = dnslens(['ingest', ...inputs], { cwd });
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/Corefile is in the database already/);
    const { stdout } = dnslens(['sql', 'select count(*) as n from messages', '--json'], { cwd });
    expect(JSON.parse(stdout)).toEqual([{ n: 6745 }]);
  });
});
