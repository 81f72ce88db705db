import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, record, read, names } from './read-listing.js';

describe('a loop that lists again and again', () => {
  const list = (...all: string[]): string =>
    JSON.stringify(
      all.map((name) => record(name)),
      null,
      2,
    );
  const first = 'Thu Feb 20 10:11:12 KST 2025';
  const second = 'Thu Feb 20 10:11:13 KST 2025';
  const times = [at('2025-02-20T01:11:12Z'), at('2025-02-20T01:11:13Z')];

  it('says when each listing was made by the date after it', async () => {
    const { records, firstNanos, lastNanos } = await read(
      `[root@node ~]# while true; do aws route53 ... | jq; date; done\n[]\n${first}\n\n${list('a.x.')}\n${second}\n\n${list('a.x.', 'b.x.')}\n`,
    );
    expect(names(records)).toEqual([
      [1, times[1], 'a.x'],
      [2, null, 'a.x'],
      [2, null, 'b.x'],
    ]);
    expect([firstNanos, lastNanos]).toEqual(times);
  });

  it('says it by the date before it, if one stands first', async () => {
    const { records } = await read(`${first}\n${list('a.x.')}\n${second}\n${list('b.x.')}\n`);
    expect(names(records)).toEqual([
      [0, times[0], 'a.x'],
      [1, times[1], 'b.x'],
    ]);
  });

  it('goes on after a listing that is cut off', async () => {
    const whole = list('a.x.', 'b.x.');
    const { records, problems } = await read(
      `${first}\n${whole.slice(0, whole.indexOf('b.x.'))}\n${second}\n${list('c.x.')}\n`,
    );
    expect(records.map(({ name }) => name)).toEqual(['a.x', 'c.x']);
    expect(problems).toMatchObject([{ code: 'broken-json' }]);
  });

  it('reads Kubernetes objects of the same transcript', async () => {
    const pod = { kind: 'Pod', metadata: { name: 'a' }, status: { podIP: '10.0.0.1' } };
    const { rows } = await read(
      `${list('a.x.')}\n$ kubectl get pod a -o json\n${JSON.stringify(pod, null, 4)}\n`,
    );
    expect([rows.dns_records?.length, rows.cluster_objects?.length]).toEqual([1, 1]);
  });
});

describe('record sets of any shape', () => {
  it('lose only themselves', async () => {
    const junk = fc.jsonValue({ maxDepth: 2 });
    const set = fc.record(
      {
        Name: fc.oneof(fc.string(), junk),
        Type: fc.oneof(fc.string(), junk),
        TTL: junk,
        ResourceRecords: junk,
        AliasTarget: junk,
        Weight: junk,
        GeoLocation: junk,
      },
      { requiredKeys: ['Name', 'Type'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(set), async (sets) => {
        const { records } = await read(
          JSON.stringify({ ResourceRecordSets: [...sets, record('known.example.')] }),
        );
        expect(records.at(-1)).toMatchObject({ name: 'known.example', value: '192.0.2.1' });
      }),
    );
  });
});
