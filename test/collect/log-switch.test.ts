import { describe, expect, it } from 'vitest';
import { findDns } from '../../src/collect/dns-service.js';
import { logState, withLog } from '../../src/collect/log-switch.js';
import { kubeadm } from './cluster.js';

const PLAIN =
  '.:53 {\n    errors\n    reload\n    forward . /etc/resolv.conf {\n       max_concurrent 1000\n    }\n}\n';

const stateOf = (text: string, name = 'coredns') =>
  logState(findDns(kubeadm()), [{ metadata: { name, namespace: 'kube-system' }, data: { Corefile: text } }]);

describe('the log plugin', () => {
  it.each([
    ['itself', PLAIN.replace('errors', 'log'), true],
    ['with a class', PLAIN.replace('errors', 'log . {\n    class error\n    }'), true],
    ['by a snippet', `(common) {\n  log\n}\n${PLAIN.replace('errors', 'import common')}`, true],
    ['nowhere', PLAIN, false],
    [
      'by a snippet of a snippet',
      `(a) {\n  log\n}\n(b) {\n  import a\n}\n${PLAIN.replace('errors', 'import b')}`,
      true,
    ],
    [
      'not by a snippet that imports itself',
      `(a) {\n  import a\n}\n${PLAIN.replace('errors', 'import a')}`,
      false,
    ],
    ['in a comment', PLAIN.replace('errors', '# log'), false],
    [
      'in one block of two',
      `${PLAIN.replace('errors', 'log')}example.org:53 {\n  forward . 10.0.0.2\n}\n`,
      false,
    ],
  ])('is seen where it is on %s', (_, text, isOn) => {
    expect(withLog(text).isOn).toBe(isOn);
  });

  it('is put into each server block that has it not, and nothing else is changed', () => {
    const text = `# mine\n(snippet) {\n  errors\n}\n${PLAIN}example.org:53 {\n  log\n}\n`;
    expect(withLog(text).text).toBe(text.replace('.:53 {\n', '.:53 {\n    log\n'));
  });

  it('is put in below the keys of a block whose keys take several lines, or that has no braces', () => {
    expect(withLog(PLAIN.replace('.:53', 'a.example,\nb.example')).text).toMatch(
      /^a.example,\nb.example {\n    log\n/,
    );
    expect(withLog('.:53\nerrors\nreload\n').text).toBe('.:53\n    log\nerrors\nreload\n');
  });

  it('is turned on and put back only while the configuration is what was read', () => {
    const state = stateOf(PLAIN);
    if (state.state !== 'off') throw new Error(state.state);
    const patch = (args: readonly string[]) => JSON.parse(args.at(-1)!) as { op: string; value: string }[];
    const [before, after] = patch(state.change.on);
    expect([before!.op, before!.value, after!.op]).toEqual(['test', PLAIN, 'replace']);
    expect(patch(state.change.off.args).map(({ value }) => value)).toEqual([after!.value, PLAIN]);
  });

  it.each([
    [PLAIN.replace('    reload\n', ''), 'coredns', /no plugin reload/],
    [PLAIN, 'dns-default', /oc patch dns.operator\/default/],
  ])('is left alone where that would not do', (text, name, why) => {
    expect(stateOf(text, name)).toEqual({ state: 'fixed', why: expect.stringMatching(why) as string });
  });
});
