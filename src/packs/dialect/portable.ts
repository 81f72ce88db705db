import { FUNCTIONS } from './functions.js';
import { group, type Node, opens, significant } from './groups.js';
import { is, type Token, tokenize } from './tokens.js';

/** Words before a bracket that call nothing. */
const NO_CALLS = new Set(
  'and,any,all,array,as,by,case,cast,distinct,else,except,exists,filter,from,having,in,intersect,is,join,lateral,like,limit,not,on,or,over,recursive,rollup,select,sets,some,then,try_cast,union,using,values,when,where,window,with,within'.split(
    ',',
  ),
);

/** Types that a cast may name. */
const TYPES = /^(varchar|bigint|integer|double|boolean|timestamp|timestamp_ns|decimal ?\(\d+, ?\d+\))$/;

/** Units of an interval that both know. */
const UNITS = ['second', 'minute', 'hour', 'day'];

/** Words that stand for something that only DuckDB does, wherever they stand. */
const DUCKDB_WORDS: Readonly<Record<string, string>> = {
  qualify: 'QUALIFY',
  asof: 'an ASOF join',
  semi: 'a SEMI join',
  anti: 'an ANTI join',
  positional: 'a POSITIONAL join',
  pivot: 'PIVOT',
  unpivot: 'UNPIVOT',
  exclude: 'SELECT * EXCLUDE',
  ilike: 'ILIKE',
  glob: 'GLOB',
  similar: 'SIMILAR TO',
};

const DUCKDB_SYMBOLS: Readonly<Record<string, string>> = {
  '{': 'a struct literal',
  '->': 'a lambda or an arrow',
  '->>': 'an arrow',
  '//': 'whole division (//)',
  '**': 'a power by **',
  '^': 'a power by ^',
  '==': 'a comparison by ==',
  '=>': 'an argument by name',
  '~': 'a comparison by ~',
  $$: 'a text in dollars',
};

/** Something in a pack's SQL that not both engines run, or that they run differently. */
export interface Doubt {
  /** The end of a sentence: `uses QUALIFY`. */
  what: string;
  /** Line of the SQL, from 1. */
  line: number;
}

/**
 * What keeps a query from running alike on DuckDB and Trino, as far as its tokens tell. Types are not known here,
 * so that a query that passes may still differ; what is bundled is also run on both.
 */
export function doubts(sql: string): Doubt[] {
  const found: Doubt[] = [];
  const say = (token: Token, what: string) => {
    const line = sql.slice(0, token.at).split('\n').length;
    if (!found.some((doubt) => doubt.what === what)) found.push({ what, line });
  };
  const nodes = group(tokenize(sql));
  const first = nodes[significant(nodes, 0)]?.token;
  if (is(first, 'from')) say(first!, 'uses FROM before SELECT');
  walk(nodes, say);
  return found;
}

function walk(nodes: readonly Node[], say: (token: Token, what: string) => void): void {
  const solid = nodes.filter(({ token }) => token.kind !== 'blank');
  solid.forEach((node, at) => {
    const { token, inner } = node;
    const [before, after] = [solid[at - 1]?.token, solid[at + 1]?.token];
    if (inner) {
      if (is(token, '[') && !is(before, 'array')) say(token, 'uses a list or subscript in brackets');
      walk(inner, say);
    }
    if (token.kind === 'symbol') symbol(token, before, say);
    if (token.kind !== 'word') return;
    const word = token.text.toLowerCase();
    const qualified = is(before, '.') || is(after, '.');
    if (!qualified && word in DUCKDB_WORDS) say(token, `uses ${DUCKDB_WORDS[word]}`);
    if (is(before, 'by') && word === 'all') say(token, 'uses GROUP BY ALL or ORDER BY ALL');
    if (word === 'replace' && is(before, '*')) say(token, 'uses SELECT * REPLACE');
    if (word === 'interval' && !is(before, '::')) interval(token, solid.slice(at + 1, at + 3), say);
    if (word === 'filter' && opens(solid[at + 1], '(') && is(solid[at + 2]?.token, 'over'))
      say(token, 'uses FILTER of a window; write sum(case when ... then 1 else 0 end) over (...)');
    if (opens(solid[at + 1], '(')) call(token, word, before, solid.slice(at + 1), say);
  });
}

function symbol(token: Token, before: Token | undefined, say: (token: Token, what: string) => void): void {
  if (token.text in DUCKDB_SYMBOLS) say(token, `uses ${DUCKDB_SYMBOLS[token.text]}`);
  if (token.text === '::' && before?.kind !== 'parameter') {
    say(token, 'casts by :: what is no parameter; write cast(... as ...)');
  }
}

/** `interval '10' second`; only the number is quoted. */
function interval(
  token: Token,
  [amount, unit]: readonly Node[],
  say: (token: Token, what: string) => void,
): void {
  const plain = amount?.token.kind === 'text' && /^'-?\d+'$/.test(amount.token.text);
  if (plain && UNITS.some((name) => is(unit?.token, name))) return;
  say(token, "uses an interval that is not like interval '10' second");
}

function call(
  token: Token,
  word: string,
  before: Token | undefined,
  [list, ...rest]: readonly Node[],
  say: (token: Token, what: string) => void,
): void {
  if (word === 'cast' || word === 'try_cast') return cast(token, list!.inner!, say);
  // the columns of an alias, or of a WITH
  if (is(before, 'as') || (is(rest[0]?.token, 'as') && opens(rest[1], '('))) return;
  if (NO_CALLS.has(word)) return;
  if (!(word in FUNCTIONS)) return say(token, `calls ${word}(), which is not among the functions of packs`);
  if (word === 'approx_percentile' && is(rest[0]?.token, 'filter')) {
    say(token, 'filters approx_percentile by FILTER; use case when inside it');
  }
}

function cast(token: Token, nodes: readonly Node[], say: (token: Token, what: string) => void): void {
  const as = nodes.findLastIndex((node) => is(node.token, 'as'));
  const type = nodes
    .slice(as + 1)
    .map((node) => (node.inner ? `(${node.inner.map((part) => part.token.text).join('')})` : node.token.text))
    .join('')
    .trim()
    .toLowerCase();
  if (!TYPES.test(type)) say(token, `casts to ${type}, which not both know by that name`);
}
