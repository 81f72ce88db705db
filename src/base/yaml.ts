import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What the build has parsed already: each YAML text of the package's files, and its value. */
export const COMPILED = fileURLToPath(new URL('../../dist/yaml.json', import.meta.url));

/** Values by their text, so that a text that has changed since the build is parsed. */
let values: Map<string, unknown> | undefined;

/**
 * The value of a YAML text, not to be changed. Texts that the build knows need no parser, which would take longer to load and to
 * read all queries than a report takes. Throws YAMLParseError, whose `linePos` says where the text is wrong.
 */
export function parseYaml(text: string): unknown {
  values ??= compiled();
  const known = values.get(text);
  if (known !== undefined) return known;
  // by `require`, which loads CommonJS sooner than `import` does
  const { parse } = createRequire(import.meta.url)('yaml') as typeof import('yaml');
  const value: unknown = parse(text, { maxAliasCount: 0, uniqueKeys: true });
  values.set(text, value);
  return value;
}

/** Every text that was parsed in this process, for the build to keep. */
export function parsedYaml(): [text: string, value: unknown][] {
  return [...(values ?? [])];
}

function compiled(): Map<string, unknown> {
  try {
    return new Map(JSON.parse(readFileSync(COMPILED, 'utf8')) as [string, unknown][]);
  } catch {
    return new Map();
  }
}
