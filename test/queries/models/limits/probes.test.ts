import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenModels } from '../../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

describe('work.probe_facts', () => {
  const probe = (more: object) => ({
    source_id: 1,
    line: 1,
    tool: 'dig',
    server: '10.96.0.10',
    qname: 'a.example',
    outcome: 'answered',
    rcode: 'NOERROR',
    seconds: 0.004,
    tries: 0,
    ...more,
  });
  const facts = async (...rows: object[]) => (await given.rows('work.probe_facts', { 'raw.probes': rows as never }))[0]!;
  const NONE = { probes_lost: 0, silent_servers: 0, probes_late: 0, probes_failed: 0, waits_by_hand: 0 };

  it('finds nothing in answers that came soon, nor in names that are not there', async () => {
    expect(await facts(probe({}), probe({ rcode: 'NXDOMAIN' }))).toMatchObject(NONE);
  });

  it('calls a server silent where it answered nothing and another did', async () => {
    const silent = probe({ server: '10.1.0.7', outcome: 'timeout', rcode: null, seconds: null });
    expect(await facts(silent)).toMatchObject({ probes_lost: 1, silent_servers: 0 });
    expect(await facts(silent, probe({}))).toMatchObject({ silent_servers: 1, silent_server: '10.1.0.7' });
    expect(await facts(silent, probe({ server: '10.1.0.7' }), probe({}))).toMatchObject({ silent_servers: 0 });
  });

  it('names all servers that its numbers are of, up to three', async () => {
    const at = (server: string | null, outcome = 'timeout') => probe({ server, outcome, rcode: null, seconds: null });
    const rows = ['10.1.0.8', '10.1.0.7', null].map((server) => at(server));
    expect(await facts(...rows, probe({}))).toMatchObject({
      probes_lost: 3,
      probes_lost_at: '10.1.0.7, 10.1.0.8, a server that is not named',
      silent_server: '10.1.0.7, 10.1.0.8',
      silent_lost: 2,
    });
    const refused = ['4', '3', '2', '1'].map((end) => at(`10.1.0.${end}`, 'refused'));
    expect(await facts(...refused)).toMatchObject({
      probes_lost: 0,
      probes_refused: 4,
      probes_refused_by: '10.1.0.1, 10.1.0.2, 10.1.0.3 and others',
    });
  });

  it("takes Go's word for an error, of no kind that it tells", async () => {
    const misbehaving = probe({ tool: 'go', rcode: null, seconds: null });
    expect(await facts(misbehaving)).toMatchObject({ probes_failed: 1, probes_error: 'an error of 10.96.0.10 for a.example' });
  });

  it('lays errors and late answers to no upstream where the name is of the cluster', async () => {
    const bad = { rcode: 'SERVFAIL', seconds: 2.1 };
    expect(await facts(probe(bad))).toMatchObject({ probes_late: 1, probes_failed: 1 });
    expect(await facts(probe({ ...bad, qname: 'web.default.svc.cluster.local' }))).toMatchObject(NONE);
  });

  it("takes getent's seconds for no server's", async () => {
    const lookup = probe({ tool: 'getent', server: null, seconds: 5.01 });
    expect(await facts(lookup)).toMatchObject({ ...NONE, waits_by_hand: 1, longest_by_hand: 5.01 });
  });
});
