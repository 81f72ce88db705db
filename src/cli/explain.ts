import type { Cause } from '../causes/cause.js';
import { loadCauses } from '../causes/load.js';
import { tellCause } from '../explain/cause.js';
import { tellStory } from '../explain/story.js';
import { findTarget } from '../explain/choose.js';
import { readFilters } from '../packs/read-filters.js';
import { loadCatalog } from '../packs/load.js';
import { readTime } from '../packs/moment.js';
import { causeLines } from '../report/cause-lines.js';
import { storyLines } from '../report/story-lines.js';
import { printLines } from './print.js';
import type { Session } from './session.js';

/** dnslens explain: one lookup or question as a time line, or why a cause has its verdict; or that as one JSON object. */
export async function explain(session: Session): Promise<number> {
  const { args } = session;
  const cause = loadCauses().find(({ id }) => id === args.operands[0]!.toLowerCase());
  return cause ? explainCause(session, cause) : explainLookup(session);
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
  const story = await session.withDatabase(async (database) => {
    const at = await readTime(database, 'at', args.text('at'));
    const { client } = await readFilters(database, { client: await session.typed(args.text('client')) });
    const target = await findTarget(database, catalog, await session.typed(args.operands[0]!), {
      at,
      client,
    });
    return tellStory(database, catalog, target);
  });
  const command = (lookup: number) => `dnslens explain ${lookup}${session.databaseOption}`;
  await printLines(session, story, (layout) => storyLines(story, layout, command));
  return 0;
}
