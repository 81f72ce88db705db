import { describe, expect, test } from 'vitest';
import { undecorated } from '../../../src/input/paste/undecorated.js';

const PLAIN = ['nameserver 10.0.0.10', 'search a.example', 'options ndots:5'];

describe('what a paste puts around lines', () => {
  test.each<[string, (line: string, i: number) => string]>([
    ['quotes of a mail', (line) => `> ${line}`],
    ['quotes of an answer to an answer', (line) => `> > ${line}`],
    ['a box', (line) => `│ ${line.padEnd(30)} │`],
    ['numbers of cat -n', (line, i) => `     ${i + 9}\t${line}`],
    ['numbers of less -N', (line, i) => `${String(i + 9).padStart(7)} ${line}`],
    ['numbers of grep -n', (line, i) => `${i * 3 + 9}:${line}`],
    ['an indentation', (line) => `      ${line}`],
    ['colours', (line) => `\x1b[32m${line}\x1b[0m`],
  ])('%s is taken off', (_what, decorate) => {
    expect(undecorated(PLAIN.map(decorate))).toEqual(PLAIN);
  });

  test('fences and borders become empty lines, so that every line keeps its number', () => {
    expect(undecorated(['```text', ...PLAIN, '```'])).toEqual(['', ...PLAIN, '']);
    expect(undecorated(['┌────┐', '│ a  │', '│ b  │', '└────┘'])).toEqual(['', 'a', 'b', '']);
  });

  test('the lines of a packet of -v keep their indentation', () => {
    const lines = ['> IP (tos 0x0)', '>     10.0.0.1.1 > 10.0.0.2.53: 1+ A? a. (18)'];
    expect(undecorated(lines)).toEqual(lines.map((line) => line.slice(2)));
  });

  test.each([
    ['tcpdump -#', ['    1  12:00:00.1 IP a > b: x', '    2  12:00:00.2 IP b > a: y']],
    [
      'tshark',
      ['    1 0.000000000   10.0.0.1 → 10.0.0.2 DNS', '    2 0.000100000   10.0.0.2 → 10.0.0.1 DNS'],
    ],
  ])('numbers that %s prints itself stay', (_what, lines) => {
    expect(undecorated(lines)).toEqual(lines.map((line) => line.trimStart()));
  });

  test("a page's source has its marks back, but not where some are plain", () => {
    expect(undecorated(['IP a &gt; b: x', 'IP b &gt; a: &quot;y&quot; &amp;gt;'])).toEqual([
      'IP a > b: x',
      'IP b > a: "y" &gt;',
    ]);
    expect(undecorated(['IP a &gt; b: x (9)<br>', 'IP b &gt; a: y (9)<br />'])).toEqual([
      'IP a > b: x (9)',
      'IP b > a: y (9)',
    ]);
    const plain = ['IP a > b: x', 'TXT "&gt;"'];
    expect(undecorated(plain)).toBe(plain);
  });

  test.each([
    ['-ttt', [' 00:00:00.000000 IP a > b: x', ' 00:00:00.000100 IP b > a: y']],
    ['YAML', ['a:', '  - b: |', '      text', '  - c: 1']],
    ['a single quote', ['> said', 'nobody']],
  ])('lines of %s stay as they are', (_what, lines) => {
    expect(undecorated(lines)).toBe(lines);
  });
});
