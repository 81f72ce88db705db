import { textLiteral } from '../../src/base/sql-text.js';
import { memberOf } from '../../src/base/rotation.js';
import { buildModels } from '../../src/build/build.js';
import { Database } from '../../src/store/database.js';
import { rcodeCode, typeCode } from '../../src/base/registries.js';
import { partFor } from './part.js';
import { rowsOfMessage } from './seen-messages.js';
import { DIRECTION } from '../../src/raw/tables/wire.js';

/** What each dictionary holds. */
const ENTRY = { names: 'name', addresses: 'address', texts: 'text' } as const;

type Cell = string | number | boolean | null;
export type Cells = Readonly<Record<string, Cell>>;

const MESSAGE =
  /^(\d+(?:\.\d+)?) (\S+):(\d+) > (\S+):(\d+) (\d+) ([A-Z0-9]+)(\?)? (\S+)(?: ([A-Z]+))?((?: \w+=\S+)*)$/;
const ICMP =
  /^(\d+(?:\.\d+)?) (\S+) > (\S+) (\d+)\/(\d+) of (\S+):(\d+) > (\S+):(\d+)(?: (\d+) ([A-Z0-9]+) (\S+))?$/;
const LOG_LINE = /^(-|\d+(?:\.\d+)?) (\S+):(\d+) (\d+) ([A-Z0-9]+) (\S+) ([A-Z]+|-) (\d+(?:\.\d+)?)$/;

/** The instant so many seconds after the start of all tests' evidence, as SQL's TIMESTAMP_NS reads it. */
export function at(seconds: number): string {
  return new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString().replace('Z', micros(seconds));
}

function micros(seconds: number): string {
  return String(Math.round(seconds * 1e6) % 1000).padStart(3, '0');
}

/** Evidence written by hand into the raw tables, and the models built of it. */
export class Wire {
  private readonly ids = new Map<string, number>();
  private readonly statements: string[] = [];
  /** Rows not yet in the database, by the table and columns that they fill. */
  private readonly pending = new Map<string, { table: string; columns: readonly string[]; rows: Cells[] }>();
  private readonly spans = new Map<number, [number, number]>();
  private readonly paths = new Map<number, string>();
  private readonly labels = new Map<number, string>();
  private lines = 0;

  private constructor(readonly database: Database) {}

  static async open(): Promise<Wire> {
    return new Wire(await Database.open(':memory:'));
  }

  /**
   * Messages, a line each: `0.5 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example` is a query,
   * `0.6 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example NXDOMAIN` its response. Then, as `key=value`:
   * source, interface, direction, ttl (hop limit), ipid, answers, minttl, tcp, tc, bytes.
   */
  messages(...lines: string[]): this {
    for (const line of lines) {
      const found = MESSAGE.exec(line);
      if (!found) throw new Error(`no message: ${line}`);
      const [, time, src, srcPort, dst, dstPort, txid, type, ask, name, rcode = 'NOERROR', rest = ''] = found;
      const more = new Map(
        rest
          .split(' ')
          .slice(1)
          .map((pair) => pair.split('=') as [string, string]),
      );
      const number = (key: string, preset: number) => Number(more.get(key) ?? preset);
      const query = ask === '?';
      const source = number('source', 1);
      const client = query ? `${src}:${srcPort}` : `${dst}:${dstPort}`;
      this.cover(source, Number(time));
      const message = {
        source_id: source,
        frame: ++this.lines,
        time: at(Number(time)),
        interface_id: this.idOf('texts', more.get('interface') ?? 'any'),
        direction: DIRECTION[(more.get('direction') ?? 'unknown') as keyof typeof DIRECTION],
        tunnel: 0,
        protocol: number('tcp', 0),
        src_id: this.idOf('addresses', src!),
        src_port: Number(srcPort),
        dst_id: this.idOf('addresses', dst!),
        dst_port: Number(dstPort),
        ip_id: more.has('ipid') ? number('ipid', 0) : null,
        hop_limit: number('ttl', 64),
        key: this.key(client, txid!, type!, name!, number('tcp', 0)),
        txid: Number(txid),
        flags: (query ? 0 : 32768) + 256 + 512 * number('tc', 0),
        rcode: query ? 0 : rcodeCode(rcode)!,
        qname_id: this.idOf('names', name!),
        qtype: typeCode(type!)!,
        qclass: 1,
        questions: 1,
        answers: query ? 0 : number('answers', rcode === 'NOERROR' ? 1 : 0),
        authorities: 0,
        additionals: 0,
        dnssec_ok: false,
        cookie_bytes: 0,
        bytes: number('bytes', 60),
        min_ttl: query ? null : number('minttl', 30),
      };
      for (const [table, row] of rowsOfMessage(message, this.lines)) this.insert(table, row);
    }
    return this;
  }

  /**
   * ICMP errors of the first capture: `0.5 10.0.0.5 > 10.0.0.1 3/3 of 10.0.0.1:4000 > 10.96.0.10:53 7 A a.example`, type and code
   * and then what is quoted, which may end before the message.
   */
  icmp(...lines: string[]): this {
    for (const line of lines) {
      const found = ICMP.exec(line);
      if (!found) throw new Error(`no ICMP error: ${line}`);
      const [, time, src, dst, type, code, from, fromPort, to, toPort, txid, qtype, name] = found;
      const ofResponse = fromPort === '53';
      const client = ofResponse ? `${to}:${toPort}` : `${from}:${fromPort}`;
      this.cover(1, Number(time));
      this.insert('icmp_errors', {
        source_id: 1,
        frame: ++this.lines,
        time: at(Number(time)),
        interface_id: this.idOf('texts', 'any'),
        direction: 0,
        tunnel: 0,
        src_id: this.idOf('addresses', src!),
        dst_id: this.idOf('addresses', dst!),
        hop_limit: 64,
        version: src!.includes(':') ? 6 : 4,
        type: Number(type),
        code: Number(code),
        protocol: 0,
        quoted_src_id: this.idOf('addresses', from!),
        quoted_src_port: Number(fromPort),
        quoted_dst_id: this.idOf('addresses', to!),
        quoted_dst_port: Number(toPort),
        of_response: ofResponse,
        txid: txid === undefined ? null : Number(txid),
        qname_id: name === undefined ? 0 : this.idOf('names', name),
        qtype: qtype === undefined ? null : typeCode(qtype)!,
        key: name === undefined ? null : this.key(client, txid!, qtype!, name, 0),
      });
    }
    return this;
  }

