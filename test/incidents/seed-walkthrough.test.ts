import { beforeAll, describe, expect, it } from 'vitest';
import { evidence, Incident } from '../support/incident.js';

const NAME = 'seed-walkthrough-1';

describe('seed-walkthrough-1', () => {
  let incident: Incident;
  beforeAll(async () => {
    incident = await Incident.read(...evidence(NAME));
    return () => incident.close();
  });

  it('walks as many names for each call as the search list makes of it', async () => {
    const walks = await incident.rows('select name, steps, queries from lookups order by started_at');
    expect(walks).toEqual([
      { name: 'tetris.svc.cluster.local', steps: 5, queries: 10 },
      { name: 'tetris.default.svc.cluster.local', steps: 1, queries: 2 },
      { name: 'tetris.default', steps: 2, queries: 4 },
      { name: 'tetris.default.svc.cluster.local', steps: 1, queries: 2 },
      { name: 'tetris.default.svc.cluster.local', steps: 5, queries: 10 },
      { name: 'google.com', steps: 5, queries: 10 },
      { name: 'google.com', steps: 1, queries: 2 },
    ]);
  });

  it('finds no fault in it', async () => {
    const faults = await incident.rows(
      "select cause from causes where kind = 'fault' and verdict in ('confirmed', 'likely', 'possible')",
    );
    expect(faults).toEqual([]);
  });

  it("counts the same lookups and transactions when the pod's capture is left out", async () => {
    const counts =
      'select (select count(*) from lookups) as lookups, (select count(*) from transactions where not from_forwarder) as transactions';
    const without = await Incident.read(...evidence(NAME, /^(?!pod)/));
    expect(await without.rows(counts)).toEqual(await incident.rows(counts));
    without.close();
  });

  it('lost nothing', async () => {
    const states = await incident.rows('select distinct state from transactions where not from_forwarder');
    expect(states).toEqual([{ state: 'answered' }]);
  });
});
