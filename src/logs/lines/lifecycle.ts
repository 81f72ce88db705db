import { type LogEvent, logEvent } from '../events.js';
import type { LogEventKind } from '../../raw/log-events.js';
import { reasonOf, upstreamOf } from './reasons.js';

/** What plugins say, by plugin: the first pattern that fits tells the kind. */
const PLUGIN_LINES: Readonly<Record<string, readonly (readonly [RegExp, LogEventKind])[]>> = {
  reload: [
    [/^Running configuration /, 'configuration'],
    [/fail/i, 'reload-failed'],
  ],
  health: [
    [/lameduck/, 'lameduck'],
    [/^Local health request/, 'health'],
  ],
  ready: [[/^(?:Still waiting on|Plugins not ready)/, 'ready']],
  loop: [[/^Loop \(/, 'loop-detected']],
  kubernetes: [[/./, 'kubernetes-api']],
  forward: [
    [/no healthy|unhealthy/i, 'no-healthy-upstream'],
    [/./, 'upstream-health'],
  ],
  file: [[/zone|open/i, 'zone-transfer']],
  auto: [[/zone|open/i, 'zone-transfer']],
  secondary: [[/./, 'zone-transfer']],
  transfer: [[/./, 'zone-transfer']],
  sign: [[/./, 'zone-transfer']],
}; // prettier-ignore

/** What the server itself says (coremain/run.go, core/dnsserver, caddy's sigtrap): the first that fits. */
const SERVER_LINES: readonly (readonly [RegExp, LogEventKind])[] = [
  [/^Reloading complete/, 'reload-complete'],
  [/^(?:Reloading|SIGUSR1: Reloading)/, 'reload-started'],
  [/^(?:Restart failed|SIGUSR1: |Corefile (?:changed but reload|parse) failed)/, 'reload-failed'],
  [/^(?:SIG[A-Z]+\d?: |Shutting down)/, 'shutdown'],
  [/^No files matching import glob/, 'configuration-warning'],
  [/^(?:Domain "|Warning: Domain ")/, 'configuration-warning'],
  [/^Recovered from panic/, 'panic'],
  [/^CoreDNS-\d/, 'version'],
  [/^[a-z0-9]+\/[a-z0-9]+, go\d/, 'version'],
  [/^maxprocs: /, 'runtime'],
  [/^Kubernetes plugin configured/, 'kubernetes-api'],
];

/** `.:53`, `tls://.:853`, `cluster.local.:53 on 169.254.20.10` (core/dnsserver/onstartup.go). */
const LISTENING = /^(?:[a-z][a-z0-9+]{1,8}:\/\/)?((?:[\w*.-]|\\.)*\.?):(\d{1,5})(?: on (\S+))?$/;
const LOOP = /\(([^\s(]+) -> (\S*)\) detected for zone "([^"]*)"/;

/** Reads what a plugin says after its name. */
export function readPlugin(plugin: string, text: string): LogEvent {
  const kind = PLUGIN_LINES[plugin]?.find(([pattern]) => pattern.test(text))?.[1] ?? 'plugin';
  if (kind === 'loop-detected') return loopOf(text);
  const isTrouble = kind === 'kubernetes-api' || kind === 'no-healthy-upstream' || kind === 'upstream-health';
  const error =
    isTrouble && / (?:error|fail|timeout|refused|dial|unhealthy|no healthy|route)/i.test(` ${text}`);
  const reason = error || kind === 'reload-failed' || kind === 'health' ? reasonOf(text) : null;
  return logEvent(kind, { plugin, reason, upstream: error ? upstreamOf(text) : null });
}

function loopOf(text: string): LogEvent {
  const loop = LOOP.exec(text);
  return logEvent('loop-detected', { plugin: 'loop', name: loop?.[3] ?? null, upstream: loop?.[2] || null });
}

/** Reads what the server says without a plugin's name, its level taken off; null for lines of no known kind. */
export function readServer(text: string): LogEvent | null {
  const known = SERVER_LINES.find(([pattern]) => pattern.test(text));
  if (known) return logEvent(known[1]);
  const listening = text.length < 320 ? LISTENING.exec(text) : null;
  if (!listening || Number(listening[2]) > 65535) return null;
  return logEvent('listening', {
    name: listening[1] === '' ? null : listening[1]!,
    upstream: listening[3] ? `${listening[3]}:${listening[2]}` : null,
  });
}
