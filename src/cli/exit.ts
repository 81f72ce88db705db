/** What exit codes mean. An interrupt ends the process by its signal, which shells show as 130. */
export const EXIT = { done: 0, found: 1, userError: 2, bug: 3 } as const;

const MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: 'done',
  found: 'done, and --fail-on found something',
  userError: 'a wrong option, or an input that could not be read',
  bug: 'a bug in dnslens',
};

/** Exit codes and their meanings, for help and the man page. */
export const EXIT_CODES: readonly (readonly [code: string, meaning: string])[] = [
  ...Object.entries(EXIT).map(([name, code]) => [`${code}`, MEANINGS[name as keyof typeof EXIT]] as const),
  ['130', 'interrupted'],
];
