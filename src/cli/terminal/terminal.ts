type Environment = Readonly<Record<string, string | undefined>>;

/** Whether to colour what goes to `stream`. --color decides, else NO_COLOR, FORCE_COLOR, the terminal. */
export function wantsColor(stream: { isTTY?: boolean }, choice: string, env: Environment): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** Whether more than ASCII can be shown: yes unless the locale says otherwise. */
export function speaksUnicode(env: Environment): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return locale === '' || /utf-?8/i.test(locale);
}
