import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenTables } from '../support/given.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

const time = (second: number) => `2026-01-01 00:00:${String(second).padStart(2, '0')}`;
const record = (name: string, value: string | null, more: object = {}) => ({
  source_id: 1,
  origin: 'route53',
  sample: 0,
  zone: 'example.com',
  name,
  type: 'A',
  ttl: 60,
  value,
  alias: false,
  ...more,
});
const created = (second: number, name: string, more: object = {}) =>
  record(name, null, { source_id: 2, origin: 'external-dns', action: 'create', time: time(second), ...more });
const asked = (id: number, second: number, qname: string, more: object = {}) => ({
  transaction_id: id,
  client: '10.0.0.1',
  server: '10.96.0.10',
  backend: '10.1.0.1',
  qname,
  qtype: 'A',
  asked_at: time(second),
  answered_at: time(second),
  state: 'answered',
  rcode: 'NOERROR',
  answers: 1,
  min_ttl: 30,
  truncated: false,
  from_forwarder: false,
  source_id: 3,
  answer_frame: id,
  ...more,
});
const NXDOMAIN = { rcode: 'NXDOMAIN', answers: 0 };
const carried = (id: number, second: number, name: string, data: string) => ({
  answers: { source_id: 3, frame: id, section: 'answer', name, type: 'A', ttl: 30, data },
  messages: { source_id: 3, frame: id, time: time(second), is_response: true, dst: '10.0.0.1' },
});

describe('external/records', () => {
  it('puts what should be answered beside what was', async () => {
    const rows = await given.ask('external/records', {
      dns_records: [record('a.example.com', '192.0.2.1'), record('b.example.com', '192.0.2.2')],
      transactions: [asked(1, 1, 'a.example.com'), asked(2, 2, 'a.example.com', NXDOMAIN), asked(3, 3, 'c.example.com')],
    });
    expect(rows).toMatchObject([
      {
        record: 'a.example.com',
        expected: ['192.0.2.1'],
        expected_ttl: 60,
        queries: 2,
        answered: 1,
        nxdomain: 1,
        clients: 1,
        servers: ['10.1.0.1'],
        ttl_max: 30,
      },
    ]);
  });

  it('lets a wildcard stand for names without records of their own', async () => {
    const rows = await given.ask('external/records', {
      dns_records: [record('*.example.com', '192.0.2.1'), record('own.example.com', '192.0.2.2')],
      transactions: [asked(1, 1, 'x.example.com'), asked(2, 1, 'own.example.com'), asked(3, 1, 'example.com')],
    });
    expect(rows.map(({ record: name, qname }) => [name, qname])).toEqual([
      ['own.example.com', 'own.example.com'],
      ['*.example.com', 'x.example.com'],
    ]);
  });

  it('takes no character of a wildcard for any other', async () => {
    const rows = await given.ask('external/records', {
      dns_records: [record('*.a_b.example.com', '192.0.2.1')],
      transactions: [asked(1, 1, 'x.a-b.example.com')],
    });
    expect(rows).toEqual([]);
  });

  it('takes the last listing of a loop', async () => {
    const rows = await given.ask('external/records', {
      dns_records: [record('a.example.com', '192.0.2.1'), record('a.example.com', '192.0.2.9', { sample: 1 })],
      transactions: [asked(1, 1, 'a.example.com')],
    });
    expect(rows).toMatchObject([{ expected: ['192.0.2.9'] }]);
  });
});

describe('external/missing', () => {
  const missing = async (records: object[], transactions: object[]) => {
    const rows = await given.ask('external/missing', {
      dns_records: records as Record<string, string>[],
      transactions: transactions as Record<string, string>[],
      clients: [{ client: '10.0.0.1', workload: 'app-a' }],
    });
    return rows;
  };

  it('shows NXDOMAIN for a name that Route 53 has', async () => {
    expect(
      await missing([record('a.example.com', '192.0.2.1')], [asked(1, 1, 'a.example.com', NXDOMAIN)]),
    ).toMatchObject([
      { client: '10.0.0.1', workload: 'app-a', qname: 'a.example.com', rcode: 'NXDOMAIN', answers: 1, server: '10.1.0.1' },
    ]);
  });

  it('does not show NXDOMAIN for a name that it has not', async () => {
    const search = asked(1, 1, 'a.example.com.svc.cluster.local', NXDOMAIN);
    expect(await missing([record('a.example.com', '192.0.2.1')], [search])).toEqual([]);
  });

  it('shows NXDOMAIN below a wildcard, no character of which stands for any other', async () => {
    const names = ['x.a_b.example.com', 'x.a-b.example.com'];
    const denied = names.map((name, i) => asked(i + 1, 1, name, NXDOMAIN));
    expect(await missing([record('*.a_b.example.com', '192.0.2.1')], denied)).toMatchObject([
      { qname: 'x.a_b.example.com' },
    ]);
  });

  it('does not show an answer, or no AAAA for a name that has only an A', async () => {
    const noAaaa = asked(2, 1, 'a.example.com', { qtype: 'AAAA', answers: 0 });
    expect(await missing([record('a.example.com', '192.0.2.1')], [asked(1, 1, 'a.example.com'), noAaaa])).toEqual([]);
  });

  it('does not show what was asked before the record was made or after it was taken away', async () => {
    const gone = created(20, 'a.example.com', { action: 'delete' });
    const early = asked(1, 5, 'a.example.com', NXDOMAIN);
    const late = asked(2, 30, 'a.example.com', NXDOMAIN);
    expect(await missing([created(10, 'a.example.com'), gone], [early, late])).toEqual([]);
  });

  it('does not take a failed change for a record', async () => {
    const failed = created(1, 'a.example.com', { action: 'create-failed' });
    expect(await missing([failed], [asked(1, 5, 'a.example.com', NXDOMAIN)])).toEqual([]);
  });
});

