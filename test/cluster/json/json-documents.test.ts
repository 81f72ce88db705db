import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonDocuments } from '../../../src/cluster/json/json-documents.js';

interface Heard {
  items: unknown[];
  documents: unknown[];
  lines: string[];
  faults: string[];
  broken: number;
  whole: boolean;
}

/** Reads a text in chunks of `size` bytes. */
function hear(text: string, size = 1 << 16): Heard {
  const heard: Heard = { items: [], documents: [], lines: [], faults: [], broken: 0, whole: true };
  const documents = new JsonDocuments({
    onItem: (value) => heard.items.push(value),
    onDocument: (value) => heard.documents.push(value),
    onLine: (line) => heard.lines.push(line),
    onFault: (code) => heard.faults.push(code),
    onBroken: () => heard.broken++,
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) documents.push(bytes.subarray(at, at + size));
  heard.whole = documents.end();
  return heard;
}

describe('JSON documents', () => {
  it('give the elements of their lists one by one, and then themselves', () => {
    const heard = hear('{"kind":"List","items":[{"a":1},{"b":[true,null,"x"]}],"n":2}');
    expect(heard.items).toEqual([{ a: 1 }, { b: [true, null, 'x'] }]);
    expect(heard.documents).toEqual([{ kind: 'List', n: 2 }]);
  });

  it('are found between lines of other text', () => {
    const heard = hear(
      '[root@node ~]# aws | jq\n[\n {"a":1}\n]\nThu Feb 20 10:11:12 KST 2025\n\n[INFO] x\n{"b":2}{"c":3}\n',
    );
    expect(heard.items).toEqual([{ a: 1 }]);
    expect(heard.documents).toEqual([[], { b: 2 }, { c: 3 }]);
    expect(heard.lines).toEqual(['[root@node ~]# aws | jq', 'Thu Feb 20 10:11:12 KST 2025', '[INFO] x']);
    expect(heard.broken).toBe(0);
  });

  it('lose only the element that is broken', () => {
    const heard = hear('{"items":[\n{"a":1},\n{"a":2,,},\n{"a":3},\n{"a":"4},\n{"a":5}\n]}\n{"z":1}\n');
    expect(heard.items.concat(heard.documents)).toEqual(
      expect.arrayContaining([{ a: 1 }, { a: 3 }, { a: 5 }, { z: 1 }]),
    );
    expect(heard.broken).toBeGreaterThan(0);
  });

  it('lose only the element that is broken where all stand in one line', () => {
    const heard = hear('{"items":[{"a":1},{"a":2 2},{"a":3},{"a":5}]}\n');
    expect(heard.items.concat(heard.documents)).toEqual(
      expect.arrayContaining([{ a: 1 }, { a: 3 }, { a: 5 }]),
    );
    expect(heard.broken).toBe(1);
  });

  it('that are cut off keep what was whole, also before the next one', () => {
    const heard = hear(
      '[\n  {"a": 1},\n  {"a": 2,\nFri May  2 10:11:12 UTC 2025\n[\n  {"a": 3}\n]\n[ {"a": 4}, {"b"',
    );
    expect(heard.items).toEqual([{ a: 1 }, { a: 3 }, { a: 4 }]);
    expect(heard.lines).toEqual(['Fri May  2 10:11:12 UTC 2025']);
    expect(heard.broken).toBe(2);
    expect(heard.whole).toBe(false);
  });

  it('keep the last of equal keys and say so', () => {
    const heard = hear('{"a":1,"a":2}');
    expect(heard.documents).toEqual([{ a: 2 }]);
    expect(heard.faults).toEqual(['json-duplicate-key']);
  });

  it('leave out what nobody looks at', () => {
    const text =
      '{"managedFields":[{"f:x":{"a":[1]}}],"conditions":{"ready":false},"annotations":{"a":"}]"},"z":1}';
    expect(hear(text).documents).toEqual([
      { managedFields: null, conditions: { ready: false }, annotations: null, z: 1 },
    ]);
  });

  it('never set a prototype', () => {
    expect(hear('{"__proto__":{"polluted":1},"a":1}').documents).toEqual([{ a: 1 }]);
    expect('polluted' in {}).toBe(false);
  });
});

describe('hostile JSON', () => {
  it.each([
    ['lists', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['objects', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
    ['lists without an end', '['.repeat(100_000)],
  ])('of 100,000 nested %s says so and goes on', (_, nested) => {
    const heard = hear(`${nested}\nx\n{"z":1}\n`);
    expect(heard.faults).toContain('json-too-deep');
    expect(heard.documents.concat(heard.items)).toContainEqual({ z: 1 });
  });

  it('with a string of 4 MB keeps its first MiB', () => {
    const heard = hear(`{"a":"${'\\u00e9x'.repeat(600_000)}","b":1}`);
    const [document] = heard.documents as { a: string; b: number }[];
    expect(document!.b).toBe(1);
    expect(document!.a.length).toBeLessThan((1 << 20) + 16384);
    expect(heard.faults).toEqual(['json-long-string']);
  });

  it('with a number of 1 MB loses that document', () => {
    const heard = hear(`{"a":${'1'.repeat(1 << 20)}}\n{"z":1}\n`);
    expect(heard.documents).toEqual([{ z: 1 }]);
    expect(heard.broken).toBeGreaterThan(0);
  });

  it('with an object larger than any real one keeps the others', () => {
    const heard = hear(`{"items":[{"a":1},[${'1,'.repeat(300_000)}1],{"b":2}]}`);
    expect(heard.faults).toEqual(['json-too-large']);
    expect(heard.items).toHaveLength(3);
    expect(heard.items[2]).toEqual({ b: 2 });
  });

  it('that breaks at every byte ends', () => {
    for (const text of [
      '{"'.repeat(100_000),
      '{"a":{'.repeat(50_000),
      '[{"a" '.repeat(50_000),
      '{}}'.repeat(50_000),
    ]) {
      expect(hear(text).items).toEqual([]);
    }
  });
});

describe('any JSON', () => {
  const value = fc.jsonValue({ maxDepth: 5 }).filter((one) => !JSON.stringify(one).includes('__proto__'));

  it('is read back, pretty or compact, in chunks of any size', () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(4),
        (items, size, indent) => {
          const heard = hear(`text\n${JSON.stringify({ items, z: 1 }, null, indent)}\n`, size);
          expect(heard.items).toEqual(JSON.parse(JSON.stringify(items)));
          expect(heard.documents).toEqual([{ z: 1 }]);
          expect(heard.whole).toBe(true);
        },
      ),
    );
  });

  it('never throws where bytes are changed', () => {
    const bytes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(value), bytes, fc.integer({ min: 1, max: 100 }), (items, changes, size) => {
        const broken = Buffer.from(JSON.stringify({ items }));
        for (const [at, byte] of changes) broken[at % broken.length] = byte;
        hear(broken.toString('latin1'), size);
      }),
    );
  });
});
