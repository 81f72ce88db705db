import type { ByteReader } from '../byte-reader.js';

const BLOCK = 512;

/** Type flags of files: ustar's, the seventh edition's, and contiguous ones. */
const FILES = new Set(['0', '\0', '7']);

/** Bytes of a record that holds a long name or attributes; real ones have some hundred. */
const MOST_ATTRIBUTES = 1 << 20;

/** A file of an archive. */
export interface ArchiveEntry {
  name: string;
  /** Its bytes, once. What is not taken of them is passed over. */
  content: AsyncIterable<Uint8Array>;
}

/** Why an archive, or the file in it that was being read, could not be read to its end. */
export class ArchiveFault extends Error {
  constructor(
    /** The end of a sentence that begins with the archive's name. */
    readonly why: string,
  ) {
    super(why);
  }
}

/** Whether bytes begin with a header of tar: its checksum holds, so the old forms without a magic number are known too. */
export function isTar(head: Uint8Array): boolean {
  return head.length >= BLOCK && head[0] !== 0 && checksumHolds(head.subarray(0, BLOCK));
}

/**
 * The files of a tar archive in order (POSIX.1-2017 pax and ustar, GNU's and the seventh edition's forms); links, folders
 * and devices are passed over. Throws ArchiveFault where it is cut or broken.
 */
export async function* tarEntries(reader: ByteReader): AsyncGenerator<ArchiveEntry> {
  let attributes = new Map<string, string>();
  for (;;) {
    const at = reader.position;
    const block = await reader.take(BLOCK);
    if (block.every((byte) => byte === 0)) return; // the end, with its mark or without
    if (block.length < BLOCK) throw cutAt(reader.position);
    if (!checksumHolds(block)) throw new ArchiveFault(`is broken at byte ${at}`);
    const header = block.slice();
    const size = sizeOf(header, attributes);
    if (size === null) throw new ArchiveFault(`is broken at byte ${at}`);
    const type = String.fromCharCode(header[156]!);
    const padding = (BLOCK - (size % BLOCK)) % BLOCK;
    if (type === 'x' || type === 'L') {
      const text = await attributeText(reader, size);
      if (type === 'L') attributes.set('path', text.split('\0', 1)[0]!);
      else attributes = new Map([...attributes, ...paxRecords(text)]);
    } else if (FILES.has(type) && !isSparse(attributes)) {
      const body = new Body(reader, size);
      yield { name: attributes.get('path') ?? nameOf(header), content: body };
      await body.pass();
    } else if (!(await reader.skip(size))) throw cutAt(reader.position);
    if (!(await reader.skip(padding))) throw cutAt(reader.position);
    if (type !== 'x' && type !== 'L' && type !== 'K' && type !== 'g') attributes = new Map();
  }
}

/** A file's bytes in the stream. */
class Body {
  private left: number;

  constructor(
    private readonly reader: ByteReader,
    size: number,
  ) {
    this.left = size;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    while (this.left > 0) {
      const chunk = await this.reader.some(Math.min(this.left, 1 << 20));
      if (chunk === null) throw cutAt(this.reader.position);
      this.left -= chunk.length;
      yield chunk;
    }
  }

  /** Passes over what was not taken. */
  async pass(): Promise<void> {
    if (!(await this.reader.skip(this.left))) throw cutAt(this.reader.position);
  }
}

function cutAt(byte: number): ArchiveFault {
  return new ArchiveFault(`ends in its middle, at byte ${byte}`);
}

async function attributeText(reader: ByteReader, size: number): Promise<string> {
  if (size > MOST_ATTRIBUTES) {
    throw new ArchiveFault(`is broken at byte ${reader.position}: it has a file name of ${size} bytes`);
  }
  const bytes = await reader.take(size);
  if (bytes.length < size) throw cutAt(reader.position);
  return new TextDecoder().decode(bytes);
}

/** `27 path=a/long/name` and a line end, any number of them; the number counts bytes of the whole. */
function paxRecords(text: string): Map<string, string> {
  const records = new Map<string, string>();
  for (const line of text.split('\n')) {
    const space = line.indexOf(' ');
    const equals = line.indexOf('=', space);
    if (space > 0 && equals > 0) records.set(line.slice(space + 1, equals), line.slice(equals + 1));
  }
  return records;
}

/** A file whose holes are left out, which stands in a form of GNU's own. */
function isSparse(attributes: ReadonlyMap<string, string>): boolean {
  return [...attributes.keys()].some((key) => key.startsWith('GNU.sparse.'));
}

function nameOf(header: Uint8Array): string {
  const name = textOf(header, 0, 100);
  const prefix = textOf(header, 257, 5) === 'ustar' && header[262] === 0 ? textOf(header, 345, 155) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function textOf(header: Uint8Array, at: number, length: number): string {
  const field = header.subarray(at, at + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}

/** The size of what follows: octal, or from 8 GiB on binary with the top bit set, or an attribute; null where it is none. */
function sizeOf(header: Uint8Array, attributes: ReadonlyMap<string, string>): number | null {
  const own = attributes.get('size');
  if (own !== undefined) return safeSize(Number(own));
  if ((header[124]! & 0x80) !== 0) {
    let size = 0;
    for (const byte of header.subarray(125, 136)) size = size * 256 + byte;
    return safeSize(size);
  }
  return octal(header, 124, 12);
}

function safeSize(size: number): number | null {
  return Number.isSafeInteger(size) && size >= 0 ? size : null;
}

function octal(header: Uint8Array, at: number, length: number): number | null {
  const text = textOf(header, at, length).trim();
  return /^[0-7]{0,12}$/.test(text) ? Number.parseInt(text || '0', 8) : null;
}

/** The sum of a header's bytes with its own field taken as blanks; some programs sum signed bytes. */
function checksumHolds(header: Uint8Array): boolean {
  const stored = octal(header, 148, 8);
  if (stored === null || stored === 0) return false;
  let unsigned = 0;
  let signed = 0;
  header.forEach((byte, i) => {
    const value = i >= 148 && i < 156 ? 32 : byte;
    unsigned += value;
    signed += value > 127 ? value - 256 : value;
  });
  return stored === unsigned || stored === signed;
}
