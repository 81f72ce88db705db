import { describe, expect, it } from 'vitest';
import { fixSteps } from '../../src/causes/fix-steps.js';

const SHARED = {
  cache: { title: 'A cache', risk: 'Some.', shell: 'kubectl apply -f cache.yaml\n', what_if: 'nodelocal' },
};

describe("a cause's section fix", () => {
  it('reads steps, and those that causes share by their names', () => {
    const own = {
      title: 'Lower it',
      when: 'spared > 0',
      risk: 'Pods are made anew.',
      pods: { options: { ndots: 2, edns0: null } },
    };
    expect(fixSteps(['cache', own], SHARED)).toMatchObject([
      { title: 'A cache', shell: 'kubectl apply -f cache.yaml', whatIf: 'nodelocal', pods: null, when: null },
      {
        when: 'spared > 0',
        pods: { options: { ndots: '2', edns0: '' }, without: null, resolver: null },
        corefile: [],
      },
    ]);
    expect(fixSteps(undefined, SHARED)).toEqual([]);
  });

  it('puts a plugin in with the arguments that it is to have, unless told others', () => {
    const corefile = [
      { plugin: 'cache', arguments: ['300'] },
      { plugin: 'autopath', add: ['@kubernetes'] },
      { plugin: 'forward' },
    ];
    const [step] = fixSteps([{ title: 'T', risk: 'R', corefile }], SHARED);
    expect(step!.corefile.map((one) => [one.arguments, one.add])).toEqual([
      [['300'], ['300']],
      [null, ['@kubernetes']],
      [null, null],
    ]);
  });

  it.each([
    [{ a: 1 }, 'must be a list'],
    [['cahce'], 'names "cahce", which is no shared change'],
    [[{ title: 'T', risk: 'R' }], 'must change something (change 1)'],
    [[{ title: 'T', shell: 'x' }], 'must be a text (change 1: risk)'],
    [[{ title: 'T', risk: 'R', shell: 'x', sell: 'y' }], 'has an unknown key "sell" (change 1)'],
    [[{ title: 'T', risk: 'R', shell: 'x', what_if: 'magic' }], 'must be one of nodelocal, autopath'],
    [[{ title: 'T', risk: 'R', pods: { option: {} } }], 'has an unknown key "option"'],
  ])('says what is wrong with %j', (value, sentence) => {
    expect(() => fixSteps(value, SHARED)).toThrow(sentence);
  });
});
