import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const QUERIES = join(import.meta.dirname, '..', '..', 'queries');

/** Models whose literals of nanoseconds still want a name, with how many they have. None may be added. */
const UNNAMED: Readonly<Record<string, number>> = {
  'models/temp/doubtful_keys.sql': 1,
  'models/temp/folded_copies.sql': 3,
  'models/temp/unheard.sql': 5,
  'models/temp/walk_links.sql': 7,
  'models/work/attempts.sql': 2,
  'models/work/capture_ends.sql': 3,
  'models/work/forwarders.sql': 1,
  'models/work/log_line_matches.sql': 1,
  'models/work/lookup_steps.sql': 1,
  'models/work/observed_suffixes.sql': 3,
  'models/work/question_attempts.sql': 6,
  'models/work/translated_keys.sql': 2,
  'models/work/wire_questions.sql': 2,
  'models/work/wire_twins.sql': 6,
};

describe('models and causes', () => {
  it('hold no nanoseconds without a name: a limit stands in limits.yaml, and work.ns makes it nanoseconds', () => {
    const files = ['models', 'causes'].flatMap((folder) =>
      readdirSync(join(QUERIES, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    );
    const found = files
      .filter((file) => file.endsWith('.sql'))
      .map((file) => {
        const sql = readFileSync(join(QUERIES, file), 'utf8').replace(/--[^\n]*/g, '');
        return [file, (sql.match(/(?<![\w.])\d{7,}\b/g) ?? []).length] as const;
      });
    const more = found.filter(([file, literals]) => literals > (UNNAMED[file] ?? 0));
    expect(more).toEqual([]);
  });
});
