import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Filling } from '../../src/fix/fill.js';

describe('filling a command', () => {
  it('puts names, addresses and numbers in', () => {
    const filling = new Filling({ service: '10.96.0.10', domain: 'k8s.corp.example', v6: 'fd00::a' });
    expect(filling.text('ask {{domain}} at {{service}} or {{v6}}, {{item}} times', { item: 3n })).toBe(
      'ask k8s.corp.example at 10.96.0.10 or fd00::a, 3 times',
    );
    expect(filling.blanks).toEqual([]);
  });

  it('leaves a word in capitals for what is not known, and says so once', () => {
    const filling = new Filling({ service: null });
    expect(filling.text('{{service}} {{service}} {{dns_deployment}}')).toBe('SERVICE SERVICE DNS_DEPLOYMENT');
    expect(filling.blanks.map(({ word }) => word)).toEqual(['SERVICE', 'DNS_DEPLOYMENT']);
  });

  it('pastes nothing that a shell, sed or kubectl could take for more than a name', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), (value) => {
        const shown = new Filling({ value }).text('{{value}}');
        expect(shown === 'VALUE' || /^[\w.:][\w.:-]*$/.test(shown)).toBe(true);
      }),
    );
    for (const value of [
      '$(id)',
      'a;b',
      'x/e',
      '-rf',
      'a b',
      '`id`',
      "a'b",
      'a\nb',
      '{{service}}',
      'a'.repeat(300),
    ])
      expect(new Filling({ value }).text('{{value}}')).toBe('VALUE');
  });
});
