import { REGISTERED } from '../../store/macros.js';

/** A function that packs may call. */
export interface PackFunction {
  /** A call that both engines must give the same value for; run on both by the checks. */
  example: string;
  /** Where Trino needs another form than DuckDB: the expression that gives what DuckDB gives. */
  trino?: (...args: string[]) => string;
  /** What differs, or what a writer must know. */
  about?: string;
}

const EPOCH = "timestamp '1970-01-01 00:00:00'";

/** Digits of a time's fraction, which Trino gives to milliseconds only. */
const fraction = (time: string, from: number, count: number) =>
  `cast(substr(cast(cast(${time} as timestamp(9)) as varchar), ${from}, ${count}) as bigint)`;

/** Trino counts full units and stops at milliseconds; DuckDB counts the borders that lie between. */
function dateDiff(unit: string, from: string, to: string): string {
  if (unit === "'millisecond'") return `date_diff(${unit}, ${from}, ${to})`;
  if (unit === "'microsecond'") {
    return `(date_diff('millisecond', ${from}, ${to}) * 1000 + ${fraction(to, 24, 3)} - ${fraction(from, 24, 3)})`;
  }
  return `date_diff(${unit}, date_trunc(${unit}, ${from}), date_trunc(${unit}, ${to}))`;
}

/** Trino's intervals stop at milliseconds. */
function plusSeconds(time: string, seconds: string): string {
  const whole = `date_diff('second', ${EPOCH}, date_trunc('second', ${time})) * 1000000000`;
  const nanos = `${whole} + ${fraction(time, 21, 9)} + cast(round((${seconds}) * 1e9) as bigint)`;
  return `cast(from_unixtime_nanos(${nanos}) at time zone 'UTC' as timestamp(9))`;
}

/** As the macro: windows count from 1970. */
function windowStart(time: string, seconds: string): string {
  const size = extreme('greatest')(seconds, '1');
  return `(${EPOCH} + interval '1' second * (${size} * cast(floor(${dateDiff("'second'", EPOCH, time)} * 1e0 / ${size}) as bigint)))`;
}

/** Of these DuckDB leaves nulls out, where Trino gives null. */
function groupedByTrino(count: string): string {
  return `format('%,d', cast(${count} as bigint))`;
}

function extreme(name: 'greatest' | 'least') {
  const aggregate = name === 'greatest' ? 'array_max' : 'array_min';
  return (...values: string[]) =>
    values.length === 2
      ? `coalesce(${name}(${values.join(', ')}), ${values.join(', ')})`
      : `${aggregate}(filter(array[${values.join(', ')}], v -> v is not null))`;
}

