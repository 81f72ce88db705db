import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** The page's style sheets and scripts, in order: in src/ also in an installed package, since the compiler copies no such files. */
const FOLDER = new URL('../../../src/report/page/assets/', import.meta.url);
const require = createRequire(import.meta.url);
/** What draws the time line on a screen. */
const PLOT = pathToFileURL(require.resolve('uplot/package.json'));
const STYLES = ['theme.css', 'text.css', 'incident.css', 'tables.css', 'small.css', 'print.css'];
const SCRIPTS = ['selection.js', 'tables.js', 'copy.js', 'time-line.js'];

/** What a page holds inside of itself, and the policy that allows it that and nothing else. */
export interface Assets {
  style: string;
  script: string;
  /** Value of the Content-Security-Policy. */
  policy: string;
}

/** Reads the page's own files; `styles` are put behind its style sheets. */
export function loadAssets(styles: readonly string[]): Assets {
  const style = [read('dist/uPlot.min.css', PLOT), ...STYLES.map((name) => read(name)), ...styles].join('\n');
  const script = ["'use strict';", plotScript(), ...SCRIPTS.map((name) => read(name))].join('\n');
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    // the empty icon, so that a browser asks no server for one
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return { style, script, policy };
}

/** uPlot under its licence, in the place of the line that names its address: a page refers to nothing outside. */
function plotScript(): string {
  const [licence, script] = ['LICENSE', 'dist/uPlot.iife.min.js'].map((name) => read(name, PLOT));
  return `/* uPlot\n${licence}*/\n${script!.replace(/^\/\*!.*?\*\/\s*/s, '')}`;
}

function read(name: string, folder = FOLDER): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
