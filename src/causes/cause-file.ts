import {
  type Field,
  type Fields,
  isMapping,
  maybe,
  oneOf,
  parseFrontMatter,
  text,
  WrongValue,
} from '../base/front-matter.js';
import { thresholds, type Thresholds, usedIn } from '../models/thresholds.js';
import { parseYaml } from '../base/yaml.js';
import { type Cause, type Finding, REMEDIES, type Root, type Rule, VERDICTS } from './cause.js';
import { fixSteps } from './fix-steps.js';
import { Sentence } from './sentence.js';

/**
 * The form of a cause's file. It is SQL to every other tool: two statements, and comments.
 *
 *     -- ---
 *     -- title: ...          front-matter, YAML
 *     -- ---
 *     -- --- signs           a select: which attempts show it
 *     -- --- numbers         a select: one row of named figures
 *     -- --- rules           YAML in comments: an ordered table
 *     -- --- findings        YAML in comments, where there are any
 *     -- --- fix             YAML in comments: changes that can be written out ready to apply
 */
const SECTIONS = ['signs', 'numbers', 'rules', 'findings', 'fix'] as const;
type Sections = Record<(typeof SECTIONS)[number], string>;

type Meta = Omit<Cause, 'id' | 'path' | keyof Sections>;

const sentences: Field<string[]> = (value) => {
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string'))
    return value;
  throw new WrongValue('must be a list of texts');
};

/** Texts, or sentences that depend on the evidence: `{when, what_if, say}`. */
const changes: Field<Cause['change']> = (value) => {
  if (!Array.isArray(value) || value.length === 0) throw new WrongValue('must be a list of texts');
  return value.map((item: unknown, i) => {
    if (typeof item === 'string') return item;
    const place = `item ${i + 1}`;
    const { when = 'otherwise', what_if, say, ...rest } = mapping(item, place);
    known(rest, place);
    if (typeof when !== 'string') throw new WrongValue(`must say when ${place} holds`);
    const remedy = what_if === undefined ? null : REMEDIES.find((one) => one === what_if);
    if (remedy === undefined)
      throw new WrongValue(`has a what_if (${place}) that is none of ${REMEDIES.join(', ')}`);
    return { when: condition(when), remedy, say: sentence(say, place) };
  });
};

const wholeNumber: Field<number> = (value) => {
  if (Number.isInteger(value) && (value as number) > 0) return value as number;
  throw new WrongValue('must be a whole number over 0');
};

const roots: Field<Root[]> = (value) => {
  if (!Array.isArray(value)) throw new WrongValue('must be a list of {cause, when}');
  return value.map((item: unknown) => {
    const { cause, when = 'otherwise', ...rest } = mapping(item, 'each of its items');
    if (typeof cause !== 'string' || typeof when !== 'string' || Object.keys(rest).length > 0)
      throw new WrongValue('must be a list of {cause, when}');
    return { cause, when: condition(when) };
  });
};

const FIELDS: Fields<Meta> = {
  title: text,
  description: text,
  kind: oneOf('fault', 'cost'),
  hits: oneOf('names', 'clients'),
  precedence: wholeNumber,
  params: thresholds,
  change: changes,
  collect: sentences,
  look: sentences,
  panels: maybe(sentences, []),
  roots: maybe(roots, []),
};

/** Reads a cause's file; `shared` are the limits that models have too. Throws an error that names the file and what is wrong. */
export function parseCause(
  source: string,
  id: string,
  path: string,
  shared: Thresholds,
  sharedFixes: Readonly<Record<string, unknown>> = {},
): Cause {
  const { meta, sql } = parseFrontMatter(source, path, FIELDS);
  const sections = split(sql, path);
  const twice = Object.keys(meta.params).find((name) => name in shared);
  if (twice !== undefined)
    throw new Error(`${path}: ${twice} is a limit that models share; give this cause's own another name`);
  const params = { ...usedIn(source, shared), ...meta.params };
  const cause: Cause = {
    ...meta,
    params,
    id,
    path,
    signs: sections.signs,
    numbers: sections.numbers,
    rules: yamlSection(sections.rules, `${path}: the section rules`, rulesOf),
    findings: yamlSection(sections.findings, `${path}: the section findings`, findingsOf),
    fix: yamlSection(sections.fix, `${path}: the section fix`, (value) => fixSteps(value, sharedFixes)),
  };
  const { when } = cause.rules.at(-1)!;
  if (when !== null) throw new Error(`${path}: the last rule must be "when: otherwise"`);
  const early = cause.rules.slice(0, -1).find((rule) => rule.when === null);
  if (early)
    throw new Error(`${path}: the rule ${early.name} always holds, so that those after it never fire`);
  return cause;
}

