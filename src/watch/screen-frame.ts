import { createColors } from 'picocolors';
import { counted, grouped } from '../base/counted.js';
import { bytesText } from '../report/cell.js';
import { printable } from '../report/escape.js';
import { padEnd, padStart, shorten, widthOf, wrap } from '../report/text-layout.js';
import type { JudgedView, View } from './view.js';
import type { Standing } from './verdicts.js';

export interface ScreenSize {
  width: number;
  height: number;
  color: boolean;
  unicode: boolean;
}

/** Smaller screens are written as if they were this large, and cut by the terminal. */
const LEAST = { width: 60, height: 12 };
const BLOCKS = { true: ' ▁▂▃▄▅▆▇█', false: ' _.:-=+*#' };
const KEYS = 'p pause   / narrow   o story   w write   q quit';
/** Causes that have lines of their own at most. */
const MOST_CAUSES = 8;
/** Lines for clients, their heading too, that causes leave. */
const LEAST_CLIENTS = 4;
const MOST_OPEN = 3;

/** A screen as lines, no longer and no more than it has room for; every text of the evidence is made harmless. */
export function frame(view: View, size: ScreenSize): string[] {
  const width = Math.max(size.width, LEAST.width);
  const height = Math.max(size.height, LEAST.height);
  const colors = createColors(size.color);
  const ellipsis = size.unicode ? '…' : '...';
  const fit = (text: string, room = width) => shorten(printable(text), room, ellipsis);
  const heading = (text: string) => colors.bold(fit(text));

  const top = [
    colors.inverse(padEnd(titleLine(view, width, fit), width)),
    fit(rateLine(view)),
    fit(timeLine(view)),
    fit(historyLine(view, width, size.unicode)),
  ];
  const bottom = [
    colors.dim(fit(view.message ?? `${KEYS}${view.filter === null ? '' : `   narrowed to ${view.filter}`}`)),
  ];
  const room = height - top.length - bottom.length;
  const facts = factLines(view).map((line) => fit(line));
  const open = view.open.slice(0, MOST_OPEN).map(openLine);
  const openLines = open.length > 0 ? [heading('OPEN LOOKUPS'), ...open] : [];
  const space = room - facts.length - openLines.length;
  const causes = causeLines(Math.max(3, space - LEAST_CLIENTS));
  const clients = Math.max(0, Math.min(space - causes.length - 1, view.clients.length));
  const body = [...causes, ...clientLines(clients), ...openLines, ...facts].slice(0, room);
  while (body.length < room) body.push('');
  return [...top, ...body, ...bottom];

  function causeLines(space: number): string[] {
    const shown = view.standings.slice(0, Math.min(MOST_CAUSES, Math.max(1, space - 2)));
    const more = view.standings.length - shown.length;
    const around = [
      heading(judgedText(view.judged)),
      ...(shown.length === 0 && view.judged !== null ? [colors.green(fit('  no cause found'))] : []),
    ];
    const rest = more > 0 ? [fit(`  and ${grouped(more)} more`)] : [];
    const long = shown.flatMap((standing) => causeLine(standing, true));
    const fits = around.length + long.length + rest.length <= space;
    return [...around, ...(fits ? long : shown.flatMap((standing) => causeLine(standing, false))), ...rest];
  }

  /** A cause with its sentence behind it, or below it where there is room for that. */
  function causeLine(standing: Standing, isLong: boolean): string[] {
    const { verdict, isOver, cause, title, kind, summary } = standing;
    const start = padEnd(isOver ? 'over' : verdict, 11);
    const middle = `${padEnd(fit(cause, 25), 26)}${padEnd(timesText(standing), 19)}`;
    const hasBelow = isLong && !isOver;
    const end = fit(hasBelow ? title : summary, width - widthOf(start + middle));
    const below = hasBelow ? wrap(printable(summary), width - start.length).slice(0, 2) : [];
    return [
      paintOf(isOver, kind, verdict)(start) + middle + end,
      ...below.map((line) => ' '.repeat(start.length) + fit(line, width - start.length)),
    ];
  }

  function paintOf(isOver: boolean, kind: string, verdict: string): (text: string) => string {
    if (isOver) return colors.dim;
    if (kind === 'cost') return colors.cyan;
    return verdict === 'possible' ? colors.yellow : colors.red;
  }

  function clientLines(count: number): string[] {
    if (count === 0) return [];
    const name = width - 36;
    const columns = (...texts: string[]) => texts.map((text) => padStart(text, 9)).join('');
    return [
      heading(padEnd('CLIENTS', name) + columns('queries/s', 'NXDOMAIN', 'open', 'slow')),
      ...view.clients
        .slice(0, count)
        .map(
          ({ address, rate, nxdomainShare, open, slow }) =>
            padEnd(fit(address, name - 1), name) +
            columns(rateText(rate), percent(nxdomainShare), grouped(open), grouped(Math.round(slow))),
        ),
    ];
  }

  function openLine({ seconds, client, name }: View['open'][number]): string {
    const start = padStart(`${seconds.toFixed(1)} s`, 8);
    const who = fit(client, 28);
    return `${start}  ${padEnd(who, 28)}  ${fit(name, width - 40)}`;
  }
}

