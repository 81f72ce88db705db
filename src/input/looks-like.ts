import { unreadForm } from './unread-text.js';

/** What to give instead, where nothing better is known. */
const EXPECTED =
  "expected: a capture, lines of tcpdump or tshark, a CoreDNS log or its metrics, conntrack output or a node's counters, resolv.conf, a Corefile, what kubectl or dig prints, JSON of kubectl or Route 53, what Hubble, Inspektor Gadget, Zeek, Suricata or dnstap recorded, a query log of dnsmasq, unbound, BIND or a cloud";

/** Says what bytes of no known kind look like and what to do: the second half of one sentence. */
export function looksLike(head: Uint8Array): string {
  const known = knownBytes(head);
  if (known) return known.says;
  const text = asText(head);
  return text === null ? 'looks like binary data of a kind that dnslens does not read' : describeText(text);
}

/** Whether bytes are a known file that is no text, so that no reader of text may take what lies in it for lines. */
export function isForeign(head: Uint8Array): boolean {
  return head.includes(0) && knownBytes(head) !== undefined;
}

function knownBytes(head: Uint8Array): Known | undefined {
  return KNOWN.find(({ at = 0, bytes }) => startsWith(head, bytes, at));
}

interface Known {
  at?: number;
  bytes: string | readonly number[];
  says: string;
}

/** Magic numbers of files that lie beside evidence, or hold it in a form that must be unpacked first. */
const KNOWN: readonly Known[] = [
  { bytes: '\x7fELF', says: 'is a program (ELF), not evidence' },
  { bytes: 'MZ', says: 'is a Windows program, not evidence' },
  { bytes: '%PDF', says: 'is a PDF document, not evidence' },
  { bytes: '\x89PNG', says: 'is an image (PNG), not evidence' },
  { bytes: [0xff, 0xd8, 0xff], says: 'is an image (JPEG), not evidence' },
  { bytes: 'GIF8', says: 'is an image (GIF), not evidence' },
  { at: 8, bytes: 'WEBP', says: 'is an image (WebP), not evidence' },
  { at: 4, bytes: 'ftyp', says: 'is an image or a film, not evidence' },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    says: 'is a document of an office program; save it as plain text',
  },
  { bytes: 'PERFILE2', says: 'is a recording of perf; it has no DNS in it' },
  {
    at: 257,
    bytes: 'ustar',
    says: 'is a tar archive that is damaged or inside too many archives; unpack it (tar -xf) first',
  },
  { bytes: 'PK\x03\x04', says: 'is a zip archive inside too many archives; unpack it (unzip) first' },
  { bytes: "7z\xbc\xaf'\x1c", says: 'is a 7z archive; unpack it (7z x) and give the files in it' },
  { bytes: 'Rar!', says: 'is a rar archive; unpack it and give the files in it' },
  { bytes: 'BZh', says: 'is compressed with bzip2; decompress it first (bunzip2 -k)' },
  { bytes: [0x1f, 0x9d], says: 'is compressed with compress; decompress it first (uncompress)' },
  { bytes: [0x1f, 0x8b], says: 'is gzip inside too many layers of compression; decompress it first' },
  { bytes: '\xfd7zXZ', says: 'is xz inside too many layers of compression; decompress it first' },
  {
    bytes: [0x28, 0xb5, 0x2f, 0xfd],
    says: 'is zstd inside too many layers of compression; decompress it first',
  },
  {
    bytes: [0x04, 0x22, 0x4d, 0x18],
    says: 'is lz4 inside too many layers of compression; decompress it first',
  },
  { bytes: 'SQLite format 3', says: 'is an SQLite database, not evidence' },
  { at: 8, bytes: 'DUCK', says: 'is a DuckDB database; name it with --db to report on it' },
  { bytes: 'PAR1', says: 'is a Parquet file, not evidence' },
  { bytes: 'snoop\0\0\0', says: 'is a snoop capture; convert it first (editcap -F pcap IN OUT)' },
  {
    bytes: 'GMBU',
    says: 'is a Microsoft Network Monitor capture; convert it first (editcap -F pcap IN OUT)',
  },
  { bytes: 'LPKSHHRH', says: 'is a systemd journal; print it first (journalctl --file IN -o short-iso)' },
  { bytes: 'ElfFile\0', says: 'is a Windows event log, not evidence' },
];

function startsWith(head: Uint8Array, bytes: string | readonly number[], at: number): boolean {
  const wanted = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
  return wanted.every((byte, i) => head[at + i] === byte);
}

/** The bytes as text, or null where they are none: a zero byte, or more than a few other control bytes. */
function asText(head: Uint8Array): string | null {
  let odd = 0;
  for (const byte of head) {
    if (byte === 0) return null;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27) odd++;
  }
  const text = new TextDecoder().decode(head.subarray(0, 4096));
  const replaced = text.split('\ufffd').length - 1;
  return odd * 20 > head.length || replaced * 10 > text.length ? null : text;
}

/** An object, or an array of anything; `[INFO]` and `[2026-01-02 ...]` are lines of logs. */
const JSON_START = /^(?:\{\s*["}]|\[\s*(?:[{["\]]|-?\d{1,20}(?:\.\d{1,20})?\s*[,\]]|true|false|null))/;

/** How the manifest of `dnslens collect` begins. */
const MANIFEST = /^\{\s*"format":\s*"dnslens-collect\//;

function describeText(text: string): string {
  const start = text.trimStart();
  if (start === '') return 'holds nothing but white space';
  const form = unreadForm(text);
  if (form !== null) return form;
  if (MANIFEST.test(start))
    return 'is the manifest of dnslens collect; the files that it lists are the evidence';
  if (JSON_START.test(start)) {
    return `looks like JSON that is neither logs nor kubectl's nor Route 53's (it starts with ${quoted(start.replace(/\s+/g, ' '))})`;
  }
  return `looks like text of a kind that dnslens does not know (it starts with ${quoted(start)}; ${EXPECTED})`;
}

/** The first line, short and without a byte that a terminal would act on. */
function quoted(text: string): string {
  const line = text.split(/\r?\n/, 1)[0]!.trimEnd();
  const safe = line.replace(/[^\x20-\x7e]/g, '?').replaceAll('"', "'");
  return `"${safe.length > 60 ? `${safe.slice(0, 60)}...` : safe}"`;
}