function split(body: string, path: string): Sections {
  const parts = body.split(/^-- --- *(\S*)[^\n]*\n?/m);
  if (parts[0]!.trim() !== '') throw new Error(`${path}: SQL stands before the first section`);
  const found: Partial<Sections> = {};
  for (let i = 1; i < parts.length; i += 2) {
    const name = parts[i] as keyof Sections;
    if (!SECTIONS.includes(name))
      throw new Error(`${path}: there is no section "${name}"; sections are ${SECTIONS.join(', ')}`);
    if (name in found) throw new Error(`${path}: there are two sections "${name}"`);
    found[name] = parts[i + 1]!.trim().replace(/;$/, '');
  }
  for (const name of ['signs', 'numbers', 'rules'] as const) {
    if (!found[name]) throw new Error(`${path}: the section "-- --- ${name}" is missing or empty`);
  }
  return { findings: '', fix: '', ...found } as Sections;
}

/** Reads YAML in comments; what is wrong with it is said after `place`. */
function yamlSection<T>(lines: string, place: string, read: (value: unknown) => T): T {
  const stray = lines.split('\n').find((line) => line.trim() !== '' && !/^--( |$)/.test(line));
  if (stray !== undefined) throw new Error(`${place} is YAML in comments; this line is none: ${stray}`);
  const yaml = lines.replaceAll(/^-- ?/gm, '');
  try {
    return read(parseYaml(yaml));
  } catch (error) {
    throw new Error(`${place} ${(error as Error).message.split('\n')[0]}`, { cause: error });
  }
}

function rulesOf(value: unknown): Rule[] {
  const rules = Object.entries(mapping(value, 'it')).map(([name, rule]): Rule => {
    const { when, verdict, say, ...rest } = mapping(rule, name);
    if (typeof when !== 'string') throw new WrongValue(`must say when ${name} holds`);
    if (!VERDICTS.includes(verdict as Rule['verdict']))
      throw new WrongValue(`must give ${name} a verdict: ${VERDICTS.join(', ')}`);
    known(rest, name);
    return { name, when: condition(when), verdict: verdict as Rule['verdict'], say: sentence(say, name) };
  });
  if (rules.length === 0) throw new WrongValue('must have a rule');
  return rules;
}

function findingsOf(value: unknown): Finding[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new WrongValue('must be a list');
  return value.map((item: unknown, i): Finding => {
    const place = `finding ${i + 1}`;
    const { when = 'otherwise', say, each, ...rest } = mapping(item, place);
    known(rest, place);
    if (typeof when !== 'string') throw new WrongValue(`must say when ${place} holds`);
    if (typeof each === 'string') return { when: condition(when), each };
    return { when: condition(when), say: sentence(say, place) };
  });
}

/** `otherwise` is no condition. */
function condition(when: string): string | null {
  return when.trim() === 'otherwise' ? null : when.trim().replaceAll(/\s+/g, ' ');
}

function sentence(say: unknown, place: string): Sentence {
  if (typeof say !== 'string' || say.trim() === '') throw new WrongValue(`must give ${place} a sentence`);
  try {
    return new Sentence(say.trim().replaceAll(/\s+/g, ' '));
  } catch (error) {
    throw new WrongValue(`has a sentence (${place}) that ${(error as Error).message}`);
  }
}

function mapping(value: unknown, place: string): Record<string, unknown> {
  if (!isMapping(value)) throw new WrongValue(`must be a mapping (${place})`);
  return value;
}

function known(rest: Record<string, unknown>, place: string): void {
  const [key] = Object.keys(rest);
  if (key !== undefined) throw new WrongValue(`has an unknown key "${key}" (${place})`);
}
