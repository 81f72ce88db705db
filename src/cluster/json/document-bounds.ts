/** Blanks that are looked over between a bracket and what follows it. */
const MAX_BLANKS = 4096;

/**
 * Whether the `{` or `[` at `at` begins a JSON document, by the character that follows it: `[INFO]`,
 * `[root@node]#` and `{ errors }` begin none. Null if the text ends before that character.
 */
export function startsDocument(text: string, at: number): boolean | null {
  const isObject = text[at] === '{';
  for (let i = at + 1; i < text.length; i++) {
    if (i - at > MAX_BLANKS) return false;
    const char = text[i]!;
    if (char === ' ' || char === '\t' || char === '\r' || char === '\n') continue;
    return isObject ? char === '"' || char === '}' : '{"[]'.includes(char);
  }
  return null;
}

/** Whether the line that begins at `at` can be no part of a JSON document: a prompt, a date in words, a comment. */
export function isForeignLine(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  if (!isLetter) return code === 35 || code === 36 || code === 37 || code === 40 || code === 62;
  return !/^(?:true|false|null)\b/.test(text.slice(at, at + 6)) && at + 6 <= text.length;
}
