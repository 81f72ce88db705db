import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, ethernet, ipv4, pcap, udp } from '../../fixtures/captures/packets.js';
import { dnslens } from '../support/cli.js';
import { plainDuckDb } from '../support/duckdb.js';

/** A word and a number that no field of a redacted copy may show. */
const WORD = 'zanzibarq';
const NUMBER = '8675309421';
const BOTH = `${WORD}${NUMBER}`;

const json = (value: unknown) => JSON.stringify(value, null, 1);

/** Every kind of evidence, with the word and the number in every field that holds a text. */
const TEXTS: Readonly<Record<string, string>> = {
  'coredns.log': [
    `2026-01-05T10:00:00.1Z [INFO] 10.0.0.3:41000 - 7 "A IN ${WORD}.example. udp 54 false 512" NOERROR qr,rd 54 0.0012s`,
    `2026-01-05T10:00:00.2Z [INFO] 10.0.0.3:41001 - 8 "A IN n${NUMBER}.svc.cluster.local. udp 54 false 512" NXDOMAIN qr,rd 54 0.0012s`,
    `2026-01-05T10:00:01.1Z [ERROR] plugin/errors: 2 ${BOTH}.example. A: read udp 10.0.0.9:4000->10.0.0.2:53: i/o timeout`,
    `2026-01-05T10:00:01.2Z [ERROR] plugin/errors: 2 x.example. A: dial tcp: lookup ${WORD} on ${NUMBER}: no such host`,
    `2026-01-05T10:00:02.1Z [WARNING] tenant ${NUMBER} card ${NUMBER} ${WORD} blocked`,
    `2026-01-05T10:00:03.1Z [INFO] plugin/${WORD}: ${NUMBER}`,
    `2026-01-05T10:00:03.2Z ${WORD} said ${NUMBER}ms and ${NUMBER}.5 to user=${NUMBER}, "${WORD} ${NUMBER}"`,
    `2026-01-05T10:00:03.3Z panic: ${WORD} ${NUMBER}`,
    '',
  ].join('\n'),
  [`prefixed-${BOTH}.log`]: [
    `[pod/coredns-${WORD}-1/coredns] 2026-01-05T10:00:04.1Z [INFO] 10.0.0.4:41000 - 7 "AAAA IN ${WORD}.shop.example. udp 54 false 512" SERVFAIL qr,rd 54 2.0012s`,
    `[pod/coredns-${NUMBER}-1/${WORD}] 2026-01-05T10:00:05.1Z [FATAL] plugin/loop: ${WORD} ${NUMBER}`,
    '',
  ].join('\n'),
  'shipped.json': `${json({ log: `[ERROR] ${WORD} ${NUMBER}`, kubernetes: { pod_name: BOTH, host: WORD }, number: 8675309421 }).replaceAll('\n', '')}\n`,
  [`resolv-${WORD}.conf`]: `# ${WORD} ${NUMBER}\nnameserver 10.0.0.10\nsearch ${WORD}.svc.cluster.local n${NUMBER}.example\noptions ndots:5 ${WORD} timeout:${NUMBER}\n${WORD} ${NUMBER}\n`,
  Corefile: `# ${WORD}\n${WORD}.example:53 {\n  errors\n  forward . 10.0.0.2 {\n    max_concurrent 1000\n    ${WORD} ${NUMBER}\n  }\n  hosts {\n    10.0.0.5 ${WORD}.example\n  }\n  ${WORD} ${NUMBER} ${BOTH}\n  rewrite name ${BOTH} ${WORD}\n}\n`,
  'cluster.json': json({
    apiVersion: 'v1',
    kind: 'List',
    items: [
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: `${WORD}-5d4f9-x2x4b`,
          namespace: `ns-${BOTH}`,
          labels: { [WORD]: NUMBER, app: BOTH, [`a.b/${NUMBER}`]: WORD },
          annotations: { [WORD]: NUMBER },
          ownerReferences: [{ kind: WORD, name: `${WORD}-5d4f9`, controller: true }],
        },
        spec: {
          nodeName: `node-${BOTH}`,
          dnsPolicy: WORD,
          dnsConfig: {
            nameservers: ['10.0.0.10'],
            searches: [`${WORD}.example`],
            options: [{ name: WORD, value: NUMBER }],
          },
          containers: [
            { name: WORD, image: BOTH, ports: [{ name: WORD, containerPort: 8675, protocol: 'UDP' }] },
          ],
        },
        status: { podIP: '10.0.0.3', phase: WORD, hostIP: '10.1.0.1' },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: `svc-${BOTH}`, namespace: WORD },
        spec: {
          clusterIP: '10.0.0.10',
          type: WORD,
          ports: [{ name: BOTH, port: 53, targetPort: WORD, protocol: WORD }],
          externalName: `${BOTH}.example`,
        },
      },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: WORD }, data: { [WORD]: NUMBER } },
    ],
  }),
  'conntrack.txt': `conntrack v1.4.6 (conntrack-tools): 1 flow entries\nudp      17 22 src=10.0.0.3 dst=10.0.0.10 sport=36009 dport=53 [UNREPLIED] src=10.1.0.4 dst=10.0.0.3 sport=53 dport=36009 mark=${NUMBER} zone=${NUMBER} ${WORD}=${NUMBER} use=1\n${WORD} ${NUMBER}\n`,
  'counters.log': `2026-01-05T10:00:00Z\ncpu=0 found=1 invalid=0 insert=0 insert_failed=0 drop=0 ${WORD}=${NUMBER}\n${WORD}: ${NUMBER}\n2026-01-05T10:00:05Z\ncpu=0 found=1 invalid=0 insert=0 insert_failed=1 drop=1\n`,
  'route53.json': json({
    ResourceRecordSets: [
      {
        Name: `${WORD}.example.`,
        Type: 'A',
        TTL: 60,
        SetIdentifier: BOTH,
        Weight: 10,
        HealthCheckId: BOTH,
        ResourceRecords: [{ Value: '192.0.2.1' }],
      },
      {
        Name: `n${NUMBER}.example.`,
        Type: 'TXT',
        TTL: 60,
        ResourceRecords: [{ Value: `"${WORD} ${NUMBER}"` }],
      },
      {
        Name: 'x.example.',
        Type: 'A',
        AliasTarget: {
          HostedZoneId: BOTH,
          DNSName: `dualstack.${BOTH}.elb.amazonaws.com.`,
          EvaluateTargetHealth: false,
        },
        GeoLocation: { CountryCode: WORD },
      },
    ],
  }),
  'external-dns.log': [
    `time="2026-01-05T10:00:06Z" level=info msg="Desired change: CREATE ${WORD}.example A [Id: /hostedzone/${BOTH}]"`,
    `time="2026-01-05T10:00:06Z" level=info msg="Desired change: CREATE txt.example TXT [\\"heritage=external-dns,external-dns/owner=${BOTH}\\"] [Id: /hostedzone/Z]"`,
    `time="2026-01-05T10:00:07Z" level=error msg="failed for ${WORD} ${NUMBER}: ${WORD}" error="${BOTH} ${NUMBER}"`,
    `${WORD} ${NUMBER}`,
    '',
  ].join('\n'),
  [`tcpdump-${BOTH}.txt`]: [
    `2026-01-05 10:00:08.100000 IP 10.0.0.3.51004 > 10.0.0.10.53: 56235+ A? ${WORD}.n${NUMBER}.svc.cluster.local. (56)`,
    '2026-01-05 10:00:08.100400 IP 10.0.0.10.53 > 10.0.0.3.51004: 56235 NXDomain*- 0/1/0 (149)',
    `2026-01-05 10:00:08.200000 IP 10.0.0.3.51005 > 10.0.0.10.53: 56236+ TXT? ${BOTH}.example. (56)`,
    `2026-01-05 10:00:08.200400 IP 10.0.0.10.53 > 10.0.0.3.51005: 56236 1/0/0 TXT "${WORD} ${NUMBER}" (149)`,
    `${WORD} ${NUMBER} is no line of tcpdump`,
    '',
  ].join('\n'),
  'notes.txt': `${WORD} ${NUMBER}\n`,
};

