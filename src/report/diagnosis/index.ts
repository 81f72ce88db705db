import type { Layout, Output } from '../format.js';
import type { Block } from './document.js';
import { writeHtml } from './html.js';
import { writeMarkdown } from './markdown.js';
import { writeSlack } from './slack.js';
import { writeText } from './text.js';

export { briefly } from './brief.js';
export { composeByWorkload } from './by-workload.js';
export { compose } from './compose.js';
export { type CauseRow, type Diagnosis, isFound, type Overview } from './diagnosis.js';
export { DIAGNOSIS_QUERIES, readDiagnosis } from './read.js';
export { blocksHtml } from './html.js';

type Writer = (blocks: readonly Block[], output: Output, layout: Layout) => Promise<void>;

/** The formats that a person reads; for programs the rows of diagnosis/causes are the diagnosis. */
export const DOCUMENTS = {
  table: writeText,
  markdown: writeMarkdown,
  slack: writeSlack,
  html: writeHtml,
} satisfies Record<string, Writer>;
