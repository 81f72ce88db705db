import { counted, grouped } from '../../../base/counted.js';

/** A row of the query incident/way. */
export interface Stretch {
  from_role: string;
  from_name: string | null;
  to_role: string;
  to_name: string;
  queries: number;
  answered: number;
  lost: number;
  replies_lost: number;
  silent: number;
  unseen: number;
  late: number;
  lost_at: string | null;
}

/** One place on the way: what it is and which one, or the others of its kind together. */
export interface Place {
  layer: number;
  kind: string;
  name: string;
  /** Whether the evidence has seen it; else it is drawn as not seen. */
  seen: boolean;
  /** Queries that arrived there and were not answered. */
  silent: number;
}

/** What went from one place to another; null where that was not seen. */
export interface Arrow {
  from: Place;
  to: Place;
  counts: Counts | null;
}

export type Counts = Pick<Stretch, 'queries' | 'lost' | 'replies_lost' | 'silent' | 'unseen' | 'late'>;

export interface Way {
  layers: { title: string; places: Place[] }[];
  arrows: Arrow[];
  /** What was lost or late on it, a sentence each. */
  sentences: string[];
}

/** The kinds of places in the order of a query's way, and what a person calls them. */
const KINDS = [
  ['programs', 'Pods'],
  ['node', 'Node'],
  ['nodelocal', 'NodeLocal DNS'],
  ['service', 'Service'],
  ['coredns', 'CoreDNS'],
  ['server', 'DNS server'],
  ['upstream', 'Upstream'],
] as const;

/** Places of one kind that are drawn apart; of more the least asked are put together. */
const APART = 3;

/** The way as places in layers, with arrows between them. */
export function wayOf(rows: readonly Stretch[]): Way {
  const roles = new Set(rows.flatMap((row) => [row.from_role, row.to_role]));
  const direct = roles.has('server');
  const kinds = KINDS.filter(
    ([kind]) =>
      kind === 'programs' ||
      kind === 'node' ||
      kind === 'upstream' ||
      roles.has(kind) ||
      // what a way usually has and the evidence has not seen
      (!direct && (kind === 'service' || kind === 'coredns')),
  );
  const layers = kinds.map(([kind, title], layer) => ({ title, places: placesOf(kind, layer, rows) }));
  const find = (kind: string, name: string | null): Place => {
    const places = layers[kinds.findIndex(([one]) => one === kind)]!.places;
    return places.find((place) => place.name === name) ?? places.at(-1)!;
  };
  const arrows = new Map<string, Arrow>();
  const add = (from: Place, to: Place, counts: Counts): void => {
    const key = JSON.stringify([from.layer, from.name, to.layer, to.name]);
    const known = arrows.get(key)?.counts;
    arrows.set(key, { from, to, counts: known ? sum(known, counts) : { ...counts } });
    to.silent += counts.silent;
  };
  for (const row of rows) {
    const fromPods = row.from_role === 'programs';
    const from = fromPods ? find('node', row.from_name) : find(row.from_role, row.from_name);
    if (fromPods)
      add(find('programs', null), from, { ...row, lost: 0, replies_lost: 0, silent: 0, unseen: 0, late: 0 });
    add(from, find(row.to_role, row.to_name), row);
  }
  for (const [i, { places }] of layers.entries()) {
    const missing = places.filter((place) => !place.seen);
    for (const to of missing)
      if (i > 0) arrows.set(`unseen ${i}`, { from: layers[i - 1]!.places[0]!, to, counts: null });
  }
  return { layers, arrows: [...arrows.values()], sentences: rows.flatMap(sentencesOf) };
}

function placesOf(kind: string, layer: number, rows: readonly Stretch[]): Place[] {
  const place = (name: string, seen = true): Place => ({ layer, kind, name, seen, silent: 0 });
  if (kind === 'programs')
    return [
      place(
        '',
        rows.some((row) => row.from_role === 'programs'),
      ),
    ];
  const asked = new Map<string, number>();
  for (const row of rows) {
    const from =
      kind === 'node'
        ? row.from_role === 'programs'
          ? row.from_name
          : null
        : row.from_role === kind
          ? row.from_name
          : null;
    if (from !== null) asked.set(from, (asked.get(from) ?? 0) + row.queries);
    if (row.to_role === kind) asked.set(row.to_name, (asked.get(row.to_name) ?? 0) + row.queries);
  }
  const nodeless =
    kind === 'node' && rows.some((row) => row.from_role === 'programs' && row.from_name === null);
  const names = [...asked].toSorted(([, a], [, b]) => b - a).map(([name]) => name);
  const most = names.length + Number(nodeless) > APART ? APART - 1 : APART;
  const rest = names.length - most;
  return [
    ...names.slice(0, most).map((name) => place(name)),
    ...(rest > 0
      ? [place(counted(rest, 'other') + (nodeless ? ' or not known' : ''))]
      : nodeless
        ? [place('not known')]
        : []),
    ...(names.length === 0 && !nodeless ? [place('not seen', false)] : []),
  ];
}

function sum(a: Counts, b: Counts): Counts {
  return {
    queries: a.queries + b.queries,
    lost: a.lost + b.lost,
    replies_lost: a.replies_lost + b.replies_lost,
    silent: a.silent + b.silent,
    unseen: a.unseen + b.unseen,
    late: a.late + b.late,
  };
}

function sentencesOf(row: Stretch): string[] {
  const from =
    row.from_role === 'programs'
      ? `programs${row.from_name === null ? '' : ` on ${row.from_name}`}`
      : row.from_name;
  const of = ` of ${counted(row.queries, 'query', 'queries')} from ${from} to ${row.to_name} `;
  const at = row.lost_at === null ? '' : `, most ${row.lost_at}`;
  return [
    ...(row.lost > 0 && row.to_role === 'upstream'
      ? [
          `${grouped(row.lost)}${of}got no answer${row.lost_at === null ? '' : `; most were missed ${row.lost_at}`}.`,
        ]
      : row.lost > 0
        ? [`${grouped(row.lost)}${of}${row.lost === 1 ? 'was' : 'were'} lost on the way${at}.`]
        : []),
    ...(row.replies_lost > 0
      ? [`The answers to ${grouped(row.replies_lost)}${of}left the server and did not arrive${at}.`]
      : []),
    ...(row.silent > 0 ? [`${grouped(row.silent)}${of}arrived, and no answer left the server.`] : []),
    ...(row.unseen > 0 ? [`Of ${grouped(row.unseen)}${of}this evidence does not show what became.`] : []),
    ...(row.late > 0
      ? [`${grouped(row.late)}${of}${row.late === 1 ? 'was' : 'were'} answered after 1 s or later.`]
      : []),
  ];
}
