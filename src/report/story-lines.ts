import { createColors } from 'picocolors';
import type { CounterMove, Delay, LogLine } from '../explain/lookup-rows.js';
import { nanosOf } from '../base/time/nanos.js';
import type { Story } from '../explain/story.js';
import { counted, grouped } from '../base/counted.js';
import type { Id } from '../packs/rows.js';
import { secondsText } from './cell.js';
import { printable } from './escape.js';
import { millisText, timelineLines } from './event-lines.js';
import type { Layout } from './format.js';
import { fileName, logText } from './log-text.js';
import { wrap } from './text-layout.js';

/** Lines of prose are no longer than this, however wide the terminal. */
const PROSE = 100;

/** A story as lines of text; `command` is what explains another lookup. */
export function* storyLines(
  story: Story,
  layout: Layout,
  command: (lookup: Id) => string,
): Generator<string> {
  const colors = createColors(layout.color);
  yield* wrap(printable(title(story)), layout.width).map((line) => colors.bold(line));
  yield* prose(summary(story), layout);
  const blame = blameSentence(story);
  if (blame !== null) yield* prose(blame, layout).map((line) => colors.red(line));
  yield '';
  yield* timelineLines(story, layout);
  yield* section('Log lines without a time', undated(story.undated));
  yield* section('Conntrack counters meanwhile', counterLines(story));
  yield* section(others(story), otherLines(story, command));

  function hanging(line: string): string[] {
    return wrap(printable(line), layout.width - 4).map((part, i) => `${i === 0 ? '  ' : '    '}${part}`);
  }

  function* section(heading: string, lines: readonly string[]): Generator<string> {
    if (lines.length === 0) return;
    yield '';
    yield colors.bold(heading);
    for (const line of lines) yield* layout.width === Infinity ? [`  ${printable(line)}`] : hanging(line);
  }
}

function prose(text: string, layout: Layout): string[] {
  return wrap(printable(text), Math.min(layout.width, PROSE) - 2).map((line) => `  ${line}`);
}

function title({ subject }: Story): string {
  const { lookup_id, question_id, name, qtype, client, client_name, resolver } = subject;
  const about = [client_name === null ? null : client, resolver].filter((part) => part !== null);
  const who = `${client_name ?? client}${about.length > 0 ? ` (${about.join(', ')})` : ''}`;
  const what =
    question_id === null
      ? `Lookup ${lookup_id}`
      : `Question ${question_id}${lookup_id === null ? '' : ` of lookup ${lookup_id}`}`;
  return `${what}: ${name}${qtype === null ? '' : ` ${qtype}`}, asked by ${who}`;
}

function summary({ subject }: Story): string {
  const { started_at, seconds, steps, queries, wasted_queries, search_list, ndots, question_id } = subject;
  const parts = [
    `${started_at.replace('T', ' ')}`,
    seconds === null ? 'of unknown length' : secondsText(seconds),
    ...(question_id === null ? [counted(steps, 'name')] : []),
    counted(queries, 'query', 'queries') +
      (wasted_queries > 0 ? ` (${wasted_queries} for names that only the search list made)` : ''),
    subject.outcome,
  ];
  const searched =
    search_list !== null && search_list.length > 0
      ? ` Its search list: ${search_list.join(' ')}${ndots === null ? '' : `, ndots:${ndots}`}.`
      : '';
  return `${parts.join(', ')}.${searched}`;
}

function blameSentence({ subject, blame, delays }: Story): string | null {
  if (subject.cause === null) return null;
  const head = subject.cause === 'unexplained' ? 'Unexplained' : `Blamed on ${subject.cause}`;
  if (blame === null) return `${head}.`;
  const at = relative(nanosOf(blame.asked_at), subject.started_at);
  const cost = blame.cost_seconds === null ? '' : ` cost ${secondsText(blame.cost_seconds)}`;
  return `${head}: the ${blame.qtype} query for ${blame.qname} at ${at}${cost}; ${blame.reason}.${alike(delays)}`;
}

/** What the other attempts cost that show the same cause. */
function alike(delays: readonly Delay[]): string {
  const more = delays.filter((delay) => delay.blamed).slice(1);
  if (more.length === 0) return '';
  const seconds = more.reduce((sum, { cost_seconds }) => sum + (cost_seconds ?? 0), 0);
  return ` ${counted(more.length, 'more attempt')} of it cost ${secondsText(seconds)} the same way.`;
}

function undated(lines: readonly LogLine[]): string[] {
  return lines.map((line) => logText(line, null));
}

/** A line an interval in which a counter moved; one line for all others. */
function counterLines({ counters, subject }: Story): string[] {
  const intervals = new Map<string, CounterMove[]>();
  for (const move of counters) {
    const key = JSON.stringify([move.path, move.from_time]);
    intervals.set(key, [...(intervals.get(key) ?? []), move]);
  }
  const moved = [...intervals.values()].filter((moves) => moves.some(({ increase }) => increase > 0));
  const lines = moved.map((moves) => {
    const { path, from_time, to_time } = moves[0]!;
    const rises = moves.filter(({ increase }) => increase > 0);
    const text = rises.map(({ counter, increase }) => `${counter} +${grouped(increase)}`).join(', ');
    return `${between(from_time, to_time, subject.started_at)}: ${text} (${fileName(path)})`;
  });
  const still = intervals.size - moved.length;
  if (still === 0) return lines;
  const names = [...new Set(counters.map(({ counter }) => counter))].join(', ');
  const others = moved.length > 0 ? 'other ' : '';
  return [...lines, `${counted(still, `${others}interval`)} without a rise of ${names}`];
}

function between(from: string | null, to: string | null, start: string): string {
  const [a, b] = [from, to].map((time) => (time === null ? '?' : relative(nanosOf(time), start)));
  return `${a} to ${b}`;
}

function others({ other_count, others: listed }: Story): string {
  const rest = other_count > listed.length ? `, ${listed.length} of them` : '';
  return `${counted(other_count, 'other lookup')} of this name${rest}`;
}

function otherLines({ others: listed }: Story, command: (lookup: Id) => string): string[] {
  return listed.map(
    ({ lookup_id, started_at, seconds, client, client_name, outcome, cause }) =>
      `${started_at.replace('T', ' ')}  ${secondsText(seconds)} ${outcome}${cause === null ? '' : `, ${cause}`}  ${client_name ?? client}: ${command(lookup_id)}`,
  );
}

/** `+12.345 ms` from the start. */
function relative(nanos: bigint, start: string): string {
  return millisText(Number(nanos - nanosOf(start)) / 1e6);
}
