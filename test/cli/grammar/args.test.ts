import { describe, expect, it } from 'vitest';
import { parseArgs } from '../../../src/cli/grammar/args.js';

describe('a command line', () => {
  it('takes options before and after the command, and words between them', () => {
    const args = parseArgs(['--color', 'never', 'report', 'a', '--json', 'b', '-o', 'x', '--', '-c']);
    expect([args.command, args.operands]).toEqual(['report', ['a', 'b', '-c']]);
    expect([args.text('color'), args.on('json'), args.text('output')]).toEqual(['never', true, 'x']);
  });

  it('keeps each value as it was typed', () => {
    const args = parseArgs([
      'report',
      '007',
      '-p',
      'top=1',
      '--param=zone=a.b',
      '--client',
      '10',
      '--since=-1',
    ]);
    expect(args.operands).toEqual(['007']);
    expect(args.list('param')).toEqual(['top=1', 'zone=a.b']);
    expect([args.text('client'), args.text('since')]).toEqual(['10', '-1']);
  });

  it('takes the last of an option that is no list', () => {
    expect(parseArgs(['report', '--db', 'a', '--db', 'b']).text('db')).toBe('b');
  });

  it('has the defaults of the table of flags', () => {
    const args = parseArgs(['report']);
    expect([args.text('format'), args.text('db'), args.list('queries'), args.on('csv')]).toEqual([
      'table',
      undefined,
      [],
      false,
    ]);
  });

  it('takes - as a word', () => {
    expect(parseArgs(['ingest', '-']).operands).toEqual(['-']);
  });

  it.each([
    [['reprot'], 'There is no command "reprot"; did you mean "report"?'],
    [['frobnicate'], 'There is no command "frobnicate"; see: dnslens --help'],
    [['report', '--clent', '10.0.0.1'], 'There is no option --clent; did you mean "--client"?'],
    [['report', '--zzzzzzzzzz'], 'There is no option --zzzzzzzzzz; see: dnslens report --help'],
    [['report', '-x'], 'There is no option -x; see: dnslens report --help'],
    [['report', '--no-json'], 'There is no option --no-json'],
    [['report', '--label', 'x'], 'dnslens report takes no --label; it belongs to ingest'],
    [
      ['report', '--format', 'jsn'],
      '--format jsn must be one of table, csv, json, markdown, slack, html; did you mean "json"?',
    ],
    [['report', '--db'], '--db needs a value: --db FILE'],
    [['report', '--db', ''], '--db is empty'],
    [['ingest'], 'dnslens ingest needs PATH...; usage: dnslens ingest PATH...'],
    [['doctor', 'now'], 'dnslens doctor does not take "now"; usage: dnslens doctor (quote what is one word)'],
    [['sql', 'select', '1'], 'dnslens sql does not take "1"'],
  ])('%j is refused', (argv, sentence) => {
    expect(() => parseArgs(argv)).toThrow(sentence);
  });

  it('is not refused for want of words where help is asked for', () => {
    expect(parseArgs(['ingest', '--help']).on('help')).toBe(true);
    expect(parseArgs(['help', 'ingest']).on('help')).toBe(true);
  });
});
