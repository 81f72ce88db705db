import { join } from 'node:path';
import { withFile } from '../file-output.js';
import { writePage } from '../page/index.js';
import type { ExportRequest, ManifestEntry } from './exporter.js';

const FILE = 'index.html';

/** index.html: one page that holds all that it shows. */
export async function exportPage(request: ExportRequest): Promise<ManifestEntry[]> {
  const { database, catalog, folder, named, options, layout, formats, madeBy } = request;
  let title = '';
  await withFile(join(folder, FILE), async (output) => {
    const elsewhere =
      formats.includes('csv') && named === null
        ? ({ id }: { id: string }) => `all of them are in ${id}.csv beside this page`
        : ({ id }: { id: string }) => `all of them: ${layout.reportCommand(id)} --csv`;
    title = await writePage(
      { database, catalog, named: named ?? [], options, layout, elsewhere, footer: `Made by ${madeBy}.` },
      output,
    );
  });
  return [{ file: FILE, format: 'html', title }];
}
