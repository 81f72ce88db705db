import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingest } from '../../src/ingest/index.js';
import { buildModels } from '../../src/build/build.js';
import type { Database } from '../../src/store/database.js';
import { Ledger } from '../../src/store/ledger.js';

const INCIDENTS = join(import.meta.dirname, '..', '..', 'fixtures', 'incidents');

/** One call that a program made, as the lab wrote it down: start in seconds since 1970. */
export interface Call {
  client: string;
  name: string;
  start: number;
  seconds: number;
  result: string;
}

type Row = Record<string, unknown>;

/** The paths of an incident's evidence whose names fit; its truth is no evidence. */
export function evidence(incident: string, fits: RegExp = /./): string[] {
  const folder = join(INCIDENTS, incident);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('truth') && path !== 'resolv' && fits.test(path))
    .map((path) => join(folder, path));
}

/** A recorded incident in a database, with its models. */
export class Incident {
  private constructor(
    private readonly ledger: Ledger,
    private readonly folder: string,
  ) {}

  static async read(...paths: string[]): Promise<Incident> {
    const folder = mkdtempSync(join(tmpdir(), 'dnslens-incident-'));
    const ledger = await Ledger.open(join(folder, 'incident.duckdb'));
    await ingest(ledger, paths);
    await buildModels(ledger.database);
    return new Incident(ledger, folder);
  }

  /** Reads more evidence, or none, and builds the models anew. */
  async add(paths: readonly string[]): Promise<void> {
    await ingest(this.ledger, paths);
    await buildModels(this.ledger.database);
  }

  /** Takes the evidence whose paths these are out again, and builds the models anew. */
  async takeAway(paths: readonly string[]): Promise<void> {
    for (const source of this.ledger.known.all)
      if (paths.includes(source.path)) await this.ledger.forget(source);
    await buildModels(this.ledger.database);
  }

  get database(): Database {
    return this.ledger.database;
  }

  /** The rows of a statement, counts as plain numbers. */
  async rows(sql: string): Promise<Row[]> {
    const rows = await this.ledger.database.rows<Row>(sql);
    return rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
      ),
    );
  }

  /** Each cause's verdict. */
  async verdicts(): Promise<Record<string, string>> {
    const rows = await this.rows('select cause, verdict from causes');
    return Object.fromEntries(rows.map(({ cause, verdict }) => [cause, verdict as string]));
  }

  /** The causes that are at least likely, in the order of their names. */
  async blamed(): Promise<string[]> {
    const verdicts = Object.entries(await this.verdicts());
    return verdicts
      .filter(([, verdict]) => verdict === 'confirmed' || verdict === 'likely')
      .map(([cause, verdict]) => `${cause} ${verdict}`)
      .toSorted();
  }

  close(): void {
    this.ledger.close();
    rmSync(this.folder, { recursive: true });
  }
}

/** The address of each pod of the incident whose name begins with `app-`. */
export function pods(incident: string): Record<string, string> {
  const cluster = JSON.parse(readFileSync(join(INCIDENTS, incident, 'cluster.json'), 'utf8')) as {
    items: { kind: string; metadata: { name: string }; status: { podIP: string } }[];
  };
  const apps = cluster.items.filter(
    ({ kind, metadata }) => kind === 'Pod' && metadata.name.startsWith('app-'),
  );
  return Object.fromEntries(apps.map(({ metadata, status }) => [metadata.name.slice(0, 5), status.podIP]));
}

/** Every call that the incident's programs made. */
export function calls(incident: string): Call[] {
  return Object.entries(pods(incident)).flatMap(([pod, client]) => {
    const path = join(INCIDENTS, incident, 'truth', `client-${pod}.jsonl`);
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    return lines.map((line) => ({ ...(JSON.parse(line) as Call), client }));
  });
}

/** The packets that the lab dropped by rule, by the rule's name. */
export function drops(incident: string): Record<string, number> {
  return JSON.parse(readFileSync(join(INCIDENTS, incident, 'truth', 'drops.json'), 'utf8')) as Record<
    string,
    number
  >;
}

/** A capture (pcap, little-endian, SLL2, IPv4) with only the packets from one address, as of `src host ADDRESS`. */
export function sentBy(capture: Buffer, address: string): Buffer {
  const source = Buffer.from(address.split('.').map(Number));
  const kept = [capture.subarray(0, 24)];
  for (let at = 24; at + 16 <= capture.length;) {
    const end = at + 16 + capture.readUInt32LE(at + 8);
    // 16 bytes of record header, 20 of SLL2, 12 into the IP header
    if (capture.subarray(at + 48, at + 52).equals(source)) kept.push(capture.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}
