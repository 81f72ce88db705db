import { MetadataIndex } from './metadata-index.js';
import type { CorefileText } from './write-corefile.js';

/** Keys of ConfigMaps that hold Corefiles or parts of them (AKS imports `*.server` and `*.override`). */
const KEY = /^(?:Corefile[\w.-]*|[\w-][\w.-]*\.(?:server|override))$/;
const YAML_KEY = /^( *)(["']?)([\w.-]{1,200})\2: *(?:([|>])[-+\d]* *(?:#.*)?|(".*"))$/;
const DESCRIBED_KEY = /^([\w.-]{1,200}):$/;

/** Finds the Corefiles in a text: in ConfigMaps as YAML or a template of it, as `kubectl describe cm` prints them, in fences. */
export function findCorefiles(text: string, path: string): CorefileText[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const found = [...inDescriptions(lines, path), ...inYaml(lines, path)];
  if (found.length > 0) return found;
  const fences = inFences(lines, path);
  return fences.length > 0 ? fences : [{ text: lines.join('\n'), origin: path, line: 1 }];
}

/** `Corefile:` and a rule of dashes, up to the next key, to `BinaryData` or to `Events`. */
function inDescriptions(lines: string[], path: string): CorefileText[] {
  const found: CorefileText[] = [];
  let name: string | null = null;
  let namespace: string | null = null;
  for (let i = 0; i < lines.length; i++) {
    name = /^Name: +(\S+)$/.exec(lines[i]!)?.[1] ?? name;
    namespace = /^Namespace: +(\S+)$/.exec(lines[i]!)?.[1] ?? namespace;
    const key = DESCRIBED_KEY.exec(lines[i]!)?.[1];
    if (key === undefined || !/^-{3,}$/.test(lines[i + 1] ?? '') || !KEY.test(key)) continue;
    let end = i + 2;
    while (end < lines.length && !endsDescription(lines, end)) end++;
    found.push({
      text: lines.slice(i + 2, end).join('\n'),
      origin: originOf(name, namespace, key, path),
      line: i + 3,
    });
    i = end - 1;
  }
  return found;
}

function endsDescription(lines: string[], at: number): boolean {
  const next = lines[at + 1] ?? '';
  if (/^={3,}$/.test(next) || lines[at]!.startsWith('Events:')) return true;
  return /^-{3,}$/.test(next) && DESCRIBED_KEY.test(lines[at]!);
}

/** `Corefile: |` and the lines that stand deeper, whether the rest is valid YAML or not. */
function inYaml(lines: string[], path: string): CorefileText[] {
  const found: CorefileText[] = [];
  const metadata = new MetadataIndex(lines);
  for (let i = 0; i < lines.length; i++) {
    const key = lines[i]!.length > 4096 ? null : YAML_KEY.exec(lines[i]!);
    if (!key || !KEY.test(key[3]!)) continue;
    const { name, namespace } = metadata.around(i);
    const origin = originOf(name, namespace, key[3]!, path);
    if (key[5] !== undefined) {
      const quoted = unquote(key[5]);
      if (quoted !== null) found.push({ text: quoted, origin, line: i + 1 });
      continue;
    }
    let end = i + 1;
    while (end < lines.length && belongs(lines[end]!, key[1]!.length)) end++;
    found.push({ text: withoutStatements(lines.slice(i + 1, end).join('\n')), origin, line: i + 2 });
    i = end - 1;
  }
  return found;
}

/** Whether a line is inside a block scalar: blank, deeper than its key, or a template's statement. */
function belongs(line: string, indent: number): boolean {
  return line.trim() === '' || line.search(/\S/) > indent || /^\s*\{[%#]/.test(line);
}

function unquote(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

function originOf(name: string | null, namespace: string | null, key: string, path: string): string {
  const object = name === null ? path : namespace === null ? name : `${namespace}/${name}`;
  return key === 'Corefile' ? object : `${object}:${key}`;
}

/** Markdown's fenced blocks that look like a server block. */
function inFences(lines: string[], path: string): CorefileText[] {
  const found: CorefileText[] = [];
  let start = -1;
  for (let i = 0; i < lines.length; i++) {
    if (!/^\s*(?:```|~~~)/.test(lines[i]!)) continue;
    if (start === -1) start = i + 1;
    else {
      const text = lines.slice(start, i).join('\n');
      if (/^[^\s#{}][^{}\n]*\{\s*$/m.test(text)) found.push({ text, origin: path, line: start + 1 });
      start = -1;
    }
  }
  return found;
}

/** Takes out a template's statements and comments (`{% ... %}`, `{# ... #}`); line ends stay. */
function withoutStatements(text: string): string {
  let out = '';
  let from = 0;
  for (;;) {
    const open = nextStatement(text, from);
    const close = open === -1 ? -1 : text.indexOf(`${text[open + 1]!}}`, open + 2);
    if (close === -1) return out + text.slice(from);
    out += text.slice(from, open) + '\n'.repeat(text.slice(open, close).split('\n').length - 1);
    from = close + 2;
  }
}

function nextStatement(text: string, from: number): number {
  const found = /\{[%#][-+ \n]/g;
  found.lastIndex = from;
  return found.exec(text)?.index ?? -1;
}
