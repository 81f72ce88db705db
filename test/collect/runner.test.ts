import { expect, it, onTestFinished, vi } from 'vitest';
import { helperOn } from '../../src/collect/helper-pod.js';
import { Kubectl } from '../../src/collect/kubectl.js';
import { Runner } from '../../src/collect/runner.js';
import { temporaryFolder } from '../support/cli.js';

it('pods that could not be deleted are told with a command that reaches the same cluster', async () => {
  vi.stubEnv('PATH', '/nowhere');
  onTestFinished(() => void vi.unstubAllEnvs());
  const options = { namespace: 'dns', image: 'i', pullPolicy: 'Never', seconds: 1, run: 'abcd' };
  const told: string[] = [];
  const { signal } = new AbortController();
  const kubectl = new Kubectl(['--context=my lab']);
  const signals = { finish: signal, stop: signal };
  const runner = new Runner(kubectl, temporaryFolder(), (sentence) => told.push(sentence), signals);
  await runner.run({ helpers: [helperOn('n1', 0, options)], during: [], begin: [], end: [] });
  expect(told).toEqual([
    expect.stringContaining("delete them with: kubectl '--context=my lab' delete pod -n dns dnslens-abcd-1 "),
  ]);
});
