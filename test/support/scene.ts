import type { Evidence, Fate, Pair } from './fate.js';
import { typeCode } from '../../src/base/registries.js';
import { at, type Cells, Wire } from './wire.js';

/** The cluster of all scenes: two clients, the service address, two servers behind it, their upstream. */
const APP = '10.0.0.1';
export const OTHER = '10.0.0.9';
export const SERVICE = '10.96.0.10';
export const SERVERS = ['10.1.0.2', '10.1.0.3'] as const;
const UPSTREAM = '10.0.0.253';
export const CACHE = '169.254.20.10';

const GAP = { glibc: 5, musl: 2.5, go: 5 } as const;

/** One story of DNS traffic, told query by query, and what each kind of evidence would show of it. */
export class Scene {
  private readonly legs: { time: number; text: string; at: Evidence[] }[] = [];
  private lines: { server: number; text: string; time: number }[] = [];
  private readonly rows: { of: Evidence; table: string; row: Cells }[] = [];
  private errors: string[] = [];
  private port = 20_000;
  private turn = 0;

  /** One query from one port, with its legs before and behind the service's address. */
  query(
    time: number,
    name: string,
    fate: Fate = {},
    more: { client?: string; port?: number; id?: number; type?: string } = {},
  ): this {
    const { client = APP, port = this.nextPort(), id = port, type = 'A' } = more;
    const { to = SERVICE, after = 0.001, rcode = 'NOERROR', lost } = fate;
    const index = fate.server ?? ((this.turn++ % 2) as 0 | 1);
    const server = to === SERVICE ? SERVERS[index] : to;
    const ends = [`${client}:${port}`, `${to}:53`, `${server}:53`] as const;
    const extra = fate.tcp ? ' tcp=1' : '';
    const asked = `${id} ${type}? ${name} ipid=${this.port++ % 65_536}${extra}`;
    const reply = `${id} ${type} ${name} ${rcode} answers=${fate.answers ?? Number(rcode === 'NOERROR')}${fate.truncated ? ' tc=1' : ''}${fate.bytes ? ` bytes=${fate.bytes}` : ''}${extra}`;
    const clientLegs: Evidence[] = client === APP ? ['node', 'pod'] : ['node'];
    this.leg(
      time,
      `${ends[0]} > ${ends[1]} ${asked} ttl=64`,
      client === APP ? [...clientLegs, 'requests'] : clientLegs,
    );
    if (lost === 'query') return this;
    if (server !== to) this.leg(time + 0.0001, `${ends[0]} > ${ends[2]} ${asked} ttl=63`, ['node']);
    if (lost === 'server') return this;
    if (server !== to) this.leg(time + after - 0.0001, `${ends[2]} > ${ends[0]} ${reply} ttl=64`, ['node']);
    if (lost !== 'reply') this.leg(time + after, `${ends[1]} > ${ends[0]} ${reply} ttl=63`, clientLegs);
    const logged = fate.logged ?? after - 0.0004;
    if (logged !== false && server !== to) {
      const line = `${(time + after).toFixed(6)} ${ends[0]} ${id} ${type} ${name} ${rcode} ${logged.toFixed(4)}`;
      this.lines.push({ server: index, text: line, time: time + after });
    }
    return this;
  }

  /** Both halves of a lookup's step as a resolver sends them, and again where one was lost. */
  pair(
    time: number,
    name: string,
    { client = APP, resolver = 'glibc', a = {}, aaaa = {}, again = {} }: Pair = {},
  ): this {
    const port = this.nextPort();
    const id = port;
    const other = resolver === 'go' ? this.nextPort() : port;
    const otherId = id + (resolver === 'musl' ? 300 : 20_000);
    const server = a.server ?? aaaa.server ?? ((this.turn++ % 2) as 0 | 1);
    this.query(time, name, { server, ...a }, { client, port, id });
    this.query(time + 0.00003, name, { server, ...aaaa }, { client, port: other, id: otherId, type: 'AAAA' });
    if (!a.lost && !aaaa.lost) return this;
    const later = time + GAP[resolver];
    const fresh = resolver === 'go' ? { port: this.nextPort(), id: this.nextPort() } : null;
    if (a.lost || resolver === 'glibc')
      this.query(later, name, { server, ...again }, { client, port, id, ...fresh });
    if (aaaa.lost || resolver === 'glibc') {
      this.query(
        later + 0.002,
        name,
        { server, ...again },
        { client, port: other, id: otherId, type: 'AAAA', ...fresh },
      );
    }
    return this;
  }

  /** A walk over the search list to the bare name, a step each 5 ms. */
  walk(time: number, name: string, pair: Pair = {}): this {
    SUFFIXES.forEach((suffix, i) => {
      const missing = { rcode: 'NXDOMAIN' };
      this.pair(time + i * 0.005, `${name}.${suffix}`, { ...pair, a: missing, aaaa: missing });
    });
    return this.pair(time + SUFFIXES.length * 0.005, name, pair);
  }

  /** Lookups of both clients that went well, one each second, by which a capture shows what it sees. */
  healthy(from: number, until: number, resolver: Pair['resolver'] = 'glibc'): this {
    for (let time = from; time < until; time++) {
      this.pair(time + 0.3, `well${time % 7}.example.com`, { resolver });
      this.pair(time + 0.6, `well${time % 7}.example.com`, { resolver, client: OTHER });
    }
    return this;
  }

