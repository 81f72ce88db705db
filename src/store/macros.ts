/** What was registered of a name: its last two labels, or three below registries such as co.uk; no list of all registries is at hand. */
export const REGISTERED = String.raw`([^.]+\.(?:ac|co|com|edu|go|gov|ne|net|or|org)\.[a-z]{2}|[^.]+\.[^.]+)$`;

/**
 * Functions that packs call and DuckDB lacks, or has otherwise than Trino, so that packs are one text for both.
 * src/packs/dialect/functions.ts says what each gives.
 */
export const MACROS = [
  'create or replace macro main.approx_percentile(value, share) as quantile_disc(value, share)',
  'create or replace macro main.regexp_like(value, pattern) as regexp_matches(value, pattern)',
  'create or replace macro main.element_at(list, place) as list[place]',
  // in bounds whatever time and seconds are given: a TIMESTAMP_NS ends in 2262
  'create or replace macro main.plus_seconds(moment, seconds) as case when moment is not null and seconds is not null then make_timestamp_ns(least(greatest(epoch_ns(moment)::HUGEINT + round(least(greatest(seconds, -1e10), 1e10) * 1e9)::HUGEINT, -9223286400000000000), 9223286400000000000)::BIGINT) end',
  "create or replace macro main.window_start(moment, seconds) as make_timestamp((floor(date_diff('second', timestamp '1970-01-01 00:00:00', moment) / least(greatest(seconds, 1), 10000000000)) * least(greatest(seconds, 1), 10000000000))::BIGINT * 1000000)",
  "create or replace macro main.grouped(number) as format('{:,}', number::BIGINT)",
  "create or replace macro main.counted(number, one, many) as main.grouped(number) || ' ' || case when number = 1 then one else many end",
  `create or replace macro main.registered_domain(name) as coalesce(nullif(regexp_extract(name, '${REGISTERED}'), ''), name)`,
];

/** The names of the functions that packs call. */
export const MACRO_NAMES: ReadonlySet<string> = new Set(
  MACROS.map((statement) => /\bmacro main\.(\w+)/.exec(statement)![1]!),
);
