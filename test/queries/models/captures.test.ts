import { describe, expect, it } from 'vitest';
import { Wire } from '../../support/wire.js';

/** A capture file with an exchange at its beginning and one at its end, and what tells it from others. */
interface File {
  path: string;
  label?: string;
  from: number;
  until: number;
}

function exchange(time: number, source: number): string[] {
  const port = 2000 + source;
  const client = `10.0.0.${source}:${port}`;
  return [
    `${time} ${client} > 10.96.0.10:53 ${port} A? n${Math.round(time * 1000)}.example source=${source}`,
    `${time + 0.0004} 10.96.0.10:53 > ${client} ${port} A n${Math.round(time * 1000)}.example source=${source}`,
  ];
}

/** Paths of the files that are one capture, a list each. */
async function captures(...files: File[]): Promise<string[][]> {
  const wire = await Wire.open();
  for (const [i, { path, label, from, until }] of files.entries()) {
    wire
      .file(i + 1, path, label)
      .messages(...exchange(from, i + 1), ...exchange(until - 0.0004, i + 1))
      .until(until, i + 1);
  }
  const rows = await wire.rows(
    'select list(path order by place) as files from work.captures natural join sources group by capture_id order by capture_id',
  );
  return rows.map((row) => row['files'] as string[]);
}

describe('captures', () => {
  it.each([
    ['tcpdump -C', ['rot/n.pcap', 'rot/n.pcap1', 'rot/n.pcap2']],
    ['tcpdump -W, compressed', ['n.pcap09.gz', 'n.pcap10.gz', 'n.pcap11.gz']],
    ['dumpcap', ['n_00001_20260101000000.pcapng', 'n_00002_20260101000010.pcapng', 'n_00003_20260101000020.pcapng']],
    ['tcpdump -G', ['n-20260101-000000.pcap', 'n-20260101-000010.pcap', 'n-20260101-000020.pcap']],
    ['nothing that rotates', ['a.pcap', 'x.pcap', 'b.pcap']],
  ])('are all files by the names of %s that go on from each other', async (_name, paths) => {
    const files = paths.map((path, i) => ({ path, from: 10 * i + 0.5, until: 10 * i + 10 }));
    expect(await captures(...files)).toEqual([paths]);
    expect(await captures(...files.toReversed())).toEqual([paths]);
  });

  it('go on over a pause where names count on, and end in it where they do not', async () => {
    const [first, later] = [
      { from: 0, until: 10 },
      { from: 40, until: 50 },
    ];
    expect(await captures({ path: 'n.pcap1', ...first }, { path: 'n.pcap2', ...later })).toHaveLength(1);
    expect(await captures({ path: 'n.pcap1', ...first }, { path: 'n.pcap3', ...later })).toHaveLength(2);
    expect(await captures({ path: 'a.pcap', ...first }, { path: 'b.pcap', ...later })).toHaveLength(2);
  });

  it('are two where files were written at once, whatever their label', async () => {
    const paths = ['veth.pcap', 'eth0.pcap'];
    const files = paths.map((path, i) => ({ path, label: 'node-1', from: i / 100, until: 9 + i / 100 }));
    expect(await captures(...files)).toEqual([['veth.pcap'], ['eth0.pcap']]);
  });

  it('are those of each node, by name and label, where both rotate at once', async () => {
    const part = (path: string, label: string | undefined, i: number) => ({
      path,
      ...(label && { label }),
      from: 10 * i + 0.01,
      until: 10 * i + 10,
    });
    expect(
      await captures(part('a.pcap1', undefined, 0), part('b.pcap1', undefined, 0), part('b.pcap2', undefined, 1), part('a.pcap2', undefined, 1)),
    ).toEqual([
      ['a.pcap1', 'a.pcap2'],
      ['b.pcap1', 'b.pcap2'],
    ]);
    expect(await captures(part('1', 'x', 0), part('2', 'y', 0), part('3', 'y', 1), part('4', 'x', 1))).toEqual([
      ['1', '4'],
      ['2', '3'],
    ]);
    expect(await captures(part('1', 'x', 0), part('2', 'y', 1))).toEqual([['1'], ['2']]);
  });

  it('show what they show in any of their files', async () => {
    const wire = (await Wire.open())
      .file(1, 'n.pcap1')
      .file(2, 'n.pcap2')
      .messages(
        ...exchange(1, 1),
        '5 10.0.0.7:4000 > 10.96.0.10:53 7 A? lost.example source=1',
        '5.0001 10.0.0.8:4000 > 10.96.0.10:53 7 A? kept.example source=1',
        '5.001 10.96.0.10:53 > 10.0.0.8:4000 7 A kept.example source=2',
        '5.002 10.0.0.9:4000 > 10.96.0.10:53 7 A? last.example source=2',
      )
      .until(20, 2);
    expect(
      await wire.rows("select qname, state from transactions where client <> '10.0.0.1' order by asked_at"),
    ).toEqual([
      { qname: 'lost.example', state: 'unanswered' },
      { qname: 'kept.example', state: 'answered' },
      { qname: 'last.example', state: 'unanswered' },
    ]);
    expect(await wire.rows('select source_id, sendings, answered from capture_visibility')).toEqual([
      { source_id: 1, sendings: 4, answered: 2 },
    ]);
  });
});

describe('numbers', () => {
  const NUMBERS = 'select transaction_id, client, qname, asked_at, question_id from transactions order by transaction_id';

  it('are the same in whatever order captures were read, and are those of times, then captures, then frames', async () => {
    const of = async (a: number, b: number) => {
      const wire = (await Wire.open()).file(a, 'a.pcap', 'node-a').file(b, 'b.pcap', 'node-b');
      for (const [i, source] of [a, b, b, a].entries()) {
        wire.messages(
          `1 10.0.0.${source === a ? 1 : 2}:${4000 + i} > 10.96.0.10:53 ${i + 1} A? n${i}.example source=${source}`,
        );
      }
      return wire.rows(NUMBERS);
    };
    const rows = await of(1, 2);
    expect(rows.map(({ qname }) => qname)).toEqual(['n0.example', 'n3.example', 'n1.example', 'n2.example']);
    expect(await of(2, 1)).toEqual(rows);
  });

  it('and times are those of the same leg where two captures saw a packet at one hop limit', async () => {
    const of = async (a: number, b: number) => {
      const wire = (await Wire.open()).file(a, 'a.pcap', 'node-a').file(b, 'b.pcap', 'node-b');
      for (const [source, late] of [
        [a, 0],
        [b, 0.00003],
      ] as const) {
        const [query, answer] = exchange(1 + late, source);
        wire.messages(
          query!.replace(/10\.0\.0\.\d:\d+ (.*) \d+ A/, '10.0.0.5:4000 $1 9 A').replace(/n\d+/, 'n'),
          answer!.replace(/10\.0\.0\.\d:\d+ \d+ A/, '10.0.0.5:4000 9 A').replace(/n\d+/, 'n'),
        );
      }
      return wire.rows('select asked_at, answered_at, copies, answer_copies from transactions');
    };
    const rows = await of(1, 2);
    expect(rows).toMatchObject([{ copies: 2, answer_copies: 2 }]);
    expect(await of(2, 1)).toEqual(rows);
  });
});
