import { createColors } from 'picocolors';
import type { Query, Subject, Upstream } from '../explain/lookup-rows.js';
import type { Story } from '../explain/story.js';
import type { Event, PlacedLeg } from '../explain/lookup-events.js';
import { grouped } from '../base/counted.js';
import { secondsText } from './cell.js';
import { printable } from './escape.js';
import type { Layout } from './format.js';
import { fileName, logText } from './log-text.js';
import { padStart, wrap } from './text-layout.js';

/** Columns for the time before each line. */
const TIME = 14;

/** Records of an answer that are shown. */
const RECORDS = 4;

/** A whole time line: each event's time, then its text, continued below where the terminal is narrow. */
export function* timelineLines({ subject, events }: Story, layout: Layout): Generator<string> {
  let name = subject.name;
  for (const event of events) {
    if (event.kind === 'name') name = event.qname;
    yield* eventLines(event, subject, name, layout);
  }
}

/** One event; the name that its step is about need not be said again. */
function eventLines(event: Event, subject: Subject, name: string, layout: Layout): string[] {
  const colors = createColors(layout.color);
  const line = (ms: number | null, indent: number, text: string) => placed(ms, indent, text, layout);
  switch (event.kind) {
    case 'name':
      return line(event.at_ms, 0, `${event.step} of ${subject.steps}: ${event.qname}`).map(colors.bold);
    case 'gap':
      return line(null, 0, `... nothing for ${secondsText(event.seconds)} ...`).map(colors.yellow);
    case 'silence':
      return line(event.at_ms, 2, silenceText(event.query, event.seconds)).map(colors.red);
    case 'query':
      return [
        ...line(event.at_ms, 2, queryText(event.query)),
        ...legLines(event.legs, layout),
        ...lossLines(event.query, event.query.response_left_server !== true, layout),
      ];
    case 'answer':
      return [
        ...line(event.at_ms, 2, answerText(event)),
        ...legLines(event.legs, layout),
        ...lossLines(event.query, true, layout),
      ];
    case 'end':
      return line(event.at_ms, 0, `the end: ${event.outcome}`).map(colors.bold);
    case 'upstream':
      return line(event.at_ms, 4, upstreamText(event.upstream, name));
    case 'log':
      return line(event.at_ms, 4, logText(event.line, name));
  }
}

function placed(ms: number | null, indent: number, text: string, layout: Layout): string[] {
  const time = padStart(ms === null ? '' : millisText(ms), TIME);
  const hang = ' '.repeat(indent + 2);
  const room = Math.max(20, layout.width - TIME - hang.length - 2);
  const shown = printable(text);
  const lines = layout.width === Infinity ? [shown] : wrap(shown, room);
  return lines.map((part, i) => `${i === 0 ? time : ' '.repeat(TIME)}${hang}${i === 0 ? '' : '  '}${part}`);
}

function legLines(legs: readonly PlacedLeg[], layout: Layout): string[] {
  const colors = createColors(layout.color);
  return legs.flatMap((leg) => placed(leg.at_ms, 4, legText(leg), layout).map(colors.dim));
}

/** Marks where the packet whose legs stand above went no further. */
function lossLines({ lost_at }: Query, isLost: boolean, layout: Layout): string[] {
  if (!isLost || lost_at === null) return [];
  return placed(null, 4, `x  lost ${lost_at}`, layout).map(createColors(layout.color).red);
}

function queryText(query: Query): string {
  const { qtype, server, server_name, client_port, txid, protocol, attempt, since_before_seconds } = query;
  const again =
    attempt > 1 && since_before_seconds !== null
      ? `, attempt ${attempt}, ${secondsText(since_before_seconds)} after the one before`
      : '';
  const from =
    client_port === null
      ? ' in the same TCP segment'
      : ` from port ${client_port}, id ${txid}${protocol === 'tcp' ? ', over TCP' : ''}`;
  const unknown = query.state === 'unknown' ? '; whether it was answered, this evidence cannot see' : '';
  return `${qtype}? to ${named(server, server_name)}${from}${again}${unknown}`;
}

