import type { CommandName } from './grammar/commands.js';
import type { Session } from './session.js';

/** A command's work; gives the exit code. */
export type Run = (session: Session) => Promise<number>;

/** What does each command's work; modules load only when their command runs. */
export const RUNS = {
  lake: async () => (await import('./lake.js')).lake,
  forget: async () => (await import('./forget.js')).forget,
  rebuild: async () => (await import('./rebuild.js')).rebuild,
  doctor: async () => (await import('./doctor.js')).doctor,
  mcp: async () => (await import('./mcp.js')).mcp,
  completions: async () => (await import('./completions.js')).completions,
  man: async () => (await import('./man.js')).man,
  collect: async () => (await import('./collect.js')).collect,
  diagnose: async () => (await import('./diagnose.js')).diagnose,
  ingest: async () => (await import('./ingest.js')).ingest,
  watch: async () => (await import('./watch/watch.js')).watch,
  report: async () => (await import('./report.js')).report,
  explain: async () => (await import('./explain.js')).explain,
  fix: async () => (await import('./fix.js')).fix,
  'what-if': async () => (await import('./what-if.js')).whatIf,
  compare: async () => (await import('./compare.js')).compare,
  queries: async () => (await import('./queries.js')).queries,
  sql: async () => (await import('./sql/sql.js')).sql,
  export: async () => (await import('./export.js')).exportReports,
} satisfies Record<CommandName, () => Promise<Run>>;
