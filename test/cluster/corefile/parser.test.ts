import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCorefile } from '../../../src/cluster/corefile/parser.js';
import { parseServerKey } from '../../../src/cluster/corefile/server-address.js';

const names = (text: string) =>
  parseCorefile(text).blocks.map(({ keys, plugins }) => [keys, plugins.map(({ name }) => name)]);
const codes = (text: string) => parseCorefile(text).faults.map(({ code }) => code);

describe('a Corefile', () => {
  it('is server blocks of plugin lines with their arguments and blocks', () => {
    const text = `.:53 {
    errors # to stdout
    cache 30 {
        success 9984 30
        denial 9984 5
    }
    forward . 8.8.8.8 tls://1.1.1.1#comment
    log . "{remote} \\"{name}\\"
 {rcode}"
}
a.example, b.example
`;
    const { blocks, faults } = parseCorefile(text);
    expect(faults).toEqual([]);
    expect(blocks).toEqual([
      {
        line: 1,
        keysEnd: 1,
        keys: ['.:53'],
        plugins: [
          { line: 2, name: 'errors', args: [], options: [] },
          {
            line: 3,
            name: 'cache',
            args: ['30'],
            options: [
              ['success', '9984', '30'],
              ['denial', '9984', '5'],
            ],
          },
          { line: 7, name: 'forward', args: ['.', '8.8.8.8', 'tls://1.1.1.1'], options: [] },
          { line: 8, name: 'log', args: ['.', '{remote} "{name}"\n {rcode}'], options: [] },
        ],
      },
    ]);
  });

  it('carries keys on after a comma and goes without braces', () => {
    expect(names('a.example,\nb.example {\n errors\n}\n')).toEqual([
      [['a.example', 'b.example'], ['errors']],
    ]);
    expect(names('.:53\nerrors\nlog\n')).toEqual([[['.:53'], ['errors', 'log']]]);
  });

  it('puts the words of snippets where they are imported, arguments filled in', () => {
    const text = `(common) {
    errors
    forward . {args[0]} {
        max_concurrent {args.1}
    }
}
. {
    import common 10.0.0.2 1000
    log
}
`;
    const [block] = parseCorefile(text).blocks;
    expect(block!.plugins).toEqual([
      { line: 2, name: 'errors', args: [], options: [] },
      { line: 3, name: 'forward', args: ['.', '10.0.0.2'], options: [['max_concurrent', '1000']] },
      { line: 9, name: 'log', args: [], options: [] },
    ]);
  });

  it('keeps the line of an import of what it does not hold, and says so', () => {
    expect(names('. {\n errors\n import custom/*.override\n}\nimport custom/*.server\n')).toEqual([
      [['.'], ['errors', 'import']],
    ]);
    expect(codes('. {\n import custom/*.override\n}\nimport custom/*.server\n')).toEqual([
      'corefile-import',
      'corefile-import',
    ]);
  });

  it('passes over an import of a snippet into itself', () => {
    const text = '(a) {\n import b\n}\n(b) {\n errors\n import a\n}\n. {\n import a\n log\n}\n';
    expect(names(text)).toEqual([[['.'], ['errors', 'import', 'log']]]);
    expect(codes(text)).toEqual(['corefile-import-cycle']);
  });

  it('bounds imports that multiply', () => {
    const doubling = Array.from(
      { length: 30 },
      (_, i) => `(s${i + 1}) {\n import s${i}\n import s${i}\n}\n`,
    ).join('');
    const { faults } = parseCorefile(`(s0) {\n errors\n}\n${doubling}. {\n import s30\n}\n`);
    expect(faults.map(({ code }) => code)).toContain('corefile-import-limit');
  });

  it('keeps what stands before the end where it is cut', () => {
    expect(names('. {\n errors\n forward . 10.0.0.2 {\n  force_tcp\n')).toEqual([
      [['.'], ['errors', 'forward']],
    ]);
    expect(codes('. {\n errors\n')).toEqual(['corefile-cut']);
  });

  it('goes on after a brace without a partner', () => {
    expect(names('}\n. {\n errors\n}\n}\n')).toEqual([[['.'], ['errors']]]);
  });

  it("keeps a template's expressions as words and environment variables as they are", () => {
    const text =
      "{{ block['zones'] | join(' ') }} {\n prometheus {$MY_HOST_IP}:9253\n {{ more | indent(8) }}\n}\n";
    expect(names(text)).toEqual([[["{{ block['zones'] | join(' ') }}"], ['prometheus']]]);
    expect(codes(text)).toEqual(['corefile-template']);
  });
});

describe('the key of a server block', () => {
  it.each([
    ['.:53', ['.'], 53],
    [':5353', ['.'], 5353],
    ['Example.ORG.', ['example.org'], 53],
    ['tls://example.org', ['example.org'], 853],
    ['https://example.org:8443', ['example.org'], 8443],
    ['grpc://.', ['.'], 443],
    ['10.0.0.0/8', ['10.in-addr.arpa'], 53],
    ['10.1.2.0/24:1053', ['2.1.10.in-addr.arpa'], 1053],
    ['10.1.2.0/23', ['2.1.10.in-addr.arpa', '3.1.10.in-addr.arpa'], 53],
    ['2001:db8::/32', ['8.b.d.0.1.0.0.2.ip6.arpa'], 53],
    ['{$ZONE}:53', ['{$ZONE}'], 53],
  ])('%s', (key, zones, port) => expect(parseServerKey(key)).toEqual({ zones, port }));

  it('has no port over 65535', () => expect(parseServerKey('.:70000')).toBeNull());
});

const word = fc.stringMatching(/^[a-z0-9./:_-]{1,12}$/).filter((text) => text !== 'import');
const quoted = fc.stringMatching(/^[a-z {}#\n]{1,12}$/).filter((text) => text !== '{' && text !== '}');
const argument = fc.oneof(word, quoted);
const plugin = fc.record({
  name: word,
  args: fc.array(argument, { maxLength: 3 }),
  options: fc.array(fc.tuple(word, fc.array(argument, { maxLength: 2 })), { maxLength: 3 }),
});
const blocks = fc.array(
  fc.record({
    keys: fc.array(word, { minLength: 1, maxLength: 3 }),
    plugins: fc.array(plugin, { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 3 },
);

const quote = (text: string): string => (/^[a-z0-9./:_-]+$/.test(text) ? text : `"${text}"`);
const line = (words: string[]): string => words.map(quote).join(' ');

describe('any Corefile', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(blocks, (wanted) => {
        const text = wanted
          .map(({ keys, plugins }) => {
            const lines = plugins.map(({ name, args, options }) => {
              const body = options.map(([first, rest]) => `        ${line([first, ...rest])}\n`).join('');
              return `    ${line([name, ...args])}${options.length > 0 ? ` {\n${body}    }` : ''}\n`;
            });
            return `${keys.join(' ')} {\n${lines.join('')}}\n`;
          })
          .join('');
        const found = parseCorefile(text);
        expect(found.faults).toEqual([]);
        expect(
          found.blocks.map(({ keys, plugins }) => ({
            keys,
            plugins: plugins.map(({ name, args, options }) => ({ name, args, options })),
          })),
        ).toEqual(
          wanted.map(({ keys, plugins }) => ({
            keys,
            plugins: plugins.map(({ name, args, options }) => ({
              name,
              args,
              options: options.map(([first, rest]) => [first, ...rest]),
            })),
          })),
        );
      }),
    );
  });
});
