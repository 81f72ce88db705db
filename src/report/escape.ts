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

/** A text inside a paragraph or table cell of GitHub's Markdown: no markup, mention or link comes of it. */
export function markdown(text: string): string {
  return printable(text)
    .replace(/[\\`*_{}[\]<>#|~$]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/@/g, '&#64;')
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/\b(www)\./gi, '$1&#46;')
    .replace(/^(\s*)([-+]|\d+\.)(?=\s)/, '$1\\$2');
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