/** Every function that packs may call; the lint refuses others. */
export const FUNCTIONS: Readonly<Record<string, PackFunction>> = {
  count: { example: 'count(*)' },
  sum: { example: 'sum(n)' },
  min: { example: 'min(s)' },
  max: { example: 'max(x)' },
  avg: { example: 'avg(x)' },
  count_if: {
    example: 'count_if(case when n > 4 then true end)',
    trino: (condition) => `sum(cast((${condition}) as bigint))`,
    about: 'null where the condition is null in all rows, or there is none',
  },
  array_agg: { example: 'array_agg(s order by s, n)' },
  approx_percentile: {
    example: 'approx_percentile(x, 0.5)',
    trino: (value, share) =>
      `value_at_quantile(qdigest_agg(cast(${value} as double)), greatest((${share}) - 1e-9, 0e0))`,
    about:
      'the value of the nearest rank, as percentile_disc: exact in DuckDB; in Trino exact up to some thousand values a group, then within 1 % of the rank; takes no FILTER',
  },
  min_by: {
    example: 'min_by(s, n)',
    trino: (value, key) => `min_by(${value}, ${key}) filter (where (${value}) is not null)`,
    about: 'rows whose value is null are left out; where keys tie any of them: min_by(s, row(n, s)) is sure',
  },
  max_by: {
    example: 'max_by(s, row(n, s))',
    trino: (value, key) => `max_by(${value}, ${key}) filter (where (${value}) is not null)`,
    about: 'as min_by',
  },
  row_number: { example: 'row_number() over (order by 1)' },
  rank: { example: 'rank() over (order by 1)' },
  dense_rank: { example: 'dense_rank() over (order by 1)' },
  lag: { example: 'lag(1) over (order by 1)' },
  lead: { example: 'lead(1) over (order by 1)' },
  first_value: { example: 'first_value(1) over (order by 1)' },
  last_value: { example: 'last_value(1) over (order by 1)' },
  coalesce: { example: "coalesce(null, 'a')" },
  nullif: { example: 'nullif(3, 3)' },
  greatest: {
    example: 'greatest(1, null, 3)',
    trino: extreme('greatest'),
    about: 'nulls are left out',
  },
  least: { example: 'least(null, 2)', trino: extreme('least'), about: 'nulls are left out' },
  abs: { example: 'abs(-3)' },
  round: { example: 'round(0.125e0, 2)' },
  floor: { example: 'floor(-1.5e0)' },
  ceiling: { example: 'ceiling(-1.5e0)' },
  ceil: { example: 'ceil(1.2e0)' },
  power: { example: 'power(2e0, 3)' },
  sqrt: { example: 'sqrt(2e0)' },
  ln: { example: 'ln(2e0)' },
  exp: { example: 'exp(1e0)' },
  length: { example: "length('naïve')" },
  lower: { example: "lower('AbC')" },
  upper: { example: "upper('AbC')" },
  trim: { example: "trim('  a ')" },
  replace: { example: "replace('a.b.c', '.', '-')" },
  reverse: { example: "reverse('abc')" },
  strpos: { example: "strpos('abc', 'c')" },
  starts_with: { example: "starts_with('abc', 'ab')" },
  ends_with: {
    example: "ends_with('db_1.example', '.example')",
    trino: (text, end) => `starts_with(reverse(${text}), reverse(${end}))`,
    about: 'for names, in which LIKE would take `_` for any character',
  },
  substring: { example: "substring('abc', 2, 1)", about: 'places count from 1; 0 differs' },
  substr: { example: "substr('abc', 2)", about: 'as substring' },
  split: { example: "split('a,b,', ',')" },
  regexp_like: { example: "regexp_like('a1', '[0-9]')" },
  regexp_extract: {
    example: "regexp_extract('ab', '(x)', 1)",
    trino: (text, ...rest) =>
      `case when ${text} is not null then coalesce(regexp_extract(${[text, ...rest].join(', ')}), '') end`,
    about: 'an empty text where nothing matches',
  },
  json_array_length: { example: "json_array_length('[1, 2]')" },
  contains: { example: "contains(array['a', 'b'], 'b')", about: 'of a list' },
  element_at: { example: "element_at(array['a'], 2)", about: 'null past the end; x[n] fails there in Trino' },
  unnest: { example: '(select sum(v) from unnest(array[1, 2]) as u(v))' },
  row: { example: "max_by('a', row(1, 'b'))", about: 'as a key of min_by and max_by' },
  date_trunc: { example: "date_trunc('minute', timestamp '2026-01-02 03:04:05')" },
  date_diff: {
    example: "date_diff('second', timestamp '2026-01-01 00:00:00.9', timestamp '2026-01-01 00:00:01.1')",
    trino: dateDiff,
    about: 'the borders of the unit between two times; day, hour, minute, second, millisecond or microsecond',
  },
  plus_seconds: {
    example: "plus_seconds(timestamp '2026-01-02 03:04:05.123456', 0.5e0)",
    trino: plusSeconds,
    about: 'a time so many seconds later, exact to the nanosecond; intervals are exact to milliseconds only',
  },
  window_start: {
    example: "window_start(timestamp '2026-01-02 03:04:37.9', 10)",
    trino: windowStart,
    about:
      'when the window of so many whole seconds, at least one, that holds a time begins; windows count from 1970',
  },
  grouped: {
    example: "grouped(1234567) || ', ' || grouped(-12)",
    trino: (count) => groupedByTrino(count!),
    about: 'a whole number with commas between thousands, as sentences have it',
  },
  counted: {
    example: "counted(1, 'client', 'clients') || ', ' || counted(0, 'query', 'queries')",
    trino: (count, one, many) =>
      `(${groupedByTrino(count!)} || ' ' || case when ${count} = 1 then ${one} else ${many} end)`,
    about: 'a whole number as grouped writes it, and what it counts',
  },
  registered_domain: {
    example:
      "registered_domain('www.shop.co.uk') || registered_domain('a.b.example') || registered_domain('db')",
    trino: (name) => `coalesce(regexp_extract(${name}, '${REGISTERED}'), ${name})`,
    about: 'the last two labels of a name, or three below registries such as co.uk',
  },
};
