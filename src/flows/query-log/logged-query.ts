import type { PrintedTime } from '../../capture/printed/printed-packet.js';
import { leadingDate } from '../../base/time/printed.js';
import { parseAddress } from '../../base/address.js';
import { PROTOCOL } from '../../raw/tables/wire.js';
import { portOf } from '../ends.js';
import { flow, type Flow, nameOf, NOTHING, rcodeOf, typeOf } from '../flow.js';
import type { ReadRecord } from '../flow-reader.js';
import { after, ofDate, timeOf } from '../times.js';

/** What a line of a server's query log says. */
export interface LoggedQuery {
  readonly client: string;
  readonly port?: string | undefined;
  readonly name: string;
  readonly type: string;
  /** The server's own address, where it is told. */
  readonly server?: string | undefined;
  readonly overTcp?: boolean;
  /** Of a line that is written with the answer: its code, and the seconds that it took. */
  readonly rcode?: string;
  readonly seconds?: number;
}

/** A server's query log: who asked what, a line a query. */
export interface QueryLog {
  /** What its servers are called where a line does not tell their address. */
  readonly program: string;
  /** What only lines of this program have. */
  readonly mark: RegExp;
  /** What the line says behind its time; null where it is no query. */
  readonly query: (line: string) => LoggedQuery | null;
}

const LONGEST = 8192;
/** `Jan  2 03:04:05`, `2026-01-02T03:04:05.678Z`, `[1767323045]`, `02-Jan-2026 03:04:05.678`, or klog's head. */
const EPOCH = /^\[(\d{9,10}(?:\.\d{1,9})?)\] /;
const DAY_FIRST = /^(\d{2}-[A-Z][a-z]{2}-\d{4}) (\d{2}:\d{2}:\d{2}\.\d{1,9}) /;
/** What kubectl logs --prefix and docker compose logs put before a line. */
const PREFIX = /^(?:\[pod\/[^\]]{1,300}\] |[\w.-]{1,100} {1,40}\| )/;

/** Reads lines of a query log, with what syslog, kubectl or the program itself put before them. */
export function queryLogReader({ program, mark, query }: QueryLog): () => ReadRecord<string> {
  return () => (line) => {
    if (line.length > LONGEST || !mark.test(line)) return null;
    const told = query(line);
    const name = told && nameOf(told.name);
    if (!told || name === null) return NOTHING;
    return { flows: flowsOf(told, name, timeOfLine(line), program), objects: [] };
  };
}

function flowsOf(told: LoggedQuery, name: string, time: PrintedTime, program: string): Flow[] {
  const client = { address: told.client, port: portOf(Number(told.port ?? 0)) };
  const server = { address: told.server ?? program, port: 0 };
  const protocol = told.overTcp ? PROTOCOL.tcp : PROTOCOL.udp;
  const common = { protocol, txid: null, name, type: typeOf(told.type) };
  const query = flow({ ...common, time, src: client, dst: server, isResponse: false });
  const rcode = rcodeOf(told.rcode ?? null);
  if (rcode === null || told.seconds === undefined || time.form === 'none') return [query];
  // the line is written with the answer
  const asked = { ...query, time: after(time, -told.seconds) };
  return [asked, flow({ ...common, time, src: server, dst: client, isResponse: true, rcode })];
}

function timeOfLine(line: string): PrintedTime {
  const bare = line.replace(PREFIX, '');
  const epoch = EPOCH.exec(bare);
  if (epoch) return timeOf(epoch[1]!);
  const dayFirst = DAY_FIRST.exec(bare);
  if (dayFirst) return timeOf(`${dayFirst[1]!.replaceAll('-', ' ')} ${dayFirst[2]}`);
  return ofDate(leadingDate(bare, Date.now() / 1000)?.date ?? null);
}

/** An address as these logs write it, or null. */
export function addressIn(text: string | undefined): string | null {
  return text !== undefined && parseAddress(text) !== null ? text : null;
}
