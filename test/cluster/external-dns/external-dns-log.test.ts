import { describe, expect, it } from 'vitest';
import { externalDnsLog } from '../../../src/cluster/external-dns/external-dns-log.js';
import { readBytes } from '../../support/memory-sink.js';

const TIME = '2025-02-20T10:11:12Z';
const NANOS = BigInt(Date.parse(TIME)) * 1_000_000n;
const line = (message: string, level = 'info', more = ''): string =>
  `time="${TIME}" level=${level} msg="${message}"${more}\n`;

async function read(text: string) {
  const reading = await readBytes(externalDnsLog, text);
  return { ...reading, records: reading.rows.dns_records ?? [], events: reading.rows.log_events ?? [] };
}

const CREATE = line('Desired change: CREATE tetris.example.com A [Id: /hostedzone/Z05]');
const DONE = line('1 record(s) in zone example.com. [Id: /hostedzone/Z05] were successfully updated');

describe("external-dns's changes", () => {
  it('take their zone from the line that ends their batch', async () => {
    const { records, events, problems } = await read(CREATE + DONE);
    expect(problems).toEqual([]);
    expect(records).toMatchObject([
      {
        origin: 'external-dns',
        time: NANOS,
        zone: 'example.com',
        action: 'create',
        name: 'tetris.example.com',
        type: 'A',
        value: null,
      },
    ]);
    expect(events).toMatchObject([{ event: 'external-dns-applied', line: 2 }]);
  });

  it('are told as failed where the whole batch was refused', async () => {
    const refused = line('Failed to submit all changes for the following zones: [/hostedzone/Z05]', 'error');
    const { records } = await read(CREATE + refused);
    expect(records).toMatchObject([{ action: 'create-failed', name: 'tetris.example.com' }]);
  });

  it('take their zone from fields of their own', async () => {
    const text = line(
      'Desired change: UPSERT a.example.com TXT',
      'info',
      ' profile=default zoneID=/hostedzone/Z05 zoneName=example.com.',
    );
    expect((await read(text)).records).toMatchObject([
      { action: 'update', zone: 'example.com', type: 'TXT' },
    ]);
  });

  it('are marked where the zone refused them', async () => {
    const failure = line(
      'Failure in zone example.com. when submitting change batch: InvalidChangeBatch: [\\"x\\" exists]',
      'error',
    );
    const { records, events } = await read(CREATE + failure);
    expect(records).toMatchObject([{ action: 'create-failed' }]);
    expect(events).toMatchObject([
      { event: 'external-dns-error', level: 'error', message: expect.stringContaining('["x" exists]') },
    ]);
  });

  it.each([
    [
      line('Add records: a.example.com. A [192.0.2.1 192.0.2.2] 300'),
      ['create', 'a.example.com', 'A', 300, '192.0.2.1'],
    ],
    [
      line("Deleting A record named 'a' for Azure DNS zone 'example.com'."),
      ['delete', 'a.example.com', 'A', null, null],
    ],
    [
      line('Changing record.', 'info', ' action=UPDATE record=a.example.com ttl=60 type=A zone=2d77'),
      ['update', 'a.example.com', 'A', 60, null],
    ],
  ])('are read from other providers: %s', async (text, wanted) => {
    const [one] = (await read(text)).records;
    expect([one!.action, one!.name, one!.type, one!.ttl, one!.value]).toEqual(wanted);
  });
});

describe('what wraps the log', () => {
  it.each([
    ['kubectl --timestamps', `2025-02-20T10:11:13.5Z ${CREATE}`],
    ['kubectl --prefix', `[pod/external-dns-x/external-dns] ${CREATE}`],
    ['stern', `external-dns-x external-dns ${CREATE}`],
    ['CRI', `2025-02-20T10:11:13.5Z stdout F ${CREATE}`],
    ['Docker', `${JSON.stringify({ log: CREATE, stream: 'stdout', time: '2025-02-20T10:11:13Z' })}\n`],
    [
      'the JSON format',
      `{"level":"info","msg":"Desired change: CREATE tetris.example.com A","time":"${TIME}"}\n`,
    ],
  ])('%s is taken off', async (_, text) => {
    const { records, problems } = await read(text);
    expect(problems).toEqual([]);
    expect(records).toMatchObject([{ time: NANOS, name: 'tetris.example.com' }]);
    expect(externalDnsLog.sniff(Buffer.from(text), 'x')).toBeGreaterThan(0.9);
  });

  it('gives the time where the line has none', async () => {
    const text = '2025-02-20T10:11:12Z level=info msg="Desired change: CREATE a.example.com A"\n';
    expect((await read(text)).records).toMatchObject([{ time: NANOS }]);
  });
});

describe('other lines', () => {
  it('give an event where a record belongs to another owner', async () => {
    const text = line(
      'Skipping endpoint a.example.com 0 IN A  192.0.2.1 [] because owner id does not match, found: \\"x\\", required: \\"y\\"',
      'debug',
    );
    expect((await read(text)).events).toMatchObject([
      { event: 'external-dns-skipped', qname_id: 'a.example.com' },
    ]);
  });

  it('are passed over with a problem, the rest is read', async () => {
    const { records, problems } = await read(
      `what is this\nI0220 10:11:12.000000       1 leader.go:1] x\n${CREATE}`,
    );
    expect(records).toHaveLength(1);
    expect(problems).toMatchObject([{ code: 'unknown-log-line', count: 1, position: 'line 1' }]);
  });

  it('of another program in the same form are not taken for its log', () => {
    expect(externalDnsLog.sniff(Buffer.from(line('starting server')), 'x')).toBe(0);
  });
});
