import { describe, expect, it } from 'vitest';
import { pcapReader } from '../../src/capture/index.js';
import { coreDnsLogOf } from './logs.js';
import { SourceRows } from '../../src/store/source-rows.js';
import { Clients } from '../../src/watch/clients.js';
import { Fold } from '../../src/watch/fold.js';
import { Seconds } from '../../src/watch/seconds.js';
import type { Totals } from '../../src/watch/totals.js';
import { captureOf, type Said, START } from './traffic.js';
import type { Reader } from '../../src/raw/reader.js';

const NEXT_IDS = { names: 1, addresses: 1, texts: 1, packets: 1, paths: 1, shapes: 1 };

async function folded(reader: Reader, bytes: Uint8Array): Promise<{ totals: Totals; fold: Fold }> {
  const totals = { wire: new Seconds(), logs: new Seconds(), clients: new Clients() };
  const fold = new Fold(totals);
  const rows = new SourceRows(
    { sourceId: 1, label: null, aheadSeconds: 0, seed: 7, nextIds: NEXT_IDS },
    (batch) => fold.take(batch),
  );
  const input = { path: 'test', head: bytes, lines: null, chunks: (async function* () { yield bytes; })() }; // prettier-ignore
  await reader.read(input, rows, { ports: [53] });
  rows.flush();
  fold.settle();
  return { totals, fold };
}

const foldCapture = (messages: readonly Said[]) => folded(pcapReader, new Uint8Array(captureOf(messages)));

describe('what is counted each second', () => {
  it('is each query and answer once, by the second in which it came, with how long it took', async () => {
    const { totals } = await foldCapture([
      { at: 1, id: 1, name: 'a.example' },
      { at: 1.0001, id: 1, name: 'a.example' },
      { at: 1.02, id: 1, name: 'a.example', rcode: 3 },
      { at: 2, id: 2, name: 'b.example' },
      { at: 3.5, id: 2, name: 'b.example', rcode: 0 },
    ]);
    const { wire } = totals;
    expect([1, 2, 3].map((second) => wire.at('queries', START + second))).toEqual([1, 1, 0]);
    expect([1, 2, 3].map((second) => wire.at('answers', START + second))).toEqual([1, 0, 1]);
    expect(wire.sum('nxdomain', START + 10, 10)).toBe(1);
    expect(wire.sum('slow', START + 10, 10)).toBe(1);
    const [median] = wire.quantiles([0.5], START + 2, 10);
    expect(median).toBeGreaterThan(0.015);
    expect(median).toBeLessThan(0.025);
  });

  it('tells the retry gaps of glibc and musl, and what was never answered', async () => {
    const { totals, fold } = await foldCapture([
      { at: 0, id: 1, name: 'a.example' },
      { at: 0.1, id: 2, name: 'b.example' },
      { at: 2.6, id: 2, name: 'b.example' },
      { at: 5.001, id: 1, name: 'a.example' },
    ]);
    const { wire } = totals;
    expect(wire.sum('retries', START + 10, 20)).toBe(2);
    expect([wire.sum('gaps5', START + 10, 20), wire.sum('gaps2', START + 10, 20)]).toEqual([1, 1]);
    const [first] = fold.wire!.open.oldest(START + 6, 5);
    expect(fold.nameOf(first!.name)).toBe('a.example');
    fold.wire!.passOn(START + 60);
    expect(wire.sum('unanswered', START + 61, 5)).toBe(2);
    expect(fold.wire!.open.size).toBe(0);
  });

  it('is told by client, those with open and slow queries first', async () => {
    const { totals, fold } = await foldCapture([
      ...[1, 2, 3].flatMap((id) => [
        { at: id / 10, id, name: 'a.example', client: '10.0.0.1' },
        { at: id / 10 + 0.001, id, name: 'a.example', client: '10.0.0.1', rcode: 0 },
      ]),
      { at: 1, id: 9, name: 'b.example', client: '10.0.0.2' },
    ]);
    fold.wire!.open.countByClient(START + 2, totals.clients.open);
    const top = totals.clients.top(5, () => true);
    expect(top.map(({ address, open }) => [address, open])).toEqual([
      ['10.0.0.2', 1],
      ['10.0.0.1', 0],
    ]);
  });

  it('reaches to the latest instant of the evidence, and not to one that damage put into the future', async () => {
    const { fold } = await foldCapture([
      { at: 1, id: 1, name: 'a.example' },
      { at: 1.25, id: 1, name: 'a.example', rcode: 0 },
      { at: 2_000_000_000, id: 2, name: 'a.example' },
    ]);
    expect(fold.newest).toBeCloseTo(START + 1.25, 5);
  });

  it("is a log's lines where there is no capture", async () => {
    const { totals } = await folded(...coreDnsLogOf(['NXDOMAIN', 'NOERROR', 'NOERROR'], START));
    expect(totals.logs.sum('queries', START + 10, 20)).toBe(3);
    expect(totals.logs.sum('nxdomain', START + 10, 20)).toBe(1);
    expect(totals.clients.top(5, () => true)).toMatchObject([{ address: '10.0.0.7' }]);
  });
});
