// Small changes of one place each that a test should notice, by rules, in TypeScript and in SQL.
import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';

const SWAPPED = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '+': '-',
  '-': '+',
  '&&': '||',
  '||': '&&',
};

/**
 * Every mutant of a file: what is done, in which line, what that line says, and the text with it. `key` names it as long as its
 * line stays, wherever the line goes.
 */
export function mutantsOf(file) {
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n');
  const alike = new Map();
  const places = file.endsWith('.sql') ? placesInSql(text) : placesInTypeScript(file, text);
  return places
    .map(({ start, end, by, what }) => {
      const line = text.slice(0, start).split('\n').length;
      const source = lines[line - 1].trim();
      const key = [file, what, source].join('\n');
      alike.set(key, (alike.get(key) ?? 0) + 1);
      const after = text.slice(0, start) + by + text.slice(end);
      return { file, line, what, source, key: `${key}\n${alike.get(key)}`, text: after };
    })
    .filter(({ text: after }) => after !== text);
}

function placesInTypeScript(file, text) {
  const places = [];
  const visit = (node, parent) => {
    if (Array.isArray(node)) return node.forEach((one) => visit(one, parent));
    if (typeof node !== 'object' || node === null) return;
    // a type is not run, and a message is no decision
    if (/^TS(?!NonNull|As|Satisfies)/.test(node.type) || node.type === 'ThrowStatement') return;
    places.push(...placesOf(node, parent, text));
    for (const [key, value] of Object.entries(node)) if (key !== 'type') visit(value, node);
  };
  visit(parseSync(file, text).program.body, null);
  return places;
}

function placesOf(node, parent, text) {
  const { start, end } = node;
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression': {
      const by = SWAPPED[node.operator];
      const isText = [node.left, node.right].some(
        (side) => typeof side.value === 'string' || side.type === 'TemplateLiteral',
      );
      if (by === undefined || (/[+-]/.test(by) && isText)) return [];
      const at = text.indexOf(node.operator, node.left.end);
      return [{ start: at, end: at + node.operator.length, by, what: `${node.operator} to ${by}` }];
    }
    case 'IfStatement':
    case 'ConditionalExpression': {
      const { test } = node;
      return [{ ...within(test), by: `!(${text.slice(test.start, test.end)})`, what: 'a condition negated' }];
    }
    case 'UnaryExpression':
      return node.operator === '!' ? [{ start, end: node.argument.start, by: '', what: '! dropped' }] : [];
    case 'Literal':
      if (typeof node.value === 'boolean')
        return [{ start, end, by: String(!node.value), what: `${node.value} to ${!node.value}` }];
      if (typeof node.value !== 'number' || parent?.type === 'Property') return [];
      return [{ start, end, by: `(${node.raw} + 1)`, what: `${node.raw} to one more` }];
    default:
      return [];
  }
}

function within({ start, end }) {
  return { start, end };
}

const SQL_RULES = [
  [/(?<![<>=!-])<(?![=>])/g, () => '<='],
  [/<=/g, () => '<'],
  [/(?<![<=>-])>(?![=])/g, () => '>='],
  [/>=/g, () => '>'],
  [/(?<![<>=!:])=(?![=>])/g, () => '<>'],
  [/\bis not null\b/g, () => 'is null'],
  [/\bis null\b/g, () => 'is not null'],
  [/\bleft join\b/g, () => 'join'],
  [/\bmin\(/g, () => 'max('],
  [/\bmax\(/g, () => 'min('],
  [/\bor\b/g, () => 'and'],
  [/(?<=\n) +and (?!.*\bbetween\b)[^\n]+(?=\n|$)/g, droppedConjunct],
  [/(?<![\w.$'])\d+(?![\w.'])/g, (number) => String(Number(number) + 1)],
  [/\bdistinct\b/g, () => ''],
  [/\bnot (?!null|exists|in\b)/g, () => ''],
];

/** A condition of a line of its own; null where it goes on in the next. */
function droppedConjunct(line) {
  const depth = [...line].reduce((sum, letter) => sum + (letter === '(') - (letter === ')'), 0);
  return depth === 0 && !line.includes('case') ? '' : null;
}

function placesInSql(text) {
  // comments and texts are blanked, letter by letter; a cause's rules stand in comments
  const bare = text.replace(/--(?! +when:)[^\n]*|'(?:[^']|'')*'/g, (part) =>
    (part.startsWith('--') ? ' ' : '.').repeat(part.length),
  );
  return SQL_RULES.flatMap(([pattern, by]) =>
    [...bare.matchAll(pattern)].flatMap(({ index, 0: found }) => {
      const changed = by(found);
      if (changed === null) return [];
      const what =
        changed === ''
          ? `${text.slice(index, index + found.length).trim()} dropped`
          : `${found} to ${changed}`;
      return [{ start: index, end: index + found.length, by: changed, what }];
    }),
  );
}
