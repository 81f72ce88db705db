/** What a piece of evidence is for: as the report names what it looked at. */
export const EVIDENCE_KINDS = [
  'captures',
  'counters',
  'logs',
  'metrics',
  'configurations',
  'objects',
  'records',
  'interfaces',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** What one command came to. */
export interface Gathered {
  /** Below the manifest's folder. */
  file: string;
  what: string;
  evidence: EvidenceKind;
  /** The node whose clock its times are of; null where they are the API server's, or of several. */
  node: string | null;
  /** The node or pod that it was taken on. */
  label: string | null;
  /** The words of the command. */
  command: readonly string[];
  /** ISO 8601, UTC, by the clock of the machine that gathered. */
  began: string;
  /** Null while it is under way. */
  ended: string | null;
  bytes: number;
  /** Null where it went well. */
  failed: string | null;
}

/** A node's clock beside that of the machine that gathered. */
export interface Clock {
  node: string;
  /** The node's time less this machine's, and how wrong that may be; seconds. */
  offset_seconds: number;
  within_seconds: number;
}

/** What `dnslens collect` gathered, where, when and by which commands; in the evidence's folder. */
export interface Manifest {
  format: typeof FORMAT;
  dnslens: string;
  started: string;
  /** When nothing was gathered any more while time passes; null before. */
  listened: string | null;
  ended: string | null;
  seconds: number;
  interrupted: boolean;
  service: string | null;
  servers: string[];
  nodes: string[];
  clocks: Clock[];
  gathered: Gathered[];
  /** Sentences: what could not be had, and why. */
  missing: string[];
}

/** What is known of it before anything is gathered. */
export type ManifestHead = Pick<Manifest, 'dnslens' | 'seconds' | 'service' | 'servers' | 'nodes'>;

export const FORMAT = 'dnslens-collect/1';
export const MANIFEST = 'manifest.json';

/** Why a file is not whole in a manifest that was written meanwhile. */
export const UNDER_WAY = 'it was under way when this was written';

/** A node that has no clock begins in 1970; seconds. */
const MOST_OFFSET = 1.8e9;

/** Larger ones are not made. */
export const MOST_MANIFEST_BYTES = 1 << 26;

/** A manifest in a text, with what it says of other forms left out; null where the text is none. */
export function parseManifest(text: string): Manifest | null {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(given) || given['format'] !== FORMAT) return null;
  const items = (name: string) => (Array.isArray(given[name]) ? (given[name] as unknown[]) : []);
  return {
    format: FORMAT,
    dnslens: textOf(given['dnslens']) ?? '',
    started: textOf(given['started']) ?? '',
    listened: textOf(given['listened']),
    ended: textOf(given['ended']),
    seconds: Number(given['seconds']),
    interrupted: given['interrupted'] === true,
    service: textOf(given['service']),
    servers: items('servers').filter(isText),
    nodes: items('nodes').filter(isText),
    clocks: items('clocks').filter(isClock),
    gathered: items('gathered').flatMap(gatheredOf),
    missing: items('missing').filter(isText),
  };
}

/** By how much a node's clock is ahead, where that is more than what was measured may be wrong by; seconds. */
export function aheadOf({ clocks }: Manifest, node: string | null): number {
  const clock = clocks.find((one) => one.node === node);
  if (!clock || Math.abs(clock.offset_seconds) <= clock.within_seconds) return 0;
  return clock.offset_seconds;
}

function gatheredOf(item: unknown): Gathered[] {
  if (!isRecord(item)) return [];
  const [file, what] = [textOf(item['file']), textOf(item['what'])];
  const evidence = EVIDENCE_KINDS.find((kind) => kind === item['evidence']);
  if (file === null || what === null || evidence === undefined) return [];
  const command = Array.isArray(item['command']) ? item['command'].filter(isText) : [];
  return [
    {
      file,
      what,
      evidence,
      node: textOf(item['node']),
      label: textOf(item['label']),
      command,
      began: textOf(item['began']) ?? '',
      ended: textOf(item['ended']),
      bytes: Number.isSafeInteger(item['bytes']) ? (item['bytes'] as number) : 0,
      failed: textOf(item['failed']),
    },
  ];
}

function isClock(item: unknown): item is Clock {
  if (!isRecord(item) || !isText(item['node'])) return false;
  const { offset_seconds: offset, within_seconds: within } = item;
  return Number.isFinite(within) && Number.isFinite(offset) && Math.abs(offset as number) < MOST_OFFSET;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function textOf(value: unknown): string | null {
  return isText(value) ? value : null;
}