function answerText({ query, records }: Event & { kind: 'answer' }): string {
  if (query.answered_at === null) return `${query.qtype}: an answer that the client was not seen to get`;
  const by =
    query.backend === null || query.backend === query.server
      ? ''
      : ` by ${named(query.backend, query.backend_name)}`;
  const shown = records.slice(0, RECORDS).map((record) => `${record.type} ${record.data ?? '?'}`);
  const more = records.length > RECORDS ? `, and ${records.length - RECORDS} more` : '';
  const data = shown.length > 0 ? `: ${shown.join(', ')}${more}` : query.answers === 0 ? ', no records' : '';
  const cut = query.truncated ? ', truncated' : '';
  const ttl = query.min_ttl === null ? '' : ` (TTL ${query.min_ttl} s)`;
  const after = query.response_seconds === null ? '' : ` after ${secondsText(query.response_seconds)}`;
  return `${query.qtype}: ${query.rcode ?? 'an answer'}${after}${by}${cut}${data}${ttl}`;
}

function silenceText(query: Query, seconds: number): string {
  const id = query.txid === null ? '' : ` (id ${query.txid})`;
  const icmp = query.icmp === null ? '' : `; ${query.icmp_from} said by ICMP: ${query.icmp}`;
  return `${query.qtype}${id}: no answer in ${secondsText(seconds)}; ${whereLost(query)}${icmp}`;
}

/** How far an unanswered query or its answer was seen. */
function whereLost(query: Query): string {
  const { response_left_server, query_reached_server, in_log, backend, backend_name, lost_at, last_seen } =
    query;
  const server = backend === null ? 'a server' : named(backend, backend_name);
  const lost = lost_at === null ? '' : `, last at ${last_seen}, and lost ${lost_at}`;
  if (response_left_server) {
    return `${server} answered, but that was ${lost_at === null ? 'lost on the way back' : `seen${lost}`}`;
  }
  const logged = in_log === null ? '' : in_log ? ', and its log has the query' : ', and no log has it';
  if (query_reached_server) return `it reached ${server}${logged}`;
  if (query_reached_server === false) {
    return `it was ${lost_at === null ? 'not seen to reach a server' : `seen${lost}`}${logged}`;
  }
  return `how far it came, this evidence cannot see${logged}`;
}

function upstreamText(row: Upstream, name: string): string {
  const asked = `${named(row.forwarder, row.forwarder_name)} asked ${row.server_role === 'upstream' ? 'upstream ' : ''}${row.server}: ${row.qtype}?${row.qname === name ? '' : ` ${row.qname}`}`;
  const place = `  (${fileName(row.path)} frame ${row.frame})`;
  if (row.state === 'answered') {
    const after = row.response_seconds === null ? '' : ` after ${secondsText(row.response_seconds)}`;
    return `${asked} ${row.rcode ?? 'answered'}${after}${place}`;
  }
  return `${asked} ${row.state === 'unanswered' ? 'no answer' : 'unknown whether answered'}${place}`;
}

function legText(leg: PlacedLeg): string {
  const interfaceText = leg.interface === null ? '' : `interface ${leg.interface} `;
  const direction = leg.direction === null || leg.direction === 'unknown' ? '' : `${leg.direction} `;
  const tunnel = leg.tunnel === null ? '' : ` in ${leg.tunnel}`;
  return `${interfaceText}${direction}${leg.src} > ${leg.dst}${tunnel}  (${fileName(leg.path)} frame ${leg.frame})`;
}

function named(address: string, name: string | null): string {
  return name === null ? address : `${name} (${address})`;
}

/** Milliseconds with a sign and three digits: `+5,004.123 ms`. */
export function millisText(ms: number): string {
  return `${ms < 0 ? '-' : '+'}${grouped(Math.abs(ms), 3)} ms`;
}
