import { describe, expect, it } from 'vitest';
import type { CorefileChange } from '../../src/causes/fix-steps.js';
import { corefileEdit, type PluginLine } from '../../src/fix/corefile-diff.js';
import { Filling } from '../../src/fix/fill.js';

const line = (at: number, plugin: string, args: string[] = [], options: string[][] = []): PluginLine => ({
  origin: 'kube-system/coredns',
  line: at,
  plugin,
  arguments: JSON.stringify(args),
  options: JSON.stringify(options),
});

const READ = [
  line(2, 'errors'),
  line(
    3,
    'forward',
    ['.', '10.0.0.2'],
    [
      ['max_concurrent', '1000'],
      ['policy', 'random'],
    ],
  ),
  line(7, 'cache', ['30']),
];

const change = (plugin: string, more: Partial<CorefileChange> = {}): CorefileChange => ({
  plugin,
  arguments: null,
  add: null,
  options: [],
  ...more,
});

const edit = (changes: CorefileChange[], read = READ) =>
  corefileEdit(changes, read, new Filling({ address: '10.9.9.9' }));

describe("a Corefile's change", () => {
  it('sets lines of a block in the place of those with the same word, and keeps the others', () => {
    expect(edit([change('forward', { options: [['policy', 'sequential']] })]).diff).toEqual([
      '--- kube-system/coredns',
      '+++ kube-system/coredns',
      '@@ line 3 @@',
      '     forward . 10.0.0.2 {',
      '        max_concurrent 1000',
      '-       policy random',
      '+       policy sequential',
      '     }',
    ]);
  });

  it('gives a plugin a block, or other arguments', () => {
    expect(edit([change('cache', { options: [['serve_stale', '1h']] })]).diff.slice(3)).toEqual([
      '-    cache 30',
      '+    cache 30 {',
      '+       serve_stale 1h',
      '+    }',
    ]);
    expect(edit([change('cache', { arguments: ['300'] })]).diff.slice(3)).toEqual([
      '-    cache 30',
      '+    cache 300',
    ]);
    expect(edit([change('forward', { arguments: ['.', '{{address}}'] })]).diff).toContain(
      '+    forward . 10.9.9.9 {',
    );
  });

  it('puts in a plugin that is missing where it is said with what, and else says that it lacks', () => {
    expect(edit([change('autopath', { add: ['@kubernetes'] })]).diff.slice(2)).toEqual([
      '@@ after line 7 @@',
      '+    autopath @kubernetes',
    ]);
    expect(edit([change('kubernetes', { options: [['pods', 'verified']] })])).toEqual({
      diff: [],
      notes: [],
      lacks: 'the Corefile that was read has no plugin kubernetes',
    });
  });

  it('is none where the Corefile is so already', () => {
    expect(edit([change('cache', { arguments: ['30'] })]).diff).toEqual([]);
  });

  it('is said in words where no Corefile was read', () => {
    const { notes, diff } = edit([change('forward', { options: [['policy', 'sequential']] })], []);
    expect(diff).toEqual([]);
    expect(notes).toEqual([
      'no Corefile is in this evidence; in its block for all names forward is to have: policy sequential',
    ]);
  });

  it('quotes words that its lexer would cut', () => {
    const read = [line(1, 'forward', ['.', 'a } b', 'c"d'])];
    expect(edit([change('forward', { options: [['max_fails', '2']] })], read).diff).toContain(
      '+    forward . "a } b" "c\\"d" {',
    );
  });
});
