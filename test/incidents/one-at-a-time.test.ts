import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { evidence, Incident } from '../support/incident.js';

// a chain builds the models once for each source
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** From the worst that can be said of a true cause to the best. */
const BETTER = ['ruled_out', 'no_evidence', 'possible', 'likely', 'confirmed'];

/** What is collected, in the order in which it is added and taken away. */
const SOURCES: readonly [string, RegExp][] = [
  ["the pod's capture", /pod\.pcap$/],
  ["the node's capture", /capture\.pcap/],
  ["the servers' logs", /(coredns-\d|node-local-dns)\.log$/],
  ['the counters', /conntrack/],
  ['the cluster files', /(\.json|Corefile[^/]*|\.conf)$/],
];

const INCIDENTS: readonly [string, string][] = [
  ['race-loss-1', 'conntrack-race'],
  ['nodelocal-101', 'nodelocal-bypass'],
];

/** What is true of every incident whose clients walk a search list. */
const ALSO = 'search-amplification';

describe.each(INCIDENTS)('%s, one source after the other', (name, cause) => {
  let incident: Incident;
  beforeAll(async () => void (incident = await Incident.read()));
  afterAll(() => incident.close());

  /** The verdict on the true cause; no other may be blamed, and none that lookups are blamed on ruled out. */
  async function verdict(when: string): Promise<number> {
    const verdicts = await incident.verdicts();
    const others = (await incident.blamed()).filter(
      (one) => !one.startsWith(`${cause} `) && !one.startsWith(`${ALSO} `),
    );
    expect({ when, others }).toEqual({ when, others: [] });
    const contradicted = await incident.rows(
      "select distinct c.cause from lookups as l inner join causes as c on c.cause = l.cause where c.verdict in ('ruled_out', 'no_evidence')",
    );
    expect({ when, contradicted }).toEqual({ when, contradicted: [] });
    return BETTER.indexOf(verdicts[cause]!);
  }

  it('is judged no worse with each source that is added, and no better with each that is taken away', async () => {
    let before = await verdict('without evidence');
    for (const [source, fits] of SOURCES) {
      await incident.add(evidence(name, fits));
      const now = await verdict(`with ${source}`);
      expect(now).toBeGreaterThanOrEqual(before);
      before = now;
    }
    expect(BETTER[before]).toBe('confirmed');
    for (const [source, fits] of SOURCES.slice(0, -1)) {
      await incident.takeAway(evidence(name, fits));
      const now = await verdict(`without ${source}`);
      expect(now).toBeLessThanOrEqual(before);
      before = now;
    }
  });
});
