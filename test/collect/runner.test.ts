import { expect, it, onTestFinished, vi } from 'vitest';
import { ownPod } from '../../src/collect/post.js';
import { Program } from '../../src/collect/program.js';
import { Runner } from '../../src/collect/runner.js';
import { temporaryFolder } from '../support/cli.js';

it('pods that could not be deleted are told with a command that reaches the same cluster', async () => {
  vi.stubEnv('PATH', '/usr/bin:/bin');
  onTestFinished(() => void vi.unstubAllEnvs());
  const options = { namespace: 'dns', image: 'i', pullPolicy: 'Never', seconds: 1, run: 'abcd' };
  const told: string[] = [];
  const { signal } = new AbortController();
  const kubectl = new Program('kubectl', ['--context=my lab']);
  const steps = { say: (sentence: string) => told.push(sentence), show: () => undefined };
  const signals = { finish: signal, stop: signal };
  const runner = new Runner({ kubectl, aws: new Program('aws') }, temporaryFolder(), steps, signals);
  await runner.run({
    looked: [],
    log: null,
    during: [{ post: ownPod('n1', 0, options), tasks: [] }],
    begin: [],
    end: [],
    followed: [],
  });
  expect(told.at(-1)).toMatch(
    /^pods were left behind .* do it with: kubectl '--context=my lab' delete pod -n dns dnslens-abcd-1 /,
  );
});
