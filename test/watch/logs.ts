import type { Reader } from '../../src/raw/reader.js';
import { chooseReader } from '../../src/ingest/choose-reader.js';
import { logReaders } from '../../src/logs/index.js';

/** A line of CoreDNS's log as `kubectl logs --timestamps` prints it. */
export function logLine(seconds: number, id: number, rcode: string, took = 0.001): string {
  const time = new Date(seconds * 1000).toISOString().replace('Z', '000000Z');
  return `${time} [INFO] 10.0.0.7:${20_000 + id} - ${id} "A IN a.example. udp 28 false 512" ${rcode} qr,rd,ra 54 ${took}s\n`;
}

/** A log with a line for each of some answers, and its reader. */
export function coreDnsLogOf(rcodes: readonly string[], start: number): [Reader, Uint8Array] {
  const text = rcodes.map((rcode, i) => logLine(start + i, i + 1, rcode)).join('');
  const bytes = new TextEncoder().encode(text);
  return [chooseReader(logReaders, bytes, 'coredns.log')!, bytes];
}
