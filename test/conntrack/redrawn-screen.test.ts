import { expect, test } from 'vitest';
import fc from 'fast-check';
import { isRedrawn, Screen } from '../../src/conntrack/redrawn-screen.js';

function framesOf(text: string): string[][] {
  const frames: string[][] = [];
  const screen = new Screen((lines) => void frames.push(lines));
  screen.push(text);
  screen.finish();
  return frames;
}

test('a redraw changes only the cells that it names', () => {
  const first = '\x1b[H\x1b[2JEvery 1.0s: x\x1b[3;1Hcpu=0\x1b[3;9Hdrop=9\x1b[24;80H';
  expect(framesOf(`${first}\x1b[3;14H12\x1b[24;80H`)).toEqual([
    ['Every 1.0s: x', '', 'cpu=0   drop=9'],
    ['Every 1.0s: x', '', 'cpu=0   drop=12'],
  ]);
});

test('a line of counters that wraps at the edge of the screen is put together again', () => {
  const text =
    '\x1b[H\x1b[2Jcpu=0 found=1 drop\x1b[2;1H=9 error=0\x1b[3;1Hcpu=1 found=2\x1b[4;2Herror=1\x1b[9;20H';
  const screen = framesOf(text);
  expect(screen[0]?.[0]?.replace(/ +/g, ' ')).toBe('cpu=0 found=1 drop =9 error=0');
  expect(framesOf(text.replace('drop\x1b', 'drops\x1b').replace('[9;20H', '[9;19H'))[0]?.[0]).toBe(
    'cpu=0 found=1 drops=9 error=0',
  );
});

test('a screen that is cleared and written whole each time gives its lines each time', () => {
  const frame = (n: number) => `\x1b[H\x1b[JEvery 2.0s: x\r\n\r\ncpu=0 drop=${n}\r\n`;
  expect(framesOf(frame(10) + frame(9)).map((lines) => lines[2])).toEqual(['cpu=0 drop=10', 'cpu=0 drop=9']);
});

test('only a screen of watch is taken for one', () => {
  expect(isRedrawn('\x1b[HEvery 2.0s: conntrack -S')).toBe(true);
  expect(isRedrawn('\x1b[31mcpu=0\x1b[0m')).toBe(false);
  expect(isRedrawn('Every 2.0s: conntrack -S')).toBe(false);
});

test('no bytes make it throw or grow past its bounds', () => {
  const piece = fc.oneof(
    fc.string(),
    fc
      .tuple(fc.nat(99999), fc.nat(99999), fc.constantFrom(...'HdABCGDbJKXP@mr'))
      .map(([a, b, f]) => `\x1b[${a};${b}${f}`),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      for (const frame of framesOf(pieces.join(''))) expect(frame.length).toBeLessThanOrEqual(200);
    }),
  );
});
