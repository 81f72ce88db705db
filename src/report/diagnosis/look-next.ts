import type { Id } from '../../packs/rows.js';
import type { Layout } from '../format.js';
import { type Diagnosis, isFound } from './diagnosis.js';
import type { Block, Command } from './document.js';

/** The commands of a layout. */
export type Commands = Pick<Layout, 'reportCommand' | 'explainCommand'>;

/** Where to look next: the worst lookups, the queries of the causes that were found. */
export function lookNext(diagnosis: Diagnosis, commands: Commands): Block[] {
  const found = diagnosis.causes.filter((row) => isFound(row) && row.root === null);
  // these read lookups
  const telling = diagnosis.overview.lookups > 0 ? found : [];
  const queries = [...new Set(telling.flatMap(({ look }) => look ?? []))];
  return [
    { kind: 'heading', text: 'Look next' },
    {
      kind: 'commands',
      commands: [
        ...explained(
          found.find((row) => row.lookups > 0)?.worst_lookup_id ?? null,
          'the worst lookup',
          commands,
        ),
        ...explained(diagnosis.overview.worst_unexplained_id, 'the worst unexplained one', commands),
        ...queries.map((query) => ({ command: commands.reportCommand(query), about: null })),
      ],
    },
  ];
}

/** The command that shows a lookup; none where there is no lookup, or its number may not be told. */
export function explained(lookup: Id | null, what: string, { explainCommand }: Commands): Command[] {
  if (lookup === null || explainCommand === null) return [];
  return [{ command: explainCommand(lookup), about: `${what}, packet by packet` }];
}
