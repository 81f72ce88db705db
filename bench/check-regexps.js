// Says which regular expressions of src take more than linear time on some text: they see evidence, or what a user
// types. scslre finds polynomial and exponential backtracking, and searches that begin anew at every character.
//   node bench/check-regexps.js [FOLDER]...
import { readFileSync } from 'node:fs';
import { parseSync, visitorKeys } from 'oxc-parser';
import { analyse } from 'scslre';
import { glob } from 'tinyglobby';

/** What stands for a part of a pattern that only a run could tell. */
const UNKNOWN = 'x';

const folders = process.argv.length > 2 ? process.argv.slice(2) : ['src'];
const files = await glob(folders.map((folder) => `${folder}/**/*.{ts,js}`));
let checked = 0;
let slow = 0;
for (const file of files.sort()) {
  const source = readFileSync(file, 'utf8');
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  for (const { at, pattern, flags } of regexpsIn(program)) {
    checked++;
    const line = source.slice(0, at).split('\n').length;
    for (const report of analyse({ source: pattern, flags }).reports) {
      slow++;
      console.error(`${file}:${line}: ${said(report)}: /${pattern}/${flags}`);
    }
  }
}
if (checked === 0) throw new Error(`no regular expression in ${folders.join(', ')}`);
console.log(`${checked} regular expressions, ${slow} faults`);
process.exitCode = slow > 0 ? 1 : 0;

/** What a report of scslre says, in words. */
function said(report) {
  const growth = report.exponential ? 'exponential' : 'more than linear';
  if (report.type === 'Move') return `${growth}: a search begins anew within ${report.quant.raw}`;
  if (report.type === 'Self') return `${growth}: ${report.quant.raw} takes one text in several ways`;
  return `${growth}: ${report.startQuant.raw} and ${report.endQuant.raw} take the same text`;
}

/** Literals, and what `new RegExp` is given. */
function* regexpsIn(program) {
  const constants = new Map();
  for (const node of nodesOf(program)) {
    if (node.type === 'VariableDeclarator' && node.init && node.id.type === 'Identifier') {
      constants.set(node.id.name, node.init);
    }
  }
  for (const node of nodesOf(program)) {
    if (node.type === 'Literal' && node.regex) yield { at: node.start, ...node.regex };
    const makes = node.type === 'NewExpression' || node.type === 'CallExpression';
    if (!makes || node.callee.name !== 'RegExp') continue;
    const [pattern, flags] = node.arguments;
    yield {
      at: node.start,
      pattern: textOf(pattern, constants),
      flags: flags ? textOf(flags, constants) : '',
    };
  }
}

/** The text of an expression of strings and constants of its file. */
function textOf(node, constants) {
  const text = (part) => textOf(part, constants);
  switch (node.type) {
    case 'Literal':
      return node.regex ? node.regex.pattern : String(node.value);
    case 'Identifier':
      return constants.has(node.name) ? text(constants.get(node.name)) : UNKNOWN;
    case 'BinaryExpression':
      return text(node.left) + text(node.right);
    case 'MemberExpression':
      return node.property.name === 'source' ? text(node.object) : UNKNOWN;
    case 'TaggedTemplateExpression':
      return spelled(node.quasi, text, 'raw');
    case 'TemplateLiteral':
      return spelled(node, text, 'cooked');
    default:
      return UNKNOWN;
  }
}

function spelled({ quasis, expressions }, text, form) {
  return quasis
    .map(({ value }, i) => value[form] + (i < expressions.length ? text(expressions[i]) : ''))
    .join('');
}

function* nodesOf(node) {
  yield node;
  for (const key of visitorKeys[node.type] ?? []) {
    for (const child of [node[key]].flat()) if (child) yield* nodesOf(child);
  }
}
