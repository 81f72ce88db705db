// A process that judges evidence, so that neither its memory nor its work is in the way of who reads.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setPriority } from 'node:os';
import type { Told } from '../ingest/collections.js';
import type { ReadOptions } from '../raw/reader.js';
import type { Megabytes } from '../store/writing-memory.js';
import { assemble } from './assemble.js';
import { Judge, type Judged } from './judge.js';
import type { Part } from './kept-parts.js';

/** What it is started with, as JSON in its first argument. */
export interface JudgeStart {
  reading: ReadOptions;
  memoryLimit: Megabytes | undefined;
  /** A folder of its own, there already. */
  folder: string;
  /** Where the database of what was judged last is to lie. */
  database: string;
}

/** One stream to judge. */
export interface Stream {
  path: string;
  told: Told;
  parts: readonly Part[];
}

/** What it is asked, with a number that its answer has. */
export type Asked =
  { id: number; judge: readonly Stream[] } | { id: number; story: string; width: number; unicode: boolean };

export type Answered =
  | { id: number; judged: Judged; cpuSeconds: number }
  | { id: number; story: string[] }
  | { id: number; fault: string };

const { reading, memoryLimit, folder, database } = JSON.parse(process.argv[2]!) as JudgeStart;
// whoever reads the traffic comes first
setPriority(10);
const judge = new Judge(reading, memoryLimit, database);

async function answer(asked: Asked): Promise<Answered> {
  if ('story' in asked)
    return { id: asked.id, story: await judge.story(asked.story, asked.width, asked.unicode) };
  const before = process.cpuUsage();
  const evidence = asked.judge.map(({ path, told, parts }, index) => {
    const file = join(folder, `${index}`);
    assemble(parts, file);
    return { path, told, file };
  });
  const judged = await judge.judge(evidence);
  for (const { file } of evidence) rmSync(file, { force: true });
  const { user, system } = process.cpuUsage(before);
  return { id: asked.id, judged, cpuSeconds: (user + system) / 1e6 };
}

/** One after the other: all of it is of one database. */
let last: Promise<unknown> = Promise.resolve();
process.on('message', (asked: Asked) => {
  last = last.then(() => tell(asked));
});

async function tell(asked: Asked): Promise<boolean> {
  const answered = await answer(asked).catch((error: unknown): Answered => ({
    id: asked.id,
    fault: error instanceof Error ? error.message.split('\n', 1)[0]! : String(error),
  }));
  return process.send!(answered);
}

// the terminal tells all of its processes; whoever started this one ends it
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());
