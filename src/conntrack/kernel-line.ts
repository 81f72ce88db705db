import type { Instant } from '../input/time/instant.js';
const FULL = /\b(?:nf|ip)_conntrack: (?:nf_conntrack: )?table full, dropping packet/;
/** net/ipv4/udp.c; the kernel leaves most such lines out (net_dbg_ratelimited). */
const CHECKSUM =
  /\bUDP(?:Lite)?: bad checksum\. From (\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}) to (\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}) ulen \d{1,5}/;
const BOOT = /^\s*(?:<\d{1,3}>|\w+\s*:\w+\s*: )?\[\s*\d{1,9}\.\d{6}\]/;
const KMSG = /^\d{1,3},\d+,\d+,[^;]{0,40};/;
const JOURNAL = /^.{8,60}\skernel(?:\[\d+\])?: /;
const DMESG_DATE =
  /^\[\w{3} \w{3} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}\] |^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2},\d{6}[+-]\d{2}:\d{2} /;
const JSON_TIME = /"__REALTIME_TIMESTAMP"\s*:\s*"(\d{16})"/;

/** Whether a line of the kernel's log says that the conntrack table is full. */
export function isTableFull(line: string): boolean {
  return FULL.test(line);
}

/** Addresses and ports of the packet that a line says was dropped for its checksum, or null. */
export function badChecksum(line: string): { from: string; to: string } | null {
  const found = CHECKSUM.exec(line);
  return found && { from: found[1]!, to: found[2]! };
}

/** Whether a line is of the kernel's log, as dmesg or a journal prints it. */
export function isKernelLine(line: string): boolean {
  return [BOOT, KMSG, DMESG_DATE, JOURNAL, FULL, CHECKSUM].some((form) => form.test(line));
}

/** Seconds and nanoseconds of a line of `journalctl -o json`, or null. */
export function journalJsonTime(line: string): Instant | null {
  const found = JSON_TIME.exec(line);
  if (!found) return null;
  return { seconds: Number(found[1]!.slice(0, 10)), nanos: Number(found[1]!.slice(10)) * 1000 };
}
