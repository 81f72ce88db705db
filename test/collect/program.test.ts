import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Program } from '../../src/collect/program.js';
import { FakeKubectl } from './fake-kubectl.js';

describe('a run of kubectl', () => {
  it.each([
    ['/dev/full', /^\/dev\/full cannot be written: there is no room left/],
    ['/nowhere/x.log', /x\.log cannot be written: the folder \S+ does not exist/],
  ])('whose output cannot be written to %s says why', async (file, sentence) => {
    vi.stubEnv('PATH', new FakeKubectl().path);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { fault } = await new Program('kubectl').run(['logs', '-n', 'kube-system', 'coredns-a'], { file });
    expect(fault).toMatch(sentence);
  });
});
