import type { Catalog } from '../../packs/load.js';
import type { Query } from '../../packs/query.js';
import type { RunOptions } from '../../packs/run.js';
import type { Database } from '../../store/database.js';
import type { Layout } from '../format.js';

/** What a page is made of. */
export interface PageRequest {
  database: Database;
  catalog: Catalog;
  /** Queries that were asked for beside those of every page. */
  named: readonly Query[];
  options: RunOptions;
  layout: Layout;
  /** Where the rows of a query that a table leaves out can be had, as the end of a sentence. */
  elsewhere: (query: Query) => string;
  /** The page's last line: what made it, of which database, when. */
  footer: string;
}
