import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Story, tellStory } from '../../src/explain/story.js';
import { findTarget } from '../../src/explain/choose.js';
import { ingest } from '../../src/ingest/index.js';
import { buildModels } from '../../src/build/build.js';
import { loadCatalog } from '../../src/packs/load.js';
import type { Id } from '../../src/packs/rows.js';
import { storyLines } from '../../src/report/story-lines.js';
import { Ledger } from '../../src/store/ledger.js';
import { calls, evidence } from '../support/incident.js';

const catalog = loadCatalog();
const command = (lookup: Id) => `dnslens explain ${lookup}`;
const layout = { width: 80, unicode: true, color: false, reportCommand: String, explainCommand: String };

let ledger: Ledger;
beforeAll(async () => {
  ledger = await Ledger.open(':memory:');
  await ingest(ledger, evidence('race-loss-1'));
  await buildModels(ledger.database);
}, 120_000);
afterAll(() => ledger.close());

async function storyOf(
  word: string,
  at: string | null = null,
  address: string | null = null,
): Promise<Story> {
  const client = address === null ? null : { name: address, addresses: [address] };
  const target = await findTarget(ledger.database, catalog, word, { at, client });
  return tellStory(ledger.database, catalog, target);
}

describe('the story of a lookup that lost a twin to a race', () => {
  it('has the silence, the counters beside it and the reason, for each call that waited', async () => {
    const waited = calls('race-loss-1').filter(({ seconds }) => seconds > 2);
    expect(waited.length).toBeGreaterThan(5);
    for (const { client, name, start, seconds } of waited) {
      const time = new Date(start * 1000).toISOString();
      const { subject, blame, events, counters } = await storyOf(name, time, client);
      expect(subject.seconds).toBeCloseTo(seconds, 1);
      expect(subject.cause).toBe('conntrack-race');
      expect(blame!.reason).toContain('it was lost on its way to the server');
      const gaps = events.map((event) => (event.kind === 'gap' ? event.seconds : 0));
      expect(Math.max(...gaps)).toBeGreaterThan(2);
      const failed = counters.filter(({ counter }) => counter === 'insert_failed');
      expect(failed.some(({ increase }) => increase > 0)).toBe(true);
    }
  });

  it('can be told of every lookup and question, in lines that fit the terminal', async () => {
    const [range] = await ledger.database.rows<{ lookups: bigint; questions: bigint }>(
      'select count(*) as lookups, (select max(question_id) from questions) as questions from lookups',
    );
    expect(range!.lookups).toBe(BigInt(calls('race-loss-1').length));
    const lookups = await ledger.database.rows<{ id: number }>(
      'select lookup_id as id from lookups using sample 25 (reservoir, 7)',
    );
    const words = [
      ...lookups.map(({ id }) => String(id)),
      ...[1, 2, Number(range!.questions)].map((id) => `q${id}`),
    ];
    for (const word of words) {
      const lines = [...storyLines(await storyOf(word), layout, command)];
      expect(lines.filter((line) => line.length > 80)).toEqual([]);
    }
  });

  it('shows nothing that a terminal would obey', async () => {
    const story = await storyOf('hooks.slack.com');
    story.subject.name = 'evil\u001b[2J';
    expect([...storyLines(story, layout, command)].join('\n')).not.toContain('\u001b');
  });
});
