import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseFrontMatter, tableList, text } from '../base/front-matter.js';

/** Views that make one row of what several databases say, as SQL that every engine runs. */
const FOLDER = fileURLToPath(new URL('../../queries/lake/', import.meta.url));

export interface MergedView {
  /** The table of `main` that it stands for. */
  name: string;
  sql: string;
}

export function mergedViews(): MergedView[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const path = join(FOLDER, file);
      const fields = { title: text, description: text, from: tableList };
      const { sql } = parseFrontMatter(readFileSync(path, 'utf8'), path, fields);
      return { name: file.slice(0, -'.sql'.length), sql };
    });
}
