import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows, WAIT } from '../../../support/either-side.js';
import { GivenModels } from '../../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

describe('conntrack-race', () => {
  it('takes the counters to agree from half of the losses on', async () => {
    const agree = async (insert_failed: number) =>
      (await given.numbers('conntrack-race', {
        'work.evidence': [{ insert_failed, dropped: 9 }],
        'work.race_shape': [{ short: 10 }],
      }))['counters_agree'];
    expect([await agree(4), await agree(5)]).toEqual([false, true]);
  });
});

describe('coredns-overloaded', () => {
  it('takes a zone that is refused nine times of ten for one that a rule refuses', async () => {
    const shown = async (refused: number) =>
      (
        await given.signs('coredns-overloaded', {
          'work.judged_transactions': rows(10, (i) => ({ transaction_id: i, qname_id: 1, state: 'answered', from_forwarder: false, rcode: i < refused ? 5 : 0 })),
          'work.name_ids': [{ raw_id: 1, name: 'www.example.org' }],
          'work.waits': [{ ...WAIT, rcode: 5, zone: 'example.org' }],
          'work.timed_answers': [],
        })
      ).length;
    expect([await shown(8), await shown(9)]).toEqual([1, 0]);
  });

  it('takes no zone that its upstream refuses for one that it has no room for', async () => {
    const shown = async (rcode: number) =>
      (
        await given.signs('coredns-overloaded', {
          'work.judged_transactions': rows(10, (i) => ({ transaction_id: i, qname_id: 1, state: 'answered', from_forwarder: false, rcode: i < 5 ? 5 : 0 })),
          'work.name_ids': [{ raw_id: 1, name: 'www.example.org' }],
          'work.upstream_queries': [{ zone: 'example.org', rcode }],
          'work.waits': [{ ...WAIT, rcode: 5, zone: 'example.org' }],
          'work.timed_answers': [],
        })
      ).length;
    expect([await shown(0), await shown(5)]).toEqual([1, 0]);
  });
});

describe('nodelocal-bypass', () => {
  it('takes five queries of a client past the cache', async () => {
    const bypassing = async (queries: number) =>
      (await given.numbers('nodelocal-bypass', {
        'work.judged_transactions': rows(queries, (i) => ({ transaction_id: i, client_id: 1, server_id: 2, answer_first_src_id: 3, from_forwarder: false })),
        'work.address_names': [{ address_id: 1, label: 'app' }],
      }))['bypassing'];
    expect([await bypassing(4), await bypassing(5)]).toEqual([0, 1]);
  });
});

describe('lost-replies', () => {
  it("takes a server's log as a sign only where an answer was lost by it", async () => {
    const signs = async (answer_lost: boolean) =>
      (
        await given.signs('lost-replies', {
          'work.waits': [{ ...WAIT, state: 'unanswered', in_log: true, answer_lost }],
          'work.judged_transactions': [{ transaction_id: WAIT.transaction_id }],
        })
      ).length;
    expect([await signs(true), await signs(false)]).toEqual([1, 0]);
  });
});

describe('lists in sentences', () => {
  it('dead-backend names three clients whose flows lead nowhere', async () => {
    const flow = { dst: '10.96.0.10', dst_port: 53, reply_src: '10.96.0.10', reply_src_port: 53, unreplied: true };
    const { untranslated_clients } = await given.numbers('dead-backend', {
      'raw.conntrack_flows': [
        ...rows(4, (i) => ({ ...flow, src: `10.0.0.${i}` })),
        { ...flow, src: '10.0.0.9', reply_src: '10.1.0.2', unreplied: false },
      ],
    });
    expect(untranslated_clients).toBe('10.0.0.0, 10.0.0.1, 10.0.0.2');
  });

  it('stale-conntrack names three ports', async () => {
    const { flows, ports } = await given.numbers('stale-conntrack', {
      'work.silent_losses': rows(4, (i) => ({ transaction_id: i, cause: 'stale-conntrack' })),
      'work.losses': rows(4, (i) => ({ transaction_id: i, server_id: 1, client_id: 2, client_port: 4000 + i })),
      'work.stale_flows': rows(4, (i) => ({ server_id: 1, client_id: 2, client_port: 4000 + i, lost: 3, kept: true, first_lost_ns: i })),
      'work.address_ids': [{ raw_id: 2, address_id: 2, address: '10.0.0.1' }],
      'work.address_names': [],
    });
    expect(ports).toBe(4);
    expect(String(flows).match(/port \d+/g)).toEqual(['port 4000', 'port 4001', 'port 4002']);
  });
});