  /** A server's own query to its upstream; silence where there is no `after`. */
  forward(
    time: number,
    name: string,
    {
      server = 0,
      after,
      type = 'A',
      rcode = 'NOERROR',
    }: { server?: 0 | 1; after?: number; type?: string; rcode?: string },
  ): this {
    const port = this.nextPort();
    const ends = [`${SERVERS[server]}:${port}`, `${UPSTREAM}:53`] as const;
    this.leg(time, `${ends[0]} > ${ends[1]} ${port} ${type}? ${name} ipid=${port}`, ['node']);
    if (after !== undefined)
      this.leg(time + after, `${ends[1]} > ${ends[0]} ${port} ${type} ${name} ${rcode}`, ['node']);
    return this;
  }

  /** An ICMP error that the node's capture shows, in the form of `Wire.icmp`. */
  icmp(line: string): this {
    this.errors.push(line);
    return this;
  }

  /** Nobody collected this server's log. */
  withoutLog(server: 0 | 1): this {
    this.lines = this.lines.filter((line) => line.server !== server);
    return this;
  }

  /** A line of a server's log about an exchange with an upstream that failed, as the errors plugin writes it. */
  failed(time: number | null, name: string, said: string, more: { type?: string; reason: string }): this {
    const upstream = /->(\S+):/.exec(said)?.[1] ?? null;
    const { type = 'A', reason } = more;
    return this.event(time, 'upstream-error', {
      upstream,
      reason,
      qname: name,
      qtype: typeCode(type)!,
      message: `[ERROR] plugin/errors: 2 ${name}. ${type}: ${said}`,
    });
  }

  /** A line of a server's log that is no query line; `qname` is the name that it is about. */
  event(time: number | null, event: string, more: Cells = {}): this {
    const row = {
      source_id: 11,
      line: 9000 + this.rows.length,
      time: time === null ? null : at(time),
      stream_id: 0,
      level: 'error',
      event,
      count: 1,
      message: event,
    };
    return this.evidence('logs', 'log_events', { ...row, ...more });
  }

  /** Samples of one CPU's counters: seconds, and what each stands at. */
  counters(...samples: readonly (readonly [time: number, counters: Cells])[]): this {
    samples.forEach(([time, counters], sample) => {
      const row = { source_id: 21, sample, line: sample + 1, time: at(time), cpu: 0 };
      this.evidence('counters', 'conntrack_counters', {
        ...row,
        insert_failed: 0,
        drop: 0,
        early_drop: 0,
        clash_resolve: 0,
        ...counters,
      });
    });
    return this;
  }

  /** Samples of nf_conntrack_count, of a table with room for 1000. */
  tableFill(...samples: readonly (readonly [time: number, entries: number])[]): this {
    samples.forEach(([time, entries], i) => {
      this.evidence('fill', 'conntrack_table', {
        source_id: 22,
        line: i + 1,
        time: at(time),
        entries,
        max_entries: 1000,
        full_messages: 0,
      });
    });
    return this;
  }

  /** A row of any raw table that stands in this evidence. */
  evidence(of: Evidence, table: string, row: Cells): this {
    this.rows.push({ of, table, row });
    return this;
  }

  /** The answer to a statement when only this evidence was collected; what it reads is built. */
  async ask(sql: string, ...evidence: Evidence[]): Promise<Record<string, unknown>[]> {
    return this.asked(sql, evidence);
  }

  /** Each cause's verdict on this evidence. */
  async verdicts(...evidence: Evidence[]): Promise<Record<string, string>> {
    return byCause(await this.asked(VERDICTS, evidence));
  }

  /** One cause's verdict on this evidence. */
  async verdict(cause: string, ...evidence: Evidence[]): Promise<string> {
    return (await this.verdictsOf([cause], ...evidence))[cause]!;
  }

  /** The verdicts of some causes on this evidence; no others are judged. */
  async verdictsOf(causes: readonly string[], ...evidence: Evidence[]): Promise<Record<string, string>> {
    const rows = await this.asked(VERDICTS, evidence, causes);
    return byCause(rows.filter(({ cause }) => causes.includes(cause as string)));
  }

  /** One cause's row on this evidence. */
  async cause(cause: string, ...evidence: Evidence[]): Promise<Record<string, unknown>> {
    const rows = await this.asked(`select * from causes where cause = '${cause}'`, evidence, [cause]);
    return rows[0]!;
  }

  private async asked(
    sql: string,
    evidence: readonly Evidence[],
    causes?: readonly string[],
  ): Promise<Record<string, unknown>[]> {
    const wire = await Wire.open();
    try {
      for (const kind of ['node', 'pod', 'requests'] as const) {
        if (!evidence.includes(kind)) continue;
        const seen = this.legs.filter((leg) => leg.at.includes(kind)).toSorted((a, b) => a.time - b.time);
        wire.messages(...seen.map(({ text }) => (kind === 'pod' ? `${text} source=2 interface=eth0` : text)));
      }
      if (evidence.includes('node')) wire.icmp(...this.errors);
      if (evidence.includes('logs')) {
        for (const { server, text } of this.lines.toSorted((a, b) => a.time - b.time))
          wire.log(11 + server, text);
      }
      for (const { of, table, row } of this.rows)
        if (evidence.includes(of)) wire.insert(table, wire.named(row));
      return await wire.rows(sql, causes);
    } finally {
      wire.database.close();
    }
  }

  private leg(time: number, text: string, at: Evidence[]): void {
    this.legs.push({ time, text: `${time.toFixed(6)} ${text}`, at });
  }

  private nextPort(): number {
    return ++this.port;
  }
}

const VERDICTS = 'select cause, verdict from work.verdicts';

const SUFFIXES = ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local', 'ec2.internal'];

function byCause(rows: readonly Record<string, unknown>[]): Record<string, string> {
  return Object.fromEntries(rows.map(({ cause, verdict }) => [cause, verdict as string]));
}
