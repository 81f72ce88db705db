import { beforeAll, describe, expect, it } from 'vitest';
import { calls, evidence, Incident, pods } from '../support/incident.js';

const NAME = 'nodelocal-101';

describe('nodelocal-101', () => {
  let incident: Incident;
  beforeAll(async () => {
    incident = await Incident.read(...evidence(NAME));
    return () => incident.close();
  });

  it('is one client that goes past the cache, and no fault', async () => {
    expect(await incident.blamed()).toEqual(['nodelocal-bypass confirmed', 'search-amplification confirmed']);
  });

  it('names the client', async () => {
    const [bypass] = await incident.rows("select clients from causes where cause = 'nodelocal-bypass'");
    expect(bypass!['clients']).toEqual([expect.stringContaining(`(${pods(NAME)['app-b']})`)]);
  });

  it('has every call of the programs as one lookup', async () => {
    const [found] = await incident.rows('select count(*) as n from lookups where address_lookup');
    expect(found!['n']).toBe(calls(NAME).length);
  });

  it('blames nothing for anything, as nothing was slow', async () => {
    expect(await incident.rows('select cause from lookups where cause is not null')).toEqual([]);
  });

  it.each([
    ['logs alone', /(coredns|node-local)/],
    ['counters alone', /conntrack/],
    ["one pod's capture", /pod\.pcap/],
  ] as const)('does not claim a bypass by %s', async (_, fits) => {
    const less = await Incident.read(...evidence(NAME, fits));
    expect(await less.verdicts()).toMatchObject({ 'nodelocal-bypass': 'no_evidence' });
    less.close();
  });
});
