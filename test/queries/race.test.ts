import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenTables } from '../support/given.js';
import { APP, client, COREDNS, lost, lostHalf, transaction, twin } from '../support/given-rows.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

const AT = '2026-01-01 00:00:01';
const bothLost = (more = {}) =>
  twin(AT, { a_state: 'unanswered', aaaa_state: 'unanswered', lost: 'both', waited_seconds: 10, ...more });
const unseen = twin(AT, { a_state: 'unknown', aaaa_state: 'unknown', waited_seconds: null });
const halfUnseen = twin(AT, { a_state: 'unanswered', aaaa_state: 'unknown', lost: 'A' });
const forwarder = client(COREDNS, 'coredns', { is_forwarder: true, resolver: 'forwarder' });

describe('race/lost-halves', () => {
  it('gives a pair of which one was answered, with what was seen of the lost query', async () => {
    const rows = {
      twins: [lostHalf(AT, { a_question_id: 1, aaaa_question_id: 2, lookup_id: 7 }), twin(AT)],
      transactions: [
        transaction(1),
        lost(2, { query_reached_server: false, source_id: 3, frame: 44 }),
        transaction(5, { question_id: 2, attempt: 2 }),
      ],
      clients: [client(APP, 'web')],
    };
    expect(await given.ask('race/lost-halves', rows)).toEqual([
      {
        asked_at: '2026-01-01T00:00:01Z',
        client: APP,
        client_name: 'default/web-1',
        resolver: 'glibc',
        client_port: 40000,
        qname: 'a.example',
        lost: 'AAAA',
        one_socket: true,
        apart_seconds: 0.00003,
        retried_after_seconds: 5,
        waited_seconds: 5.001,
        query_reached_server: false,
        response_left_server: null,
        lookup_id: 7,
        source_id: 3,
        frame: 44,
      },
    ]);
  });

  it("gives nothing for pairs that lost both, that cannot be judged, or that are a forwarder's", async () => {
    const twins = [twin(AT), bothLost(), unseen, halfUnseen, lostHalf(AT, { client: COREDNS })];
    expect(await given.ask('race/lost-halves', { twins, clients: [forwarder] })).toEqual([]);
  });
});

describe('race/clients', () => {
  it('counts one client twice when it asks from one socket and from two', async () => {
    const twins = [lostHalf(AT), lostHalf('2026-01-01 00:00:09', { waited_seconds: 5.003 }), twin(AT), bothLost()];
    const rows = {
      twins: [...twins, unseen, twin(AT, { one_socket: false }), twin(AT, { client: COREDNS })],
      clients: [client(APP, 'web'), forwarder],
    };
    expect(await given.ask('race/clients', rows)).toEqual([
      {
        client: APP,
        client_name: 'default/web-1',
        workload: 'web',
        resolver: 'glibc',
        one_socket: true,
        twins: 5,
        judged: 4,
        lost_halves: 2,
        lost_both: 1,
        lost_half_share: 0.5,
        median_waited_seconds: expect.closeTo(5.002, 2),
        longest_waited_seconds: 5.003,
        first_lost_at: '2026-01-01T00:00:01Z',
        last_lost_at: '2026-01-01T00:00:09Z',
      },
      expect.objectContaining({ one_socket: false, twins: 1, lost_halves: 0, lost_half_share: 0, first_lost_at: null }),
    ]);
  });
});

describe('race/sockets', () => {
  it('sets pairs from one socket against pairs from two', async () => {
    const goes = (more = {}) => twin(AT, { client: '10.0.0.2', one_socket: false, ...more });
    const rows = {
      twins: [lostHalf(AT), twin(AT), halfUnseen, goes(), goes()],
      clients: [client(APP, 'web'), client('10.0.0.2', 'api', { resolver: 'go' })],
    };
    expect(await given.ask('race/sockets', rows)).toMatchObject([
      { one_socket: true, resolver: 'glibc', clients: 1, twins: 3, judged: 2, lost_halves: 1, lost_half_share: 0.5 },
      { one_socket: false, resolver: 'go', clients: 1, twins: 2, judged: 2, lost_halves: 0, lost_half_share: 0 },
    ]);
  });
});

describe('race/over-time', () => {
  it('counts lost halves by window', async () => {
    const twins = [twin(AT), lostHalf(AT), bothLost(), halfUnseen, lostHalf('2026-01-01 00:00:12')];
    const rows = { twins: [...twins, lostHalf(AT, { client: COREDNS })], clients: [forwarder] };
    expect(await given.ask('race/over-time', rows)).toMatchObject([
      { from_time: '2026-01-01T00:00:00Z', twins: 4, judged: 3, lost_halves: 1, lost_both: 1 },
      { from_time: '2026-01-01T00:00:10Z', twins: 1, judged: 1, lost_halves: 1, lost_half_share: 1 },
    ]);
  });
});

describe('race/conntrack', () => {
  const span = (second: number) => ({
    source_id: 1,
    from_time: `2026-01-01 00:00:0${second}`,
    to_time: `2026-01-01 00:00:0${second + 1}`,
  });

  it('sets what rose in an interval beside the halves lost in it, and leaves quiet intervals out', async () => {
    const rows = {
      sources: [{ source_id: 1, label: 'node-1' }],
      conntrack_intervals: [
        { ...span(0), drop: 0 },
        { ...span(1), insert_failed: 3, drop: 3 },
        { ...span(3), drop: 0 },
        { ...span(5), drop: 0 },
      ],
      conntrack_losses: [
        { ...span(1), loss: 'half' },
        { ...span(1), loss: 'half' },
        { ...span(3), loss: 'both' },
        { ...span(5), loss: 'query' },
      ],
      twins: [twin(AT)],
    };
    const nothing = { early_drop: null, clash_resolve: null };
    expect(await given.ask('race/conntrack', rows)).toMatchObject([
      { label: 'node-1', from_time: '2026-01-01T00:00:01Z', insert_failed: 3, drop: 3, ...nothing, lost_halves: 2, lost_both: 0 },
      { from_time: '2026-01-01T00:00:03Z', insert_failed: null, drop: 0, lost_halves: 0, lost_both: 1 },
    ]);
  });
});
