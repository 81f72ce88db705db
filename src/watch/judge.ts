import { existsSync, renameSync, rmSync } from 'node:fs';
import { ensureModels } from '../build/current.js';
import type { Told } from '../ingest/collections.js';
import { readInput } from '../ingest/read-input.js';
import { KINDS } from '../ingest/kinds.js';
import { Unpacking } from '../input/archive/unpack.js';
import type { ReadOptions } from '../raw/reader.js';
import { loadCatalog } from '../packs/load.js';
import { rowsOf } from '../packs/rows.js';
import { tellStory } from '../explain/story.js';
import { findTarget } from '../explain/choose.js';
import { storyLines } from '../report/story-lines.js';
import { removeDatabase } from '../store/database-file.js';
import { Ledger } from '../store/ledger.js';
import type { Database } from '../store/database.js';
import { openForReading } from '../build/reading.js';
import type { Megabytes } from '../store/writing-memory.js';
import type { JudgedCause, Judgement, Spans } from './verdicts.js';

/** What becomes the database of what was judged, while it is made. */
export function unfinished(path: string): string {
  return `${path}.unfinished`;
}

/** Deletes one that was not made to its end. */
export function removeUnfinished(path: string): void {
  removeDatabase(unfinished(path));
  rmSync(`${unfinished(path)}.tmp`, { recursive: true, force: true });
}

/** One stream of evidence, put together in a file. */
export interface Evidence {
  /** As the user named it. */
  path: string;
  file: string;
  told: Told;
}

/** What slow and failed lookups, pairs, losses and counters of the judged evidence come to. */
export interface Panels {
  slow: { who: string; slow: number; failed: number; worst: number }[];
  halves: number;
  losses: { place: string; lost: number }[];
  counters: { counter: string; increase: number }[];
  /** Names of clients by address. */
  names: Record<string, string>;
}

export interface Judged {
  judgement: Judgement;
  panels: Panels;
  /** Why a stream was not read, a sentence each. */
  faults: string[];
}

/** A capture that is further behind than this is of a node where nothing is asked; seconds. */
const LATE_SECONDS = 5;

/**
 * A capture comes up to a second later than a log's lines, as the kernel hands packets on in blocks, and one of another node later
 * than this one's: an answer that is logged and not captured yet would be one that was lost.
 */
const AS_FAR_AS_CAPTURES = ['log_queries', 'log_events']
  .map(
    (table) =>
      `delete from raw.${table} where time > (
         select min(time) from (select max(time) as time, max(max(time)) over () as newest from raw.sightings group by source_id)
         where time >= newest - interval '${LATE_SECONDS} seconds'
       )`,
  )
  .join('; ');

/** Judges evidence as `report` does: reads it into a database of its own, builds the models, and asks. Keeps it for stories. */
export class Judge {
  /** What was judged last, for reading; others may read it as well. */
  private judged: Database | null = null;

  constructor(
    private readonly reading: ReadOptions,
    private readonly memoryLimit: Megabytes | undefined,
    /** Where the database of what was judged last lies: the one before is replaced by it at once. */
    private readonly path: string,
  ) {}

  async judge(evidence: readonly Evidence[]): Promise<Judged> {
    const next = unfinished(this.path);
    removeUnfinished(this.path);
    try {
      const judged = await this.build(next, evidence);
      this.close();
      renameSync(next, this.path);
      return judged;
    } catch (error) {
      removeUnfinished(this.path);
      throw error;
    }
  }

  /** The story of a lookup of the evidence that was judged last, as `explain` tells it. */
  async story(word: string, width: number, unicode: boolean): Promise<string[]> {
    if (!existsSync(this.path)) return ['Nothing is judged yet.'];
    const database = (this.judged ??= await openForReading(this.path, this.limits));
    const catalog = loadCatalog();
    const target = await findTarget(database, catalog, word, { at: null, client: null });
    const story = await tellStory(database, catalog, target);
    const layout = { width, unicode, color: false, reportCommand: String, explainCommand: null };
    return [...storyLines(story, layout, (lookup) => `lookup ${lookup}`)];
  }

  close(): void {
    this.judged?.close();
    this.judged = null;
  }

  private get limits() {
    return this.memoryLimit === undefined ? {} : { memoryLimit: this.memoryLimit };
  }

  /** Makes a database of evidence with its models, whole in its one file when it comes back. */
  private async build(path: string, evidence: readonly Evidence[]): Promise<Judged> {
    const ledger = await Ledger.open(path, this.limits);
    const { database } = ledger;
    const unpacking = new Unpacking();
    const faults: string[] = [];
    try {
      for (const { path, file, told } of evidence) {
        const how = { ...this.reading, ...told, force: false, unpacking };
        const location = { path, file, named: true };
        const { outcomes } = await readInput(ledger, KINDS, location, how, () => undefined);
        for (const outcome of outcomes) if (outcome.status === 'failed') faults.push(outcome.sentence);
      }
      await database.run(AS_FAR_AS_CAPTURES);
      await ensureModels(database);
      const judged = { ...(await ask(database)), faults };
      await database.run('checkpoint');
      return judged;
    } finally {
      unpacking.remove();
      ledger.close();
    }
  }
}

async function ask(database: Database): Promise<Omit<Judged, 'faults'>> {
  const catalog = loadCatalog();
  const causes = await rowsOf<JudgedCause>(database, catalog, 'diagnosis/causes', {});
  const [span] = await database.rows<{ from: number | null; to: number | null }>(
    'select epoch_ns(min(first_time)) / 1e9 as "from", epoch_ns(max(last_time)) / 1e9 as "to" from sources where first_time is not null',
  );
  const rows = await database.rows<{ cause: string; from: number; to: number }>(
    `select cause, min(ns) / 1e9 as "from", max(coalesce(ended_ns, ns)) / 1e9 as "to"
     from work.cause_rows where ns is not null group by cause, ns // 1000000000 order by cause, 2`,
  );
  const spans: Record<string, [number, number][]> = {};
  for (const { cause, from, to } of rows) (spans[cause] ??= []).push([from, to]);
  return {
    judgement: { from: span?.from ?? 0, to: span?.to ?? 0, causes, spans: spans as Record<string, Spans> },
    panels: await panelsOf(database),
  };
}

async function panelsOf(database: Database): Promise<Panels> {
  const named = await database.rows<{ client: string; name: string }>(
    'select client, client_name as name from clients where client_name is not null',
  );
  const [twins] = await database.rows<{ halves: number }>(
    'select count(*) filter (lost_half)::DOUBLE as halves from twins',
  );
  return {
    slow: await database.rows(
      `select coalesce(c.namespace || '/' || c.workload, c.client_name, l.client) as who,
         count(*) filter (l.outcome <> 'failed')::DOUBLE as slow, count(*) filter (l.outcome = 'failed')::DOUBLE as failed,
         max(l.seconds) as worst
       from lookups as l left join clients as c on c.client = l.client
       where l.cause is not null
       group by 1 order by count(*) desc, 1 limit 20`,
    ),
    halves: twins?.halves ?? 0,
    losses: await database.rows(
      `select coalesce(lost_at, 'place not seen') as place, count(*)::DOUBLE as lost
       from transactions where state = 'unanswered' group by 1 order by 2 desc, 1 limit 4`,
    ),
    counters: await database.rows(
      `select counter, sum(increase)::DOUBLE as increase from conntrack_deltas
       where counter in ('insert_failed', 'drop', 'early_drop', 'clash_resolve') group by 1 order by 1`,
    ),
    names: Object.fromEntries(named.map(({ client, name }) => [client, name])),
  };
}
