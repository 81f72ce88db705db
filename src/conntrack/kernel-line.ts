import type { Instant } from '../base/time/instant.js';
import type { LogEventKind } from '../raw/log-events.js';

const FULL = /\b(?:nf|ip)_conntrack: (?:nf_conntrack: )?table full, dropping packet/;
/** net/ipv4/udp.c; the kernel leaves most such lines out (net_dbg_ratelimited). */
const CHECKSUM =
  /\bUDP(?:Lite)?: bad checksum\. From \d{1,3}(?:\.\d{1,3}){3}:\d{1,5} to (\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}) ulen \d{1,5}/;
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

/** What a line of the kernel's log says of DNS. */
export interface KernelEvent {
  readonly event: LogEventKind;
  /** Address and port, or program, that it is about. */
  readonly to: string | null;
  readonly reason: string;
}

/** What each line looks like; the first group is what it is about. */
const EVENTS: readonly { form: RegExp; event: LogEventKind; reason: string }[] = [
  { form: CHECKSUM, event: 'kernel-bad-checksum', reason: 'UDP: bad checksum' },
  // net/core/neighbour.c
  {
    form: /\b(?:arp_cache|ndisc_cache): neighbor table overflow|\b[Nn]eighbou?r table overflow/,
    event: 'kernel-neighbour-overflow',
    reason: 'neighbor table overflow',
  },
  // net/netfilter/ipvs, ip_vs_scheduler_err
  {
    form: /\bIPVS: \w{1,20}: (?:UDP|TCP) (\[?[\da-fA-F.:]{2,45}\]?:53) - no destination available/,
    event: 'kernel-no-destination',
    reason: 'no destination available',
  },
  // mm/oom_kill.c
  {
    form: /\b[Oo]ut of memory: Kill(?:ed)? process \d{1,10} \((coredns|node-cache|dnsmasq|kube-dns)\)/,
    event: 'killed-for-memory',
    reason: 'out of memory',
  },
  // net/netfilter/nf_log_syslog.c: a rule's own words, then the packet; only words that say that it was dropped count
  {
    form: /\b(?:BLOCK|DROP|REJECT|DENY|DENIED)(?:PED|ED)?\b.{0,60}?\bIN=\S{0,16} OUT=\S{0,16} .{0,200}?\bDST=([\da-fA-F.:]{2,45}) .{0,200}?\bPROTO=(?:UDP|TCP) SPT=\d{1,5} DPT=53\b/i,
    event: 'kernel-firewall-drop',
    reason: 'dropped by a firewall rule',
  },
  // net/ipv4/route.c, only with log_martians
  {
    form: /\bmartian source ([\da-f.:]{2,45}) from [\da-f.:]{2,45}, on dev/,
    event: 'kernel-martian',
    reason: 'martian source',
  },
];

/** What a line says of DNS or of packets that were dropped, or null. */
export function kernelEvent(line: string): KernelEvent | null {
  for (const { form, event, reason } of EVENTS) {
    const found = form.exec(line);
    if (found) return { event, reason, to: found[1] ?? null };
  }
  return null;
}

/** Whether a line is of the kernel's log, as dmesg or a journal prints it. */
export function isKernelLine(line: string): boolean {
  return (
    [BOOT, KMSG, DMESG_DATE, JOURNAL, FULL].some((form) => form.test(line)) || kernelEvent(line) !== null
  );
}

/** Seconds and nanoseconds of a line of `journalctl -o json`, or null. */
export function journalJsonTime(line: string): Instant | null {
  const found = JSON_TIME.exec(line);
  if (!found) return null;
  return { seconds: Number(found[1]!.slice(0, 10)), nanos: Number(found[1]!.slice(10)) * 1000 };
}
