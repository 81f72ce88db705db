import { RAW_TABLES } from '../../dist/raw/tables/index.js';
import { DIRECTIONS, PROTOCOLS, TUNNELS } from '../../dist/raw/tables/wire.js';

/** The fewest bytes of an input that a row of each table can come of. */
const LEAST_BYTES = {
  sightings: 12,
  answers: 11,
  log_queries: 16,
  log_events: 1,
  conntrack_counters: 4,
  conntrack_table: 1,
  conntrack_flows: 16,
  cluster_objects: 8,
  dns_records: 8,
};

/** What printed captures repeat in a row that they say once: their rows cannot be bounded by bytes. */
const FEWEST_FRAME_BYTES = 16;

const ENUMS = { direction: DIRECTIONS.length, tunnel: TUNNELS.length, protocol: PROTOCOLS.length };
/** Columns whose ids are of a dictionary, as the tables' declarations say. */
const idsIn = (dictionary) =>
  new Set(
    RAW_TABLES.flatMap(({ columns }) => Object.entries(columns))
      .filter(([, { about }]) => about.includes(`, in ${dictionary}`))
      .map(([column]) => column),
  );
const NAMES = idsIn('names');
const ADDRESSES = idsIn('addresses');
const TEXTS = idsIn('texts');
/** Problems of packets that have a number and are passed over, so that no frame is counted. */
const PASSED_OVER = new Set(['bad-block', 'malformed-block', 'unknown-interface']);
const ENDLESS = (1n << 63n) - 1n;

/** What is wrong with a reading, in sentences; empty where all holds that holds for any bytes. */
export function faultsOf(reading) {
  return [...tooManyRows(reading), ...wrongCells(reading), ...wrongTexts(reading)];
}

/** Rows from thin air: more than the bytes could hold, or of frames and lines that are not there. */
function* tooManyRows({ kind, counts, rows, sink, plainBytes, lines }) {
  for (const [table, least] of Object.entries(LEAST_BYTES)) {
    if ((counts[table] ?? 0) * least > plainBytes) yield `${kind}: ${table} has more rows than the bytes can hold`;
  }
  const frames = (rows.frames ?? []).reduce((sum, row) => sum + Number(row.count), 0);
  const unread = sink.problems.filter(({ code }) => PASSED_OVER.has(code)).reduce((sum, { count }) => sum + count, 0);
  const captured = kind === 'pcap' || kind === 'pcapng';
  if (captured && frames * FEWEST_FRAME_BYTES > plainBytes) yield `${kind}: more frames than the bytes can hold`;
  for (const [table, list] of Object.entries(rows)) {
    for (const { frame, line } of list) {
      if (frame !== undefined && captured && (frame < 1 || frame > frames + unread)) {
        yield `${kind}: ${table} has a row of a frame that is not there`;
        break;
      }
      if (line !== undefined && (line < 1 || line > lines)) {
        yield `${kind}: ${table} has a row of a line that is not there`;
        break;
      }
    }
  }
} // prettier-ignore

/** Cells that no reader should write, whatever it read. */
function* wrongCells({ kind, rows, sink }) {
  for (const [table, list] of Object.entries(rows)) {
    const wrong = new Set();
    for (const row of list) {
      for (const [column, value] of Object.entries(row)) {
        if (value === null) continue;
        if (typeof value === 'number' && !Number.isFinite(value)) wrong.add(`${column} is not finite`);
        if (column === 'duration_seconds' && value < 0) wrong.add(`${column} is negative`);
        if (column === 'time' && (value >= ENDLESS || value <= -ENDLESS)) wrong.add(`${column} is endless`);
        if (column in ENUMS && value >= ENUMS[column]) wrong.add(`${column} is out of its list`);
        if (typeof value === 'string' && /[\ud800-\udbff](?![\udc00-\udfff])/.test(value)) {
          wrong.add(`${column} is half a character`);
        }
        if (value !== 0 && !known(sink, column, value)) wrong.add(`${column} is unknown`);
      }
    }
    for (const what of wrong) yield `${kind}: ${table}.${what}`;
  }
} // prettier-ignore

function known(sink, column, id) {
  if (NAMES.has(column)) return sink.nameOf.has(id);
  if (ADDRESSES.has(column)) return sink.addressOf.has(id);
  return !TEXTS.has(column) || sink.textOf.has(id);
}

/** Names are printable and in lower case, whatever bytes they are made of. */
function* wrongTexts({ kind, sink, problems = sink.problems }) {
  for (const name of sink.nameOf.values()) {
    if (/^[!-@[-~]+$/.test(name)) continue;
    yield `${kind}: a name is not in presentation form`;
    break;
  }
  const bad = problems.find(({ code, detail, position }) => !/^[a-z0-9-]+$/.test(code) || !detail || !position);
  if (bad) yield `${kind}: a problem lacks its code, sentence or place`;
} // prettier-ignore

/**
 * Rows of frames before the damage that the damaged file no longer gives. It may give more: what its later frames
 * would have completed is kept as far as it goes.
 */
export function lostBefore(frame, whole, damaged) {
  for (const table of ['messages', 'answers']) {
    const before = ({ rows, sink }) =>
      (rows[table] ?? []).filter((row) => row.frame < frame).map((row) => described(row, sink));
    const found = new Set(before(damaged));
    if (before(whole).some((row) => !found.has(row))) return `${whole.kind}: ${table} before the damage are lost`;
  }
  return null;
} // prettier-ignore

/**
 * Whether two readings of one input in different pieces are alike; the first difference in a sentence. How much
 * of a broken compressed stream can be had does depend on its pieces.
 */
export function differs(one, other) {
  if (one.sink.problems.some(({ code }) => code.startsWith('broken-'))) return null;
  if (one.kind !== other.kind || one.refused !== other.refused) return 'pieces decide what an input is';
  for (const table of new Set([...Object.keys(one.rows), ...Object.keys(other.rows)])) {
    const [a, b] = [one, other].map(({ rows, sink }) => (rows[table] ?? []).map((row) => described(row, sink)));
    if (a.join('\n') !== b.join('\n')) return `${one.kind}: ${table} depend on the pieces`;
  }
  return null;
} // prettier-ignore

/** A row without dictionary ids, which depend on all that came before. */
function described(row, sink) {
  const cells = Object.entries(row).map(([column, value]) => {
    if (NAMES.has(column)) return sink.nameOf.get(value);
    if (ADDRESSES.has(column)) return sink.addressOf.get(value);
    return TEXTS.has(column) ? sink.textOf.get(value) : value;
  });
  return cells.join(' ');
} // prettier-ignore