describe('external/wrong-values', () => {
  const wrong = (records: object[], ...values: string[]) => {
    const seen = values.map((value, i) => carried(i + 1, i, 'a.example.com', value));
    return given.ask('external/wrong-values', {
      dns_records: records as Record<string, string>[],
      answers: seen.map(({ answers }) => answers),
      messages: seen.map(({ messages }) => messages),
    });
  };

  it('shows a value that no record has, and none that one has', async () => {
    expect(await wrong([record('a.example.com', '192.0.2.1')], '192.0.2.1', '192.0.2.66')).toMatchObject([
      { qname: 'a.example.com', answered: '192.0.2.66', expected: ['192.0.2.1'], was_once: false },
    ]);
  });

  it('says that a value is an old one', async () => {
    const old = record('a.example.com', '192.0.2.66');
    expect(await wrong([old, record('a.example.com', '192.0.2.1', { sample: 1 })], '192.0.2.66')).toMatchObject([
      { was_once: true },
    ]);
  });

  it.each([{ alias: true }, { routing: 'weight=10', set_id: 'blue' }])('leaves out %j', async (more) => {
    expect(await wrong([record('a.example.com', '192.0.2.1', more)], '192.0.2.66')).toEqual([]);
  });
});

describe('external/changes', () => {
  it('says when clients first saw a change, and until when the old answer', async () => {
    const rows = await given.ask('external/changes', {
      dns_records: [created(10, 'a.example.com')],
      transactions: [
        asked(1, 5, 'a.example.com', NXDOMAIN),
        asked(2, 15, 'a.example.com', NXDOMAIN),
        asked(3, 30, 'a.example.com'),
      ],
    });
    expect(rows).toMatchObject([
      { action: 'create', name: 'a.example.com', queries_after: 2, seen_after_seconds: 20, old_for_seconds: 5 },
    ]);
  });

  it('follows the value of a record that appeared between two listings', async () => {
    const seen = [carried(1, 11, 'a.example.com', '192.0.2.1'), carried(2, 14, 'a.example.com', '192.0.2.2')];
    const rows = await given.ask('external/changes', {
      dns_records: [
        record('a.example.com', '192.0.2.1', { time: time(0) }),
        record('a.example.com', '192.0.2.2', { time: time(10), sample: 1 }),
      ],
      transactions: [asked(1, 11, 'a.example.com'), asked(2, 14, 'a.example.com')],
      answers: seen.map(({ answers }) => answers),
    });
    expect(rows).toMatchObject([
      { action: 'appeared', value: '192.0.2.2', queries_after: 2, old_for_seconds: 1, seen_after_seconds: 4 },
    ]);
  });

  it('shows a change that nobody asked about', async () => {
    const rows = await given.ask('external/changes', { dns_records: [created(10, 'a.example.com')] });
    expect(rows).toMatchObject([{ queries_after: 0, first_seen_at: null }]);
  });
});

describe('external/stale-negative', () => {
  const stale = (...transactions: object[]) =>
    given.ask('external/stale-negative', {
      dns_records: [created(10, 'a.example.com')],
      transactions: transactions as Record<string, string>[],
    });

  it('shows a name that stays not found after its record was made', async () => {
    expect(
      await stale(
        asked(1, 8, 'a.example.com', NXDOMAIN),
        asked(2, 20, 'a.example.com', NXDOMAIN),
        asked(3, 40, 'a.example.com'),
      ),
    ).toMatchObject([
      { qname: 'a.example.com', denied_before: 1, denied_after: 1, stale_seconds: 10, negative_ttl: 30 },
    ]);
  });

  it('does not show one that was found at once', async () => {
    expect(await stale(asked(1, 8, 'a.example.com', NXDOMAIN), asked(2, 20, 'a.example.com'))).toEqual([]);
  });

  it('does not show one that was not asked before: that is another fault', async () => {
    expect(await stale(asked(1, 20, 'a.example.com', NXDOMAIN))).toEqual([]);
  });
});