let folder: string;
let db: string;
const env = { DNSLENS_REDACT_KEY: 'a key of this test' };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dnslens-canary-'));
  const inputs = join(folder, `evidence-${BOTH}`);
  mkdirSync(inputs);
  for (const [name, text] of Object.entries(TEXTS)) writeFileSync(join(inputs, name), text);
  writeFileSync(join(inputs, `${WORD}.pcap`), capture());
  db = join(folder, `${BOTH}.duckdb`);
  dnslens(['ingest', inputs, '--db', db, '--label', `node-${BOTH}`], { env });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** One query and one answer whose record says the word and the number. */
function capture(): Uint8Array {
  const labels = [WORD, `n${NUMBER}`, 'example'].flatMap((label) => [label.length, ...Buffer.from(label)]);
  const question = [...labels, 0, 0, 16, 0, 1];
  const text = Buffer.from(`${WORD} ${NUMBER}`);
  const record = [0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, text.length + 1, text.length, ...text];
  const query = bytesOf([0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0], question);
  const answer = bytesOf([0, 7, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0], question, record);
  const packet = (from: string, to: string, ports: [number, number], bytes: Uint8Array) =>
    ethernet(0x800, ipv4(from, to, 17, udp(ports[0], ports[1], bytes)));
  return pcap(1, [
    packet('10.0.0.3', '10.0.0.10', [40000, 53], query),
    packet('10.0.0.10', '10.0.0.3', [53, 40000], answer),
  ]);
}

