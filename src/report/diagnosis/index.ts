export { briefly } from './brief.js';
export { composeByWorkload } from './by-workload.js';
export { compose } from './compose.js';
export { type CauseRow, type Diagnosis, isFound, type Overview } from './diagnosis.js';
export { DIAGNOSIS_QUERIES, readDiagnosis } from './read.js';
export { blocksHtml, writeHtml } from './html.js';
export { writeMarkdown } from './markdown.js';
export { writeSlack } from './slack.js';
export { writeText } from './text.js';
