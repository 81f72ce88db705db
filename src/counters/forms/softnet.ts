import type { CounterForm, FormReader, Reading } from '../form.js';

/** Columns of /proc/net/softnet_stat by kernel: 9 to 15; /proc/net/stat/nf_conntrack has 16 or 17. */
const ROW = /^\s*[\da-f]{8}(?:\s+[\da-f]{8}){8,14}\s*$/;

/** Columns that are kept, by their place (net/core/net-procfs.c, softnet_seq_show). */
const KEPT: readonly [place: number, counter: string, about: string, isTrouble: boolean][] = [
  [0, 'processed', 'frames that the CPU took up', false],
  [1, 'dropped', "frames dropped because the CPU's backlog was full", true],
  [2, 'time_squeeze', 'rounds that ended with work left over', true],
];

/** Whether a line is a row of it: one CPU's numbers. */
export function isSoftnetRow(line: string): boolean {
  return ROW.test(line);
}

class SoftnetReader implements FormReader {
  private cpu = 0;

  read(line: string): readonly Reading[] | null {
    if (!ROW.test(line)) {
      this.cpu = 0;
      return null;
    }
    const cells = line.trim().split(/\s+/);
    // kernels from 5.10 on say which CPU it is: those that are off have no row
    const cpu = cells.length >= 13 ? parseInt(cells[12]!, 16) : this.cpu;
    this.cpu++;
    return KEPT.map(([place, counter, about, isTrouble]) => ({
      origin: 'softnet',
      counter,
      value: parseInt(cells[place]!, 16),
      instance: `cpu${cpu}`,
      meaning: 'total',
      about,
      isTrouble,
    }));
  }

  command(): void {
    this.cpu = 0;
  }
}

export const softnetForm: CounterForm = {
  kind: 'softnet-stat',
  title: "the network stack's counters of each CPU (/proc/net/softnet_stat)",
  about: {
    sample:
      '0021fb6e 00000012 000001a4 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000',
    from: '`cat /proc/net/softnet_stat` on a node',
    gives: 'counters',
    proves:
      'that the node dropped frames of all kinds before they reached a socket (possible: `lost-queries`)',
  },
  reader: () => new SoftnetReader(),
};
