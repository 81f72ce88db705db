import { csv } from './csv.js';
import type { Format, FormatName } from './format.js';
import { html } from './html.js';
import { json } from './json.js';
import { markdown } from './markdown.js';
import { slack } from './slack.js';
import { table } from './table.js';

/** Every format, by the name that `--format` takes. */
export const FORMATS = { table, csv, json, markdown, slack, html } satisfies Record<FormatName, Format>;
