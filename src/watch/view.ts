import type { CaptureCounts } from './tcpdump.js';
import type { ClientLoad } from './clients.js';
import type { Panels } from './judge.js';
import type { Standing } from './verdicts.js';
import type { Watch } from './watch.js';

/** All that a screen shows, as it stands at one moment. Times are seconds since 1970. */
export interface View {
  title: string;
  /** The newest evidence; 0 where there is none yet. */
  now: number;
  /** Null where the evidence is of another time than now. */
  behind: number | null;
  /** What tcpdump says that it could not take; null where it is not ours. */
  counts: CaptureCounts | null;
  isPaused: boolean;
  hasEnded: boolean;
  /** Whether the rates are of logs, as there is no capture. */
  ofLogs: boolean;
  rates: Rates;
  /** Queries in each of the last seconds. */
  history: readonly number[];
  judged: JudgedView | null;
  standings: readonly Standing[];
  clients: readonly ClientLoad[];
  open: readonly OpenView[];
  kept: { seconds: number; bytes: number };
  /** What the lists are narrowed to. */
  filter: string | null;
  /** The last line where it is not the keys: what is typed, or what became of something. */
  message: string | null;
}

/** Of the last seconds, per second; gaps and what was given up of the last minute in all. */
export interface Rates {
  queries: number;
  answers: number;
  nxdomainShare: number;
  servfailShare: number;
  open: number;
  retries: number;
  median: number | null;
  p99: number | null;
  gaps5: number;
  gaps2: number;
  unanswered: number;
}

export interface OpenView {
  seconds: number;
  client: string;
  name: string;
}

/** The last judging. */
export interface JudgedView {
  from: number;
  to: number;
  cpuSeconds: number;
  isShort: boolean;
  panels: Panels;
}

/** Rates are of so many seconds. */
const RECENT = 5;
const MINUTE = 60;
/** Open for so long, a query is worth a line. */
const OPEN_SECONDS = 1;
const MOST_ROWS = 20;

/** What the user set, and what surrounds it. */
export interface Surroundings {
  title: string;
  counts: CaptureCounts | null;
  isPaused: boolean;
  hasEnded: boolean;
  filter: string | null;
  message: string | null;
}

export function viewOf(watch: Watch, around: Surroundings): View {
  const { wire, logs, clients } = watch.totals;
  const ofLogs = wire.newest === 0;
  const seconds = ofLogs ? logs : wire;
  const now = watch.followed.newest;
  // the second at hand is not whole yet
  const end = around.hasEnded ? Math.floor(now) + 1 : Math.floor(now);
  const sum = (name: Parameters<typeof seconds.sum>[0], span = RECENT) => seconds.sum(name, end, span);
  const [median = null, p99 = null] = seconds.quantiles([0.5, 0.99], end, MINUTE);
  const answers = sum('answers');
  const share = (count: number) => (answers === 0 ? 0 : count / answers);
  const names = watch.judging?.panels.names ?? {};
  const shown = (address: string) => names[address] ?? address;
  const wanted = wantedBy(around.filter);
  const open = watch.followed.all.flatMap(({ fold }) =>
    (
      fold.wire?.open.oldest(now - OPEN_SECONDS, MOST_ROWS, ({ client, name }) => {
        const address = clients.addresses[client]!;
        return wanted(address, shown(address), fold.nameOf(name));
      }) ?? []
    ).map(({ since, client, name }): OpenView => ({
      seconds: now - since,
      client: shown(clients.addresses[client]!),
      name: fold.nameOf(name),
    })),
  );
  return {
    ...around,
    now,
    behind: watch.followed.behind,
    ofLogs,
    rates: {
      queries: sum('queries') / RECENT,
      answers: answers / RECENT,
      nxdomainShare: share(sum('nxdomain')),
      servfailShare: share(sum('servfail')),
      open: watch.followed.all.reduce((all, { fold }) => all + (fold.wire?.open.size ?? 0), 0),
      retries: sum('retries') / RECENT,
      median,
      p99,
      gaps5: sum('gaps5', MINUTE),
      gaps2: sum('gaps2', MINUTE),
      unanswered: sum('unanswered', MINUTE),
    },
    history: Array.from({ length: MINUTE }, (_, i) => seconds.at('queries', end - MINUTE + i)),
    judged: watch.judging && {
      ...watch.judging.judgement,
      cpuSeconds: watch.judging.cpuSeconds,
      isShort: watch.judging.isShort,
      panels: narrowed(watch.judging.panels, around.filter),
    },
    standings: watch.verdicts.all,
    clients: clients
      .top(MOST_ROWS, (address) => wanted(address, shown(address)))
      .map((load) => ({ ...load, address: shown(load.address) })),
    open: open.toSorted((a, b) => b.seconds - a.seconds).slice(0, MOST_ROWS),
    kept: watch.followed.kept,
  };
}

/** Whether one of some texts has what lists are narrowed to; all do where that is nothing. */
function wantedBy(filter: string | null): (...texts: string[]) => boolean {
  if (filter === null) return () => true;
  const word = filter.toLowerCase();
  return (...texts) => texts.some((text) => text.toLowerCase().includes(word));
}

function narrowed(panels: Panels, filter: string | null): Panels {
  const wanted = wantedBy(filter);
  return { ...panels, slow: panels.slow.filter(({ who }) => wanted(who)) };
}
