import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Cutter, cutterOf } from './cutter.js';

/** Seconds of evidence in a part at least. */
const PART_SECONDS = 2;
/** Octets of a part from which on it is ended sooner. */
const PART_BYTES = 16 << 20;

/** A piece of a stream in a file: its evidence is not later than `until`. */
export interface Part {
  file: string;
  /** What is to be put before it where nothing of the stream is. */
  prelude: string | null;
  bytes: number;
  /** Milliseconds since 1970; null where nothing in the stream had a time yet: it is kept always. */
  until: number | null;
}

/** The last minutes of one stream in files of a folder, which can be put together again from any of them on. */
export class KeptParts {
  private readonly parts: Part[] = [];
  private open: { fd: number; part: Part; since: number | null } | null = null;
  private readonly cutter: Cutter;
  private made = 0;

  constructor(
    private readonly folder: string,
    kind: string,
    isKeptWhole: boolean,
  ) {
    mkdirSync(folder, { recursive: true });
    this.cutter = cutterOf(kind, isKeptWhole);
  }

  /** Keeps the next bytes of the stream. */
  add(chunk: Uint8Array): void {
    const prelude = this.cutter.prelude;
    this.write(prelude, this.cutter.take(chunk));
  }

  /** Keeps what is left of a stream that has ended. */
  finish(): void {
    this.write(this.cutter.prelude, this.cutter.end());
  }

  private write(prelude: Uint8Array, whole: Uint8Array): void {
    if (whole.length === 0) return;
    this.open ??= this.begin(prelude);
    const { fd, part } = this.open;
    for (let at = 0; at < whole.length;) at += writeSync(fd, whole, at);
    part.bytes += whole.length;
  }

  /** Says that what was kept so far reaches to this time; ends the part at hand where it is long enough. */
  reached(time: number | null): void {
    if (this.open === null) return;
    const { part, since } = this.open;
    part.until = time;
    this.open.since ??= time;
    const spans = time !== null && since !== null && time - since >= PART_SECONDS * 1000;
    if (spans || part.bytes >= PART_BYTES) this.end();
  }

  /** All parts with evidence since a time; those of no time always. */
  since(time: number): readonly Part[] {
    return this.all.filter(({ until }) => until === null || until >= time);
  }

  get all(): readonly Part[] {
    return this.open ? [...this.parts, this.open.part] : this.parts;
  }

  /** Takes out the parts before a time. */
  dropBefore(time: number): void {
    for (const [index, { until }] of [...this.parts.entries()].toReversed()) {
      if (until === null || until >= time) continue;
      this.remove(this.parts.splice(index, 1)[0]!);
    }
  }

  close(): void {
    this.end();
  }

  private begin(prelude: Uint8Array) {
    const name = join(this.folder, `${++this.made}`);
    const part: Part = {
      file: name,
      prelude: prelude.length > 0 ? `${name}.prelude` : null,
      bytes: 0,
      until: null,
    };
    if (part.prelude !== null) writeFileSync(part.prelude, prelude, { mode: 0o600 });
    return { fd: openSync(name, 'w', 0o600), part, since: null as number | null };
  }

  private end(): void {
    if (this.open === null) return;
    closeSync(this.open.fd);
    this.parts.push(this.open.part);
    this.open = null;
  }

  private remove({ file, prelude }: Part): void {
    rmSync(file, { force: true });
    if (prelude !== null) rmSync(prelude, { force: true });
  }
}
