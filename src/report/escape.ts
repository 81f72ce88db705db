import { withCodeSpans } from './code-spans.js';

/**
 * Names and log lines come from anyone. Each escape here makes a text safe for one place that it is shown in;
 * every format applies exactly one of them to every text.
 */

/** Control bytes (C0, DEL, C1), bidirectional marks, invisible characters, lone surrogates and tags. */
const UNPRINTABLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}|[\u{e0000}-\u{e0fff}]/gu;

/** Shows what cannot be seen: ESC becomes `\x1b`, a right-to-left override `\u202e`. For terminals and all texts. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, visible);
}

function visible(character: string): string {
  const code = character.codePointAt(0)!;
  if (code === 10) return '\\n';
  if (code === 9) return '\\t';
  if (code < 256) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 65536 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}

/** One CSV field (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvField(text: string): string {
  const shown = printable(text);
  const inert = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20|%]/u.test(shown) ? `'${shown}` : shown;
  return /[",\r\n]|^\s|\s$/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text inside an HTML element or a quoted attribute. */
export function html(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/**
 * A text inside a paragraph or table cell of Markdown, as GitHub and Jira read it: whatever is no plain word is a span of
 * code, so that no markup, mention or link comes of it.
 */
export function markdown(text: string): string {
  return withCodeSpans(printable(text), markdownCode).replace(/^(\s*)([-+=]|\d+\.)(?=\s|$)/, '$1\\$2');
}

/** A span of code; its fence is longer than any within. A table would end a cell at a bar, so that there is none. */
function markdownCode(code: string): string {
  const fence = '`'.repeat(1 + Math.max(0, ...(code.match(/`+/g) ?? []).map((run) => run.length)));
  const apart = /^`|`$/.test(code) ? ' ' : '';
  return `${fence}${apart}${code.replaceAll('|', '\u00a6')}${apart}${fence}`;
}

/** A text inside a message of Slack's mrkdwn, in the same way. */
export function slack(text: string): string {
  return withCodeSpans(printable(text), slackCode);
}

/** Code in a message of Slack: what would end it, or make a mention or link there, has a like character instead. */
export function slackCode(code: string): string {
  const inert: Readonly<Record<string, string>> = { '`': "'", '<': '\u2039', '>': '\u203a', '&': '\uff06' };
  return `\`${printable(code).replace(/[`<>&]/g, (character) => inert[character]!)}\``;
}

/** JSON that is safe to print on a terminal: what `printable` would show is written as `\u` and four hexadecimal digits. */
export function json(value: unknown): string {
  return JSON.stringify(value).replace(UNPRINTABLE, (text) =>
    text.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}

/** JSON inside a script element of HTML: no text in it ends the element or opens a comment. */
export function jsonInHtml(value: unknown): string {
  return json(value).replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}
