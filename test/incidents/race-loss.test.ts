import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { calls, drops, evidence, Incident, pods, sentBy } from '../support/incident.js';

const NAME = 'race-loss-1';
const AMPLIFIED = 'search-amplification confirmed';

describe('race-loss-1', () => {
  let incident: Incident;
  beforeAll(async () => {
    incident = await Incident.read(...evidence(NAME));
    return () => incident.close();
  });

  it('is a conntrack race, beside the search list that is walked, and nothing else', async () => {
    expect(await incident.blamed()).toEqual(['conntrack-race confirmed', AMPLIFIED]);
  });

  it('lost before a server as many queries as the lab dropped', async () => {
    const [lost] = await incident.rows(
      'select count(*) as n from transactions where not from_forwarder and not query_reached_server',
    );
    expect(lost!['n']).toBe(drops(NAME)['race']);
  });

  it('has every call of the programs as one lookup', async () => {
    const found = await incident.rows(
      'select client, count(*) as n from lookups where address_lookup group by client order by client',
    );
    const made = Object.values(pods(NAME)).map((client) => ({
      client,
      n: calls(NAME).filter((call) => call.client === client).length,
    }));
    expect(found).toEqual(made.toSorted((a, b) => a.client.localeCompare(b.client)));
  });

  it('blames the race for each call that took longer than a second', async () => {
    const slow = calls(NAME).filter(({ seconds }) => seconds > 0.99).length;
    const found = await incident.rows(
      'select cause, count(*) as n from lookups where seconds > 0.99 group by cause',
    );
    expect(found).toEqual([{ cause: 'conntrack-race', n: slow }]);
  });

  it('shows three rows of the capture for it, each with its frame', async () => {
    const [race] = await incident.rows("select evidence from causes where cause = 'conntrack-race'");
    const shown = race!['evidence'] as string[];
    expect(shown).toHaveLength(3);
    for (const row of shown)
      expect(row).toMatch(/^\S+\.pcap(\.gz)? frame \d+: \d\d:\d\d:\d\d\.\d+ default\/app-/);
  });

  it('saw no half lost of the client that uses a socket a query', async () => {
    const losers = await incident.rows(
      'select distinct c.resolver from twins as t inner join clients as c on c.client = t.client where t.lost is not null order by 1',
    );
    expect(losers).toEqual([{ resolver: 'glibc' }, { resolver: 'musl' }]);
  });
});

describe('race-loss-1 with less evidence', () => {
  it.each([
    ['no counters', /^(?!conntrack)/, ['conntrack-race likely', AMPLIFIED]],
    ['the capture alone', /capture\.pcap/, ['conntrack-race likely', AMPLIFIED]],
    ["one pod's capture with the servers' logs", /pod\.pcap|coredns/, ['conntrack-race likely', AMPLIFIED]],
    ['logs alone', /coredns/, ['search-amplification likely']],
    ['counters alone', /conntrack-S/, []],
  ] as const)('claims no more than %s carry', async (_, fits, blamed) => {
    const incident = await Incident.read(...evidence(NAME, fits));
    expect(await incident.blamed()).toEqual(blamed);
    incident.close();
  });

  it("leaves the race possible in one pod's capture, and in the counters", async () => {
    for (const fits of [/pod\.pcap/, /conntrack-S/]) {
      const incident = await Incident.read(...evidence(NAME, fits));
      expect(await incident.verdicts()).toMatchObject({ 'conntrack-race': 'possible' });
      incident.close();
    }
  });
});

describe('race-loss-1 seen in one direction', () => {
  let incident: Incident;
  const client = pods(NAME)['app-a']!;
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dnslens-requests-'));
    const path = join(folder, 'requests.pcap');
    const whole = gunzipSync(readFileSync(evidence(NAME, /^capture/)[0]!));
    writeFileSync(path, sentBy(whole, client));
    incident = await Incident.read(path);
    rmSync(folder, { recursive: true });
    return () => incident.close();
  });

  it('says nothing of answers', async () => {
    const states = await incident.rows('select distinct state from transactions');
    expect(states).toEqual([{ state: 'unknown' }]);
  });

  it('calls no query lost and no lookup failed', async () => {
    const lost = await incident.rows(
      'select count(*) filter (where query_reached_server = false) as queries, count(*) filter (where response_left_server = false) as replies from transactions',
    );
    expect(lost).toEqual([{ queries: 0, replies: 0 }]);
    const failed = await incident.rows(
      "select count(*) as n from lookups where outcome = 'failed' or cause is not null",
    );
    expect(failed).toEqual([{ n: 0 }]);
    const twins = await incident.rows('select count(*) as n from twins where lost is not null');
    expect(twins).toEqual([{ n: 0 }]);
  });

  it('has every call as a lookup', async () => {
    const [found] = await incident.rows('select count(*) as n from lookups where address_lookup');
    expect(found!['n']).toBe(calls(NAME).filter((call) => call.client === client).length);
  });

  it('still sees the search list walked, and blames nothing else', async () => {
    expect(await incident.blamed()).toEqual([AMPLIFIED]);
  });
});
