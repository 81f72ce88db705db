/** What exit codes mean. A signal that ends the process is what shells show as 128 and its number. */
export const EXIT = { done: 0, found: 1, userError: 2, bug: 3 } as const;

const MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: 'done',
  found: 'done, and --fail-on found something',
  userError: 'cannot be done: a wrong option, an input that gave nothing, or a fault of the machine',
  bug: 'a bug in dnslens',
};

/** Exit codes and their meanings, for help, the man page, the reference and README. */
export const EXIT_CODES: readonly (readonly [code: string, meaning: string])[] = [
  ...Object.entries(EXIT).map(([name, code]) => [`${code}`, MEANINGS[name as keyof typeof EXIT]] as const),
  ['130, 143', 'interrupted, by Ctrl-C (SIGINT) or SIGTERM'],
];
