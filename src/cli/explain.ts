import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { counted } from '../base/counted.js';
import { explainSystem } from '../base/system-fault.js';
import { UserError } from '../base/user-error.js';
import type { Cause } from '../causes/cause.js';
import { loadCauses } from '../causes/load.js';
import { tellCause } from '../explain/cause-story.js';
import { captureOf, type LookupCapture } from '../explain/lookup-capture.js';
import { tellStory } from '../explain/story.js';
import { findTarget } from '../explain/choose.js';
import { readFilters } from '../packs/read-filters.js';
import { loadCatalog } from '../packs/load.js';
import { readTime } from '../packs/moment.js';
import type { Id } from '../packs/rows.js';
import { causeLines } from '../report/cause-lines.js';
import { storyLines } from '../report/story-lines.js';
import { printLines } from './print.js';
import type { Session } from './session.js';

/** dnslens explain: one lookup or question as a time line, or why a cause has its verdict; or that as one JSON object. */
export async function explain(session: Session): Promise<number> {
  const { args } = session;
  const cause = loadCauses().find(({ id }) => id === args.operands[0]!.toLowerCase());
  if (!cause) return explainLookup(session);
  if (args.text('pcap') !== undefined)
    throw new UserError(
      'conflicting-flags',
      `--pcap writes one lookup's frames, and ${cause.id} is a cause; name a lookup`,
    );
  return explainCause(session, cause);
}

async function explainCause(session: Session, cause: Cause): Promise<number> {
  session.refuseLake(cause.id);
  const story = await session.withDatabase((database) => tellCause(database, cause));
  await printLines(session, story, (layout) => causeLines(story, layout));
  return 0;
}

async function explainLookup(session: Session): Promise<number> {
  const { args } = session;
  const catalog = loadCatalog();
  const file = args.text('pcap');
  if (file !== undefined) refuseCapture(session, file);
  const { story, capture } = await session.withDatabase(async (database) => {
    const at = await readTime(database, 'at', args.text('at'));
    const { client } = await readFilters(database, { client: await session.typed(args.text('client')) });
    const target = await findTarget(database, catalog, await session.typed(args.operands[0]!), {
      at,
      client,
    });
    const story = await tellStory(database, catalog, target);
    return {
      story,
      capture: file === undefined ? null : await captureOf(database, story, session.redaction),
    };
  });
  const command = (lookup: Id) => `dnslens explain ${lookup}${session.databaseOption}`;
  await printLines(session, story, (layout) => storyLines(story, layout, command));
  if (capture !== null) await writeCapture(session, file!, capture);
  return 0;
}

function refuseCapture(session: Session, file: string): void {
  if (session.readsLake)
    throw new UserError(
      'needs-database',
      '--pcap needs the database that this lake was made from; name it with --db',
    );
  if (existsSync(file))
    throw new UserError('file-exists', `${file} is there already; name a file that is not`);
}

async function writeCapture(session: Session, file: string, capture: LookupCapture): Promise<void> {
  const { bytes, frames, filter, missing } = capture;
  await writeFile(file, bytes, { flag: 'wx' }).catch((error: unknown) => {
    throw explainSystem(file, 'written', error);
  });
  for (const sentence of missing) session.notice(`left out: ${sentence}`);
  session.notice(
    `${file}: ${counted(frames, 'frame')}; in the captures themselves Wireshark finds them by: ${filter}`,
  );
}
