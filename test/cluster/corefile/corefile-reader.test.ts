import { describe, expect, it } from 'vitest';
import { corefileReader } from '../../../src/cluster/corefile/corefile-reader.js';
import { readBytes } from '../../support/memory-sink.js';

const BLOCKS = `cluster.local:53 {
    errors
    cache {
        success 9984 30
    }
    bind 169.254.20.10 10.100.0.10
    forward . 10.100.0.11 {
        force_tcp
    }
}
.:53 {
    log
    forward . /etc/resolv.conf
}
`;

const indented = BLOCKS.replaceAll(/^(?=.)/gm, '    ');

async function plugins(text: string, path = 'Corefile') {
  const { rows, problems } = await readBytes(corefileReader, text, {}, path);
  const found = (rows.corefiles ?? []).map(({ origin, block, zones, port, plugin }) => [
    origin,
    block,
    zones,
    port,
    plugin,
  ]);
  return { found, problems, rows: rows.corefiles ?? [] };
}

function expected(origin: string) {
  return [
    ...['errors', 'cache', 'bind', 'forward'].map((plugin) => [origin, 0, '["cluster.local"]', 53, plugin]),
    ...['log', 'forward'].map((plugin) => [origin, 1, '["."]', 53, plugin]),
  ];
}

describe('a Corefile is read', () => {
  it('as it is', async () => {
    const { found, problems, rows } = await plugins(BLOCKS);
    expect(found).toEqual(expected('Corefile'));
    expect(problems).toEqual([]);
    expect(rows[3]).toMatchObject({ line: 7, arguments: '[".","10.100.0.11"]', options: '[["force_tcp"]]' });
    expect(corefileReader.sniff(Buffer.from(BLOCKS), 'x')).toBeGreaterThan(0.9);
  });

  it('from kubectl describe cm, with prompts around', async () => {
    const text = `$ kubectl -n kube-system describe cm coredns
Name:         coredns
Namespace:    kube-system
Labels:       k8s-app=kube-dns
Annotations:  <none>

Data
====
Corefile:
----
${BLOCKS}

BinaryData
====

Events:  <none>
`;
    const { found, problems } = await plugins(text);
    expect(found).toEqual(expected('kube-system/coredns'));
    expect(problems).toEqual([]);
    expect(corefileReader.sniff(Buffer.from(text), 'x')).toBeGreaterThan(0.85);
  });

  it('from a ConfigMap in a page', async () => {
    const configMap = `metadata:\n  name: coredns\n  namespace: kube-system\ndata:\n  Corefile: | # a comment\n${indented}  other: x\n`;
    const text = `# How to\n\n\`\`\`yaml\n${configMap}\`\`\`\n\nMore prose.\n`;
    expect((await plugins(text, 'page.md')).found).toEqual(expected('kube-system/coredns'));
  });

  it('from a template, its statements left out', async () => {
    const text = `metadata:
  name: coredns
data:
  Corefile: |
{% for zone in zones %}
    {{ zone | join(' ') }} {
        errors {% if more %}{
{# a comment
   over two lines #}
          consolidate 5m ".* timeout$" warning
        }{% endif %}

    }
{% endfor %}
    .:53 {
        prometheus {% if host %}{$HOST}{% endif %}:9153
    }ZONES
`;
    const { rows, problems } = await plugins(text, 'coredns.yml.j2');
    expect(rows.map(({ zones, plugin, arguments: args, options }) => [zones, plugin, args, options])).toEqual(
      [
        [`["{{ zone | join(' ') }}"]`, 'errors', '[]', '[["consolidate","5m",".* timeout$","warning"]]'],
        ['["."]', 'prometheus', '["{$HOST}:9153"]', '[]'],
      ],
    );
    expect(problems).toMatchObject([{ code: 'corefile-syntax', position: 'line 17' }]);
  });

  it("from a Helm chart's values", async () => {
    const text = `servers:
- zones:
  - zone: .
    scheme: tls://
  port: 1853
  plugins:
  - name: errors
  - name: health
    configBlock: |-
      lameduck 10s
  - name: forward
    parameters: . /etc/resolv.conf
`;
    const { rows } = await plugins(text, 'values.yaml');
    expect(
      rows.map(({ zones, port, plugin, arguments: args, options }) => [zones, port, plugin, args, options]),
    ).toEqual([
      ['["."]', 1853, 'errors', '[]', '[]'],
      ['["."]', 1853, 'health', '[]', '[["lameduck","10s"]]'],
      ['["."]', 1853, 'forward', '[".","/etc/resolv.conf"]', '[]'],
    ]);
  });

  it('from the parts that another one imports', async () => {
    const text =
      'metadata:\n  name: coredns-custom\ndata:\n  log.override: |\n    log\n  a.server: |\n    a.example:53 {\n      errors\n    }\n';
    expect((await plugins(text)).found).toEqual([
      ['coredns-custom:log.override', 0, '[]', 53, 'log'],
      ['coredns-custom:a.server', 0, '["a.example"]', 53, 'errors'],
    ]);
  });

  it('with a row for each port of a block, and one for a block without plugins', async () => {
    expect((await plugins('a.example tls://a.example {\n}\n')).found).toEqual([
      ['Corefile', 0, '["a.example"]', 53, ''],
      ['Corefile', 0, '["a.example"]', 853, ''],
    ]);
  });
});

describe('telling a Corefile', () => {
  it.each([
    '[INFO] 10.0.0.1:53 - 1 "A IN a. udp 20 false 512" NOERROR qr 40 0.1s\n',
    'server {\n  listen 80;\n}\n',
    '{"kind": "List", "items": []}\n',
    'search a.example\nnameserver 10.0.0.1\n',
    '',
  ])('gives nothing to %j', (text) => expect(corefileReader.sniff(Buffer.from(text), 'x')).toBe(0));
});

describe('a hostile Corefile', () => {
  it.each([
    ['a line of 1 MB', `. {\n log ${'x '.repeat(500_000)}\n errors\n}\n`],
    ['100,000 open braces', `. ${'{ '.repeat(100_000)}`],
    ['unclosed expressions', `. {\n log ${'{{'.repeat(300_000)}\n errors\n}\n`],
    ['an unclosed quote', `. {\n errors\n log "${'x'.repeat(500_000)}\n}\n`],
  ])('with %s ends in a sentence', async (_, text) => {
    const { rows, problems } = await plugins(text);
    expect(rows.length + problems.length).toBeGreaterThan(0);
  });

  it('that is larger than a ConfigMap is read as far as one goes', async () => {
    const { found, problems } = await plugins(`. {\n errors\n}\n${'# filler\n'.repeat(600_000)}`);
    expect(found).toHaveLength(1);
    expect(problems.map(({ code }) => code)).toContain('corefile-too-long');
  });
});

describe('what multiplies', () => {
  it('a hundred thousand keys by as many plugin lines is bounded', async () => {
    const { rows, problems } = await plugins(
      `${'a.example '.repeat(40_000)}{\n${' log\n'.repeat(100_000)}}\n`,
    );
    expect(rows.length).toBeLessThan(1000);
    expect(problems.map(({ code }) => code)).toEqual(['corefile-too-long']);
  });
});
