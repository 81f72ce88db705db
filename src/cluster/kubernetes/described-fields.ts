/** A line of `kubectl describe`, with how far it is indented. */
export interface Line {
  readonly indent: number;
  readonly key: string | null;
  readonly text: string;
}

/** A field at the left edge: its own line's value, and the lines below. */
interface Field {
  readonly value: string;
  readonly below: Line[];
}

/** What `kubectl describe` prints of one object, by the fields' names. */
export type Fields = ReadonlyMap<string, Field>;

const FIELD = /^(\s*(?:- )?)([A-Za-z][\w ()/.-]{0,60}?):(?:\s(.*))?$/;

/** Fields at the left edge, with the lines below each. */
export function fieldsOf(lines: readonly string[]): Fields {
  const fields = new Map<string, Field>();
  let last: Field | null = null;
  for (const line of lines) {
    const found = FIELD.exec(line);
    const indent = line.length - line.trimStart().length;
    if (indent === 0 && found) {
      last = { value: (found[3] ?? '').trim(), below: [] };
      // a service repeats Port and Endpoints for each port
      if (!fields.has(found[2]!)) fields.set(found[2]!, last);
    } else if (last && line.trim() !== '') {
      last.below.push({
        indent,
        key: found?.[2] ?? null,
        text: found ? (found[3] ?? '').trim() : line.trim(),
      });
    }
  }
  return fields;
}

/** A field's own value; null where there is none, or `<none>` and the like. */
export function textOf(fields: Fields, key: string): string | null {
  const value = fields.get(key)?.value ?? '';
  return value === '' || /^<\w+>$/.test(value) ? null : value;
}

/** `a=b` on the field's own line and those below, or comma after comma. */
export function pairsOf(field: Field | undefined): Record<string, string> {
  if (!field) return {};
  const texts = [
    field.value,
    ...field.below.map(({ key, text: value }) => (key === null ? value : `${key}: ${value}`)),
  ];
  const found = texts
    .flatMap((one) => one.split(','))
    .flatMap((one) => {
      const at = one.indexOf('=');
      return at < 1 ? [] : [[one.slice(0, at).trim(), one.slice(at + 1).trim()] as const];
    });
  return Object.fromEntries(found.filter(([key]) => key !== '__proto__'));
}
