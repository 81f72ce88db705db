import type { z } from 'zod';

/** A database that a tool reads, by the name that it was given when its evidence was read. */
export const FIRST_DATABASE = 'evidence';

/** One tool: a command of dnslens, what it may be asked, and what of its JSON is told first. */
export interface Tool<Input extends z.ZodObject = z.ZodObject> {
  name: string;
  title: string;
  /** For the model that chooses among tools. */
  about: string;
  input: Input;
  /** The command that does the work; under --redact only those that take it are offered. */
  command: 'ingest' | 'report' | 'explain' | 'fix' | 'what-if' | 'compare' | 'queries' | 'sql' | 'doctor';
  /** Its words after the name, without the database; `files` are the databases' paths by their names. */
  words: (given: z.infer<Input>, databases: DatabasePaths) => string[];
  /** Whether it adds to a database. */
  adds?: boolean;
  /** What of the result is told unless all of it is asked for. */
  first?: (told: unknown) => unknown;
}

/** Gives the file of a database by its name; throws UserError where nothing was read into it yet. */
export type DatabasePaths = (name: string) => string;

/** Declares a tool with the types of its own input. */
export function tool<Input extends z.ZodObject>(declared: Tool<Input>): Tool {
  return declared as unknown as Tool;
}
