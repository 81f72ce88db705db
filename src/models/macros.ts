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
  "create or replace macro main.counted(number, one, many) as number::VARCHAR || ' ' || case when number = 1 then one else many end",
];

/** Functions that models share; they go with the schema `work`. */
export const MODEL_MACROS = [
  // as packs have it, for sums too, which DuckDB makes wider
  'create macro work.counted(number, one, many) as main.counted(number::BIGINT, one, many)',
  // the first names of a list as a sentence has them, and that there are more
  `create macro work.some_of(names) as coalesce(array_to_string(names[:3], ', ') || case when len(names) > 3 then ' and others' else '' end, '')`,
  // nanoseconds, which times of captures are, of a limit in seconds
  'create macro work.ns(seconds) as round(seconds * 1e9)::BIGINT',
  // SERVFAIL, NOTIMP and REFUSED, after which resolvers ask again
  'create macro work.is_error(rcode) as rcode in (2, 4, 5)',
  'create macro work.is_servfail(rcode) as rcode = 2',
  'create macro work.is_nxdomain(rcode) as rcode = 3',
  'create macro work.is_refused(rcode) as rcode = 5',
  // there is an answer, or there is no such name
  'create macro work.is_settled(rcode) as rcode in (0, 3)',
  'create macro work.is_truncated(flags) as (flags & 512) > 0',
  // how far a leg lies from the client: of 2 bits, 8 bits, 9 bits and 44 bits of microseconds, as other types than BIGINT are ranked many times slower
  `create macro work.leg_rank(is_response, translated, of_service, hop_limit, nearness, us) as
    case when translated then 4611686018427387904 else 0 end
    + case when of_service then 0 else 2305843009213693952 end
    + case when is_response then hop_limit::BIGINT else 255 - hop_limit::BIGINT end * 9007199254740992
    + (coalesce(nearness, 0) & 511) * 17592186044416
    + case when is_response then 17592186044415 - us else us end`,
  // a hop limit that no router has lowered: hosts begin with one of these
  'create macro work.is_first_hop(hop_limit) as hop_limit in (64, 128, 255)',
  // the node of a place of loss (`on NODE, before ...`); empty where it lies between two
  String.raw`create macro work.node_of(place) as regexp_extract(place, '^on ([^,]+)', 1)`,
  // what was registered: two labels, or three below registries such as co.uk
  String.raw`create macro work.zone_of(name) as regexp_extract(name, '([^.]+\.(?:ac|co|com|edu|go|gov|ne|net|or|org)\.[a-z]{2}|[^.]+\.[^.]+)$')`,
  // the loop plugin's own query at a server's start: two random numbers
  String.raw`create macro work.is_loop_probe(name, qtype) as qtype = 13 and regexp_matches(name, '^\d{5,}\.\d{5,}(\.|$)')`,
  // how a query is known to be lost on its way, as the end of a sentence
  `create macro work.lost_how(in_log, reached_server) as case
    when in_log = false then 'the servers'' logs have nearly every answered query, but not this one'
    when reached_server = false then 'it was seen leaving the client, but not on the way on to a server, where others were'
    else 'how far it came, this evidence cannot see'
  end`,
];

/** The names of the functions that packs call. */
export const MACRO_NAMES: ReadonlySet<string> = new Set(
  MACROS.map((statement) => /\bmacro main\.(\w+)/.exec(statement)![1]!),
);
