import { describe, expect, it } from 'vitest';
import { ProgressLine, progressText } from '../../../src/cli/terminal/progress-line.js';

const PROGRESS = {
  path: 'a.pcap',
  input: 2,
  inputs: 5,
  bytes: 9_000_000,
  totalBytes: 27_000_000,
  rows: 90_000,
};

function screen(isTTY: boolean) {
  const drawn: string[] = [];
  return { isTTY, columns: 60, drawn, write: (text: string) => drawn.push(text) };
}

describe('the progress line', () => {
  it('says bytes, rows, rate and time left', () => {
    expect(progressText(PROGRESS, 3)).toBe(
      '[2/5] a.pcap: 9.00 MB of 27.0 MB (33 %), 90,000 rows, 30,000 a second, 6 s left',
    );
  });

  it('says less of an input whose size is unknown', () => {
    expect(progressText({ ...PROGRESS, totalBytes: null }, 3)).toBe(
      '[2/5] a.pcap: 9.00 MB, 90,000 rows, 30,000 a second',
    );
  });

  it('is drawn after a second, ten times a second at most, no wider than the terminal, and cleared', () => {
    const terminal = screen(true);
    let now = 0;
    const line = new ProgressLine(terminal, false, () => now);
    for (now = 0; now < 2000; now += 10) line.show(PROGRESS);
    expect(terminal.drawn).toHaveLength(10);
    expect(terminal.drawn[0]!.replace('\r\u001b[K', '')).toHaveLength(59);
    line.clear();
    line.clear();
    expect(terminal.drawn.slice(10)).toEqual(['\r\u001b[K']);
  });

  it('is not drawn where there is no terminal, or when it is off', () => {
    const [file, quiet] = [screen(false), screen(true)];
    let now = 0;
    const lines = [new ProgressLine(file, false, () => now), new ProgressLine(quiet, true, () => now)];
    now = 5000;
    for (const line of lines) line.show(PROGRESS);
    expect([file.drawn, quiet.drawn]).toEqual([[], []]);
  });
});
