import { type LogEvent, logEvent } from '../events.js';
import type { LogEventKind } from '../../raw/log-events.js';
import { reasonOf, upstreamOf } from './reasons.js';

/** `2 example.org. A: read udp ...` (plugin/errors/errors.go); the elided `2 ...: error` that people paste too. */
const FAILED = /^(\d{1,5}) (?:((?:\\.|[^\s\\])+) ([A-Z][A-Z0-9-]*)|(\S+)): (.+)$/s;
const REPEATED = /^(\d{1,9}) errors? like '(.*)' occurred in last (\S+)/s;
/** To 1.1.x: `[ERROR 0 google.com. A] plugin/log: no next plugin found`. */
const OLD = /^(?:\S+ \S+ )?\[ERROR (\d{1,5}) (\S+) (\S+)\] (.+)$/s;

/** Errors of the forward plugin that no exchange with an upstream stands behind. */
const INSIDE = new Set(['no next plugin found', 'no plugin answered', 'no forwarder defined']);

/** Reads what the errors plugin says after its name, or null. */
export function readError(text: string): LogEvent | null {
  const repeated = REPEATED.exec(text);
  if (repeated) {
    const pattern = repeated[2]!.slice(0, 500);
    return logEvent('upstream-error-repeated', {
      plugin: 'errors',
      reason: reasonOf(pattern.replace(/\\(.)/g, '$1')),
      count: Math.min(Number(repeated[1]), 4294967295),
    });
  }
  const failed = FAILED.exec(text);
  if (!failed) return null;
  return errorOf(failed[2] ?? null, failed[3] ?? null, failed[5]!);
}

/** Reads an error line as CoreDNS wrote it to 1.1.x, or null. */
export function readOldError(text: string): LogEvent | null {
  const old = OLD.exec(text);
  if (!old) return null;
  const word = old[3]!;
  const type = /^[A-Z0-9-]+$/.test(word) ? word : null;
  return { ...errorOf(old[2]!, type, old[4]!), level: 'error' };
}

function errorOf(name: string | null, type: string | null, error: string): LogEvent {
  const reason = reasonOf(error);
  return logEvent(kindOf(reason), { plugin: 'errors', name, type, upstream: upstreamOf(error), reason });
}

function kindOf(reason: string): LogEventKind {
  if (reason === 'concurrent queries exceeded maximum') return 'max-concurrent';
  if (reason === 'no healthy proxies') return 'no-healthy-upstream';
  return INSIDE.has(reason) ? 'query-error' : 'upstream-error';
}
