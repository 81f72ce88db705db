import type { Endpoint, PrintedTime } from '../../capture/printed/printed-packet.js';
import { endIn } from '../ends.js';
import { flow, type FlowRecord, nameOf, NOTHING, rcodeOf, typeOf } from '../flow.js';
import { flowReader } from '../flow-reader.js';
import { answersOf } from '../printed-records.js';
import { timeOf } from '../times.js';

const END = String.raw`(\S{1,330}?)(?: \((?:ID:)?[\w:/.-]{1,80}\))?`;
const LINE = new RegExp(
  String.raw`^(\S[\w :.+-]{8,40}?Z?)(?: \[[^\]]{1,120}\])?: (?:\[[^\]]{1,120}\]:? )?${END} (->|<-|<>) ${END} (\S{2,40}(?: proxy)?) ([A-Z]{5,12})(?: DENY| ALLOW)? \((.*)\)$`,
);
const QUERY = /^DNS Query (\S{1,1024}) (\S{1,20})$/;
const ANSWER = /^DNS Answer (.*)\(\S{1,20} (\S{1,1024}) (\S{1,20})\)$/;
const LONGEST = 16384;

/** A line of `hubble observe`. */
function readLine(line: string): FlowRecord | null {
  const found = line.length > LONGEST ? null : LINE.exec(line.trimEnd());
  if (!found) return line.startsWith('EVENTS LOST: ') ? NOTHING : null;
  const [, when, left, arrow, right, , , summary] = found as unknown as string[];
  const time = timeOf(when!);
  if (time.form === 'none') return null;
  const ends = [readEnd(left!), readEnd(right!)] as const;
  const [src, dst] = arrow === '<-' ? [ends[1], ends[0]] : ends;
  return readSummary(summary!, time, src, dst);
}

function readSummary(summary: string, time: PrintedTime, src: Endpoint, dst: Endpoint): FlowRecord {
  const query = QUERY.exec(summary);
  const answered = query ? null : ANSWER.exec(summary);
  const name = nameOf(query?.[1] ?? answered?.[2] ?? null);
  const type = typeOf(query?.[2] ?? answered?.[3] ?? null);
  if (name === null) return NOTHING;
  const common = { time, src, dst, txid: null, name, type };
  if (!answered) return { flows: [flow({ ...common, isResponse: false })], objects: [] };
  const said = answered[1]!;
  const ttl = /\bTTL: (\d{1,10})/.exec(said)?.[1];
  const rcode = rcodeOf(/RCode: (.*?)(?: (?:CNAMEs|TTL):|$)/.exec(said)?.[1] ?? null);
  const listed = (text: string | undefined) => text?.split(',') ?? [];
  const records = answersOf(
    name,
    {
      aliases: listed(/CNAMEs: "([^"]*)"/.exec(said)?.[1]),
      addresses: listed(/^"([^"]*)"/.exec(said)?.[1]),
    },
    ttl === undefined ? null : Number(ttl),
  );
  return { flows: [flow({ ...common, isResponse: true, rcode, records })], objects: [] };
}

/** An end with or without a port; a bare IPv6 address has none. */
function readEnd(text: string): Endpoint {
  return endIn(text) ?? { address: text, port: 0 };
}

export const hubbleLines = flowReader({
  kind: 'hubble-lines',
  title: 'lines of hubble observe',
  lacks: ['txid'],
  about: {
    sample:
      'Jan  2 03:04:05.678: shop/app-a:40000 (ID:1234) -> kube-system/coredns-1:53 (ID:5678) dns-request proxy FORWARDED (DNS Query db.example. A)',
    from: '`hubble observe --protocol dns`; with `-o jsonpb` it has dates, zones and addresses',
    gives: 'messages with pods',
    proves:
      'how long answers took and what they said, by pod and server; of no loss, as flows may be left out',
  },
  lines: () => readLine,
});