function titleLine(view: View, width: number, fit: (text: string, room: number) => string): string {
  const { now, behind, counts, isPaused, hasEnded } = view;
  const state = [
    now === 0 ? 'no evidence yet' : `${clock(now)} UTC`,
    ...(isPaused ? ['PAUSED'] : []),
    ...(hasEnded
      ? ['ended']
      : behind === null
        ? now === 0
          ? []
          : ['recorded']
        : [`behind by ${Math.max(0, behind).toFixed(1)} s`]),
    ...(counts === null ? [] : [`${grouped(counts.dropped)} lost`]),
  ].join(', ');
  const room = width - widthOf(state) - 3;
  return `${padEnd(fit(`dnslens watch ${view.title}`, room), room)}   ${state}`;
}

function rateLine({ rates, ofLogs }: View): string {
  const { queries, answers, nxdomainShare, servfailShare, open } = rates;
  const parts = [
    `${ofLogs ? 'logged' : 'queries'} ${rateText(queries)}/s`,
    `answers ${rateText(answers)}/s`,
    `NXDOMAIN ${percent(nxdomainShare)}`,
    `SERVFAIL ${percent(servfailShare)}`,
    ...(ofLogs ? [] : [`open ${grouped(open)}`]),
  ];
  return parts.join('  ');
}

function timeLine({ rates }: View): string {
  const { median, p99, retries, gaps5, gaps2 } = rates;
  const times = median === null ? 'no answers' : `median ${short(median)}  p99 ${short(p99!)}`;
  return `${times}  retries ${rateText(retries)}/s (1 min: ${grouped(gaps5)} after 5 s, ${grouped(gaps2)} after 2.5 s)`;
}

function historyLine({ history }: View, width: number, unicode: boolean): string {
  const blocks = BLOCKS[`${unicode}`];
  const label = 'last minute ';
  const most = Math.max(...history, 0);
  const end = `  at most ${grouped(most)}/s`;
  const shown = history.slice(-Math.max(10, width - label.length - end.length));
  const line = shown
    .map((value) => blocks[most === 0 ? 0 : Math.ceil((value / most) * (blocks.length - 1))])
    .join('');
  return `${label}${line}${end}`;
}

function judgedText(judged: JudgedView | null): string {
  if (judged === null) return 'CAUSES: not judged yet';
  const span = Math.max(0, judged.to - judged.from);
  const part = judged.isShort ? ', too much for more' : '';
  return `CAUSES of ${duration(span)} up to ${clock(judged.to)}${part}; judging took ${judged.cpuSeconds.toFixed(1)} s`;
}

/** What the judged evidence comes to beside its causes. */
function factLines({ judged, kept, rates }: View): string[] {
  const keeps = `kept ${duration(kept.seconds)}, ${bytesText(kept.bytes)}`;
  if (judged === null) return [keeps];
  const { slow, halves, losses, counters } = judged.panels;
  const who = slow.map(
    ({ who, slow, failed, worst }) =>
      `${who} ${grouped(slow + failed)} (${worst === null ? 'open' : short(worst)})`,
  );
  return [
    ...(slow.length > 0 ? [`slow or failed: ${who.join(', ')}`] : []),
    ...(losses.length > 0
      ? [`lost: ${losses.map(({ place, lost }) => `${place} ${grouped(lost)}`).join(', ')}`]
      : []),
    ...(counters.length > 0
      ? [
          `conntrack: ${counters.map(({ counter, increase }) => `${counter} +${grouped(increase)}`).join(', ')}`,
        ]
      : []),
    `${counted(halves, 'pair')} lost a half, ${grouped(rates.unanswered)} given up in 1 min; ${keeps}`,
  ];
}

function timesText({ isOver, since, last }: Standing): string {
  if (since === null || last === null) return '';
  return isOver ? `${clock(since)}-${clock(last)}` : `since ${clock(since)}`;
}

function clock(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 19);
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60
    ? `${whole} s`
    : `${Math.floor(whole / 60)} min${whole % 60 === 0 ? '' : ` ${whole % 60} s`}`;
}

function rateText(rate: number): string {
  return grouped(rate, rate > 0 && rate < 10 ? 1 : 0);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function short(seconds: number): string {
  if (seconds >= 1) return `${seconds.toFixed(2)} s`;
  return seconds >= 0.01 ? `${Math.round(seconds * 1000)} ms` : `${(seconds * 1000).toFixed(1)} ms`;
}
