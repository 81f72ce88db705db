import type { Database } from '../../store/database.js';
import { textLiteral } from '../../base/sql-text.js';

/** What DuckDB would complete a text with, and where in the text that begins. */
interface Suggestion {
  suggestion: string;
  suggestion_start: number;
  suggestion_type: string;
}

/** What completion of a line gives to Node's readline: all that would do, and the part of the line that they take the place of. */
export type Completed = [candidates: string[], word: string];

/** Completes SQL as DuckDB's own shell does, by what it knows of the statement, with the names of schema `main` only. */
export class Completion {
  private constructor(
    private readonly database: Database,
    private readonly dotCommands: readonly string[],
    private readonly names: ReadonlySet<string>,
  ) {}

  static async of(database: Database, dotCommands: readonly string[]): Promise<Completion> {
    const names = await database.rows<{ name: string }>(
      "select table_name as name from duckdb_columns() where schema_name = 'main' and database_name = current_database() union select column_name from duckdb_columns() where schema_name = 'main' and database_name = current_database()",
    );
    return new Completion(database, dotCommands, new Set(names.map(({ name }) => name)));
  }

  /** Completes a line that goes on from `pending`, the lines of the statement before it. */
  async of(pending: string, line: string): Promise<Completed> {
    if (pending === '' && line.startsWith('.'))
      return [this.dotCommands.filter((command) => command.startsWith(line)), line];
    const before = pending === '' ? '' : `${pending}\n`;
    const suggestions = await this.database
      .rows<Suggestion>(`from sql_auto_complete(${textLiteral(before + line)})`)
      .catch(() => []);
    const start = Math.max(0, (suggestions[0]?.suggestion_start ?? Infinity) - before.length);
    const word = line.slice(start);
    const candidates = suggestions
      .filter((one) => this.isOurs(one))
      .map((one) => inCaseOf(word, one))
      .filter((text) => text.startsWith(word) && text !== word);
    return [[...new Set(candidates)], word];
  }

  /** Names of other schemas are of no use in a statement on `main`. */
  private isOurs({ suggestion, suggestion_type: type }: Suggestion): boolean {
    return type === 'keyword' || type.includes('function') || this.names.has(suggestion.trim());
  }
}

/** A keyword in lower case where the word that it completes is. */
function inCaseOf(word: string, { suggestion, suggestion_type: type }: Suggestion): string {
  return type === 'keyword' && word === word.toLowerCase() ? suggestion.toLowerCase() : suggestion;
}
