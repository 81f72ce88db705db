import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The page's style sheets, in order, and its script: in src/ also in an installed package, since the compiler copies no such files. */
const FOLDER = new URL('../../../src/report/page/assets/', import.meta.url);
const STYLES = ['theme.css', 'text.css', 'tables.css', 'small.css', 'print.css'];
const SCRIPT = 'page.js';

/** What a page holds inside of itself, and the policy that allows it that and nothing else. */
export interface Assets {
  style: string;
  script: string;
  /** Value of the Content-Security-Policy. */
  policy: string;
}

/** Reads the page's own files; `styles` are put behind its style sheets. */
export function loadAssets(styles: readonly string[]): Assets {
  const style = [...STYLES.map(read), ...styles].join('\n');
  const script = read(SCRIPT);
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

function read(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