function canaries(text: string): string[] {
  const low = text.toLowerCase();
  return [WORD, NUMBER].filter((canary) => low.includes(canary));
}

/** Every file below a folder, with the canaries that its name or bytes show. */
function shownIn(out: string): [string, string[]][] {
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' });
  return files.map((file) => {
    const path = join(out, file);
    const text = statSync(path).isFile() ? readFileSync(path, 'latin1') : '';
    return [file.replaceAll(/[0-9a-f]{9}/g, '#'), canaries(`${file}\n${text}`)];
  });
}

describe('a secret word and a secret number in every field of every kind of evidence', () => {
  it('are in the database: every kind was read', async () => {
    const { stdout } = dnslens(['sql', 'select distinct kind from sources order by 1', '--csv', '--db', db]);
    expect(stdout.trim().split('\n').length).toBeGreaterThan(8);
    expect(canaries(dnslens(['report', 'evidence', '-f', 'json', '--db', db]).stdout)).toEqual([
      WORD,
      NUMBER,
    ]);
  });

  it('are in no frame that is written, nor in what is said of those that are left out', () => {
    const file = join(folder, 'frames.pcapng');
    const args = ['explain', `${WORD}.n${NUMBER}.example`, '--pcap', file, '--redact', '--db', db];
    const { stdout, stderr, code } = dnslens(args, { env });
    expect([code, canaries(stdout), canaries(stderr)]).toEqual([0, [], []]);
    expect(stderr).toContain('left out: 1 frame that cannot be redacted surely: an answer of a type');
    expect(canaries(readFileSync(file, 'latin1'))).toEqual([]);
  });

  it.each(['table', 'json', 'html'])('are in no report as %s', (format) => {
    const { stdout, stderr, code } = dnslens(
      [
        'report',
        'diagnosis',
        'evidence',
        'config',
        'traffic',
        'servers',
        'external',
        '-f',
        format,
        '--redact',
        '--db',
        db,
      ],
      { env },
    );
    expect([code, canaries(stderr), stdout.length > 1000]).toEqual([0, [], true]);
    expect(stdout.split('\n').filter((line) => canaries(line).length > 0)).toEqual([]);
  });

  it('are in no file of an export, Parquet and the names of files included', async () => {
    const out = join(folder, 'out');
    const { code } = dnslens(
      ['export', '--csv', '--html', '--markdown', '--parquet', '--out', out, '--redact', '--db', db],
      { env },
    );
    expect(code).toBe(0);
    const shown = shownIn(out);
    expect(shown.length).toBeGreaterThan(50);
    expect(shown.filter(([, found]) => found.length > 0)).toEqual([]);
    const duckdb = await plainDuckDb();
    const tables = readdirSync(join(out, 'parquet')).filter((name) => !name.startsWith('_'));
    for (const table of tables) {
      const rows = await duckdb.rows<{ t: string }>(
        `select t::varchar as t from read_parquet('${join(out, 'parquet', table)}/*/*/*.parquet') as t`,
      );
      expect([table, rows.filter(({ t }) => canaries(t).length > 0)]).toEqual([table, []]);
    }
    duckdb.close();
  });
});
