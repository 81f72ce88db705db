// What fuzzers of evidence try of a database whose models are built: every format of it, as it is or redacted.
import { join } from 'node:path';
import { main } from '../../dist/cli/main.js';
import { FILE_FORMATS, FORMATS } from '../../dist/report/index.js';
import { said } from './said.js';

/**
 * What failed of a database that nothing else has open, in words; `folder` takes what is written. A redacted copy
 * builds its models once more, so that only every second case is one: those of even `number`.
 */
export async function tryExports(path, folder, number) {
  const faults = [];
  const every = [...FILE_FORMATS, 'parquet'].map((format) => `--${format}`);
  const formats = Object.keys(FORMATS);
  const runs = [
    ['export', ...every, ...(number % 2 === 0 ? ['--redact'] : []), '--out', folder],
    ['report', '--format', formats[number % formats.length], '--output', join(folder, 'report')],
  ];
  for (const run of runs) {
    const { code, stderr } = await runQuietly([...run, '--db', path, '--quiet']);
    const what = run.filter((word) => !word.startsWith(folder)).join(' ');
    if (code !== 0) faults.push(`${what}: exit ${code}: ${said(new Error(stderr))}`);
  }
  return faults;
}

/** One command line in this process, with what it says on stderr kept. */
async function runQuietly(argv) {
  const { write } = process.stderr;
  let stderr = '';
  process.stderr.write = (text) => ((stderr += text), true);
  try {
    return { code: await main(argv), stderr };
  } finally {
    process.stderr.write = write;
  }
}
