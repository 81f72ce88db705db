import { FUNCTIONS } from './functions.js';
import { group, type Node, opens, significant, splitArguments } from './groups.js';
import { is, tokenize } from './tokens.js';

/** Gives the literal that stands for `$name::type`; `bare` where Trino takes a plain number only. */
export type LiteralOf = (name: string, type: string, bare: boolean) => string;

/** DuckDB's types by Trino's name; those not named here are the same. */
const TYPES: Readonly<Record<string, string>> = {
  timestamp_ns: 'timestamp(9)',
  timestamp: 'timestamp(6)',
  text: 'varchar',
  float: 'real',
};

/** Trino's name of a type that packs cast to. */
export function trinoType(type: string): string {
  const name = type.trim().toLowerCase();
  return TYPES[name] ?? name;
}

/**
 * A query of a pack as Trino runs it, line for line. What packs may use is the same text on both; this replaces
 * what differs: parameters, type names, division, some casts, and the functions whose entry says so.
 */
export function toTrino(sql: string, literalOf: LiteralOf): string {
  return new Rewriting(literalOf).all(group(tokenize(sql))).replace(/(?<![\s;])[\s;]+$/, '');
}

class Rewriting {
  constructor(private readonly literalOf: LiteralOf) {}

  all(nodes: readonly Node[]): string {
    let text = '';
    for (let at = 0; at < nodes.length;) {
      const [part, next] = this.one(nodes, at);
      text += part;
      at = next;
    }
    return text;
  }

  /** The text of the node at a place, with those that belong to it, and the place of what follows. */
  private one(nodes: readonly Node[], at: number): [text: string, next: number] {
    const { token, inner, end } = nodes[at]!;
    if (inner !== null) return [`${token.text}${this.all(inner)}${end?.text ?? ''}`, at + 1];
    if (token.kind === 'parameter') return this.parameter(nodes, at, false);
    // DuckDB divides whole numbers into fractions
    if (is(token, '/')) return ['* 1e0 /', at + 1];
    if (is(token, 'limit')) return this.limit(nodes, at);
    if (is(token, 'main') && is(nodes[at + 1]?.token, '.')) return ['', at + 2];
    if (token.kind === 'word') return this.call(nodes, at) ?? [token.text, at + 1];
    return [token.text, at + 1];
  }

  private parameter(nodes: readonly Node[], at: number, bare: boolean): [string, number] {
    const name = nodes[at]!.token.text.slice(1);
    const typed = is(nodes[at + 1]?.token, '::') ? nodes[at + 2] : undefined;
    if (!typed) return [this.literalOf(name, 'varchar', bare), at + 1];
    return [this.literalOf(name, typed.token.text.toLowerCase(), bare), at + 3];
  }

  private limit(nodes: readonly Node[], at: number): [string, number] {
    const next = significant(nodes, at + 1);
    if (nodes[next]?.token.kind !== 'parameter') return [nodes[at]!.token.text, at + 1];
    const [literal, end] = this.parameter(nodes, next, true);
    return [`${nodes[at]!.token.text} ${literal}`, end];
  }

  private call(nodes: readonly Node[], at: number): [string, number] | null {
    const name = nodes[at]!.token.text.toLowerCase();
    const open = significant(nodes, at + 1);
    const list = nodes[open];
    if (!opens(list, '(') || is(nodes[at - 1]?.token, '.')) return null;
    if (name === 'cast' || name === 'try_cast') return [this.cast(name, list.inner), open + 1];
    const { trino } = FUNCTIONS[name] ?? {};
    if (!trino) return null;
    const call = trino(...splitArguments(list.inner).map((part) => this.all(part).trim()));
    return this.filtered(call, nodes, open + 1);
  }

  /** An aggregate has one FILTER: that of the rewriting takes in the one of the text. */
  private filtered(call: string, nodes: readonly Node[], after: number): [string, number] {
    const word = significant(nodes, after);
    const own = nodes[significant(nodes, word + 1)];
    if (!call.endsWith('is not null)') || !is(nodes[word]?.token, 'filter') || !opens(own, '(')) {
      return [call, after];
    }
    const condition = this.all(own.inner)
      .trim()
      .replace(/^where\s/i, '');
    return [`${call.slice(0, -1)} and (${condition}))`, significant(nodes, word + 1) + 1];
  }

  private cast(name: string, nodes: readonly Node[]): string {
    const as = nodes.findLastIndex(({ token }) => is(token, 'as'));
    const value = this.all(nodes.slice(0, as));
    const type = nodes
      .slice(as + 1)
      .map(({ token, inner, end }) => token.text + (inner ? this.all(inner) + (end?.text ?? '') : ''))
      .join('')
      .trim();
    const decimal = /^decimal\s*\(\s*(\d+)\s*,\s*(\d+)\s*\)$/i.exec(type);
    if (!decimal) return `${name}(${value}as ${trinoType(type)})`;
    // DuckDB rounds what the binary number is, Trino what it looks like: 1.005 has another second digit
    const [, digits, scale] = decimal;
    const scaled = `cast(round((${value.trim()}) * 1e${scale}) as decimal(${digits}, 0))`;
    const unit = `decimal '${(10 ** -Number(scale)).toFixed(Number(scale))}'`;
    return `${name}(${scaled} * ${unit} as ${type})`;
  }
}
