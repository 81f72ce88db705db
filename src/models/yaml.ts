import { createRequire } from 'node:module';

/** By `require`, which loads CommonJS sooner than `import` does. */
export const { parse, YAMLParseError } = createRequire(import.meta.url)('yaml') as typeof import('yaml');