  /** Lines of a log, `TIME CLIENT:PORT ID TYPE NAME RCODE DURATION` each; `-` for no time and no rcode. */
  log(source: number, ...lines: string[]): this {
    for (const line of lines) {
      const found = LOG_LINE.exec(line);
      if (!found) throw new Error(`no line of a log: ${line}`);
      const [, time, client, port, txid, type, name, rcode, duration] = found;
      if (time === '-') this.source(source, 'coredns-log');
      else this.cover(source, Number(time), 'coredns-log');
      this.insert('log_queries', {
        source_id: source,
        line: ++this.lines,
        time: time === '-' ? null : at(Number(time)),
        stream_id: 0,
        client_id: this.idOf('addresses', client!),
        client_port: Number(port),
        key: this.key(`${client}:${port}`, txid!, type!, name!, 0),
        txid: Number(txid),
        qname_id: this.idOf('names', name!),
        qtype: typeCode(type!)!,
        qclass: 1,
        protocol: 0,
        rcode: rcode === '-' ? null : rcodeCode(rcode!)!,
        flags_id: 0,
        duration_seconds: Number(duration),
      });
    }
    return this;
  }

  /** A row with the id of the name that it gives as `qname`. */
  named({ qname, ...row }: Cells): Cells {
    return typeof qname === 'string' ? { ...row, qname_id: this.idOf('names', qname) } : row;
  }

  /** A row of any other raw table. */
  insert(table: string, row: Cells): this {
    const columns = Object.keys(row);
    const target = `${table} ${columns.join()}`;
    const { rows } = this.pending.get(target) ?? { rows: [] as Cells[] };
    rows.push(row);
    this.pending.set(target, { table, columns, rows });
    return this;
  }

  /** Names a source's file and label, before anything of it is told. */
  file(source: number, path: string, label: string | null = null): this {
    this.paths.set(source, path);
    if (label !== null) this.labels.set(source, label);
    return this;
  }

  /** Says that a capture goes on until then, though nothing is in it. */
  until(seconds: number, source = 1): this {
    this.cover(source, seconds);
    return this;
  }

  /** Builds what a statement reads, of verdicts only those of the causes given where some are, and gives its rows. */
  async rows(sql: string, causes?: readonly string[]): Promise<Record<string, unknown>[]> {
    for (const [source, [first, last]] of this.spans) {
      this.statements.push(
        `update raw.sources set first_time = '${at(first)}', last_time = '${at(last)}' where source_id = ${source}`,
      );
    }
    this.spans.clear();
    for (const { table, columns, rows } of this.pending.values()) {
      // as one text, which spares the plan of each cell; inserting makes each the type of its column
      const texts = JSON.stringify([Object.fromEntries(columns.map((column) => [column, 'VARCHAR']))]);
      await this.database.run(
        `insert into raw.${table} by name select unnest(from_json(${textLiteral(JSON.stringify(rows))}, ${textLiteral(texts)}), recursive := true)`,
      );
    }
    this.pending.clear();
    for (const statement of this.statements.splice(0)) await this.database.run(statement);
    await buildModels(this.database, { only: await partFor(this.database, sql, causes) });
    const rows = await this.database.rows(sql);
    return rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
      ),
    );
  }

  private key(client: string, txid: string, type: string, name: string, protocol: number): number {
    return this.number(`key ${client} ${txid} ${type} ${name} ${protocol}`);
  }

  private idOf(dictionary: keyof typeof ENTRY, text: string): number {
    const known = this.ids.has(`${dictionary} ${text}`);
    const id = this.number(`${dictionary} ${text}`);
    const column = ENTRY[dictionary];
    if (!known) this.insert(dictionary, { [`${column}_id`]: id, [column]: text });
    return id;
  }

  private number(what: string): number {
    const id = this.ids.get(what) ?? this.ids.size + 1;
    this.ids.set(what, id);
    return id;
  }

  private source(source: number, kind: string): void {
    if (this.ids.has(`source ${source}`)) return;
    this.number(`source ${source}`);
    const path = this.paths.get(source) ?? `input-${source}`;
    const rotation = memberOf(path);
    const known = {
      path,
      label: this.labels.get(source) ?? null,
      sha256: `stored ${path}`,
      bytes: 0,
      content_sha256: path,
      content_bytes: 0,
      rotation_set: rotation.set,
      rotation_place: rotation.place,
      rows: 1,
      problems: 0,
    };
    this.insert('sources', {
      source_id: source,
      kind,
      is_capture: kind === 'pcap',
      ...known,
      complete: true,
      ingested_at: at(0),
    });
  }

  private cover(source: number, seconds: number, kind = 'pcap'): void {
    this.source(source, kind);
    const [first, last] = this.spans.get(source) ?? [seconds, seconds];
    this.spans.set(source, [Math.min(first, seconds), Math.max(last, seconds)]);
  }
}
