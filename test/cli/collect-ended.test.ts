import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collected, filesIn, manifestIn } from '../collect/collected.js';
import { FakeKubectl } from '../collect/fake-kubectl.js';
import { dnslens, PROGRAM, temporaryFolder } from '../support/cli.js';

describe('dnslens collect', () => {
  it.each([
    ['SIGINT', 0, 'logs/kube-dns.log'],
    ['SIGTERM', null, 'cluster/pods.json'],
  ] as const)('ended by %s keeps what is there and deletes its pods', async (signal, code, file) => {
    const kubectl = new FakeKubectl();
    const cwd = temporaryFolder();
    const waiting = watch(kubectl.folder);
    const child = spawn(process.execPath, [PROGRAM, 'collect', '--yes', '--node', 'n1', '--out', 'out'], {
      cwd,
      env: { PATH: kubectl.path, FAKE_HANGS: 'tcpdump' },
      stdio: 'ignore',
    });
    waiting.on('change', (_, name) => {
      if (name !== 'hangs-1') return;
      waiting.close();
      child.kill(signal);
    });
    const [ended] = (await once(child, 'close')) as [number | null];
    expect(ended).toBe(code);
    expect(filesIn(join(cwd, 'out'))).toEqual(
      expect.arrayContaining(['manifest.json', 'nodes/n1/n1.pcap', file]),
    );
    expect(manifestIn(join(cwd, 'out')).interrupted).toBe(true);
    expect(kubectl.calls().at(-1)).toMatch(/^delete pod /);
  });

  it('that loses a node in the middle keeps what came, says so, and the report says so too', () => {
    const { code, stdout, folder } = collected(new FakeKubectl(), ['--node', 'n1', '--report'], {
      FAKE_LOSES: 'tcpdump',
    });
    expect(code).toBe(0);
    expect(manifestIn(folder).missing).toContain(
      'packets on node n1: unable to upgrade connection: pod does not exist',
    );
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'Asked for and not had: packets on node n1 and 1 more (unable to upgrade connection: pod does not exist).',
    );
  });

  it('keeps the whole lines of a log that ended in the middle of one, and says that it ended', () => {
    const line = (name: string) =>
      `[pod/coredns-a/coredns] 2026-03-04T05:06:07.5Z [INFO] 10.244.1.9:40000 - 7 "A IN ${name}. udp 40 false 512" NOERROR qr,aa,rd 70 0.0001s\n`;
    const { cwd, folder } = collected(new FakeKubectl(), [], {
      FAKE_CUTS: line('whole.example') + line('cut.example').slice(0, 95),
    });
    expect(manifestIn(folder).missing).toContain('logs of kube-system/kube-dns: unexpected EOF');
    expect(dnslens(['ingest', 'out'], { cwd }).code).toBe(0);
    const sql = 'select qname from log_queries';
    expect(JSON.parse(dnslens(['sql', sql, '--json'], { cwd }).stdout)).toEqual([{ qname: 'whole.example' }]);
  });

  it('that is killed is undone all the same', async () => {
    const kubectl = new FakeKubectl();
    const watching = watch(kubectl.folder);
    const words = ['collect', '--yes', '--node', 'n1', '--out', join(kubectl.folder, 'killed')];
    const child = spawn(process.execPath, [PROGRAM, ...words], {
      env: { PATH: kubectl.path, FAKE_HANGS: 'tcpdump' },
      stdio: 'ignore',
    });
    await new Promise<void>((deleted) => {
      watching.on('change', (_, name) => {
        if (name === 'hangs-1') child.kill('SIGKILL');
        if (name === 'calls' && kubectl.calls().some((call) => call.startsWith('delete pod '))) deleted();
      });
    });
    watching.close();
    expect(child.signalCode).toBe('SIGKILL');
  });
});
