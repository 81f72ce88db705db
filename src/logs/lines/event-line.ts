import type { LogEvent } from '../events.js';
import { logEvent } from '../events.js';
import { readError, readOldError } from './error-line.js';
import { readKlog } from './klog.js';
import { readPlugin, readServer } from './lifecycle.js';
import { readNodeLocal } from './nodelocal.js';

/** `[LEVEL] plugin/NAME: TEXT` (plugin/pkg/log); both parts optional. */
const LEVELLED = /^\[(DEBUG|INFO|WARNING|ERROR|FATAL|PANIC)\] /;
const PLUGIN = /^plugin\/([\w-]{1,64})(?::|$) ?/;
/** Azure Firewall's DNS proxy, a CoreDNS within. */
const AZURE_ERROR = /^\s?Error: /;

/** A line taken apart: what it says without level and plugin, and the event it is, if it is a known one. */
export interface EventLine {
  /** The text after the level. */
  text: string;
  level: string | null;
  event: LogEvent | null;
}

/** Reads a line that is no query line, its wrappers taken off. */
export function readEventLine(line: string): EventLine {
  const level = LEVELLED.exec(line)?.[1]!.toLowerCase() ?? null;
  const text = level === null ? line : line.slice(level.length + 3);
  const event = eventOf(text, level);
  if (event && level !== null) event.level = level;
  return { text, level, event };
}

function eventOf(text: string, level: string | null): LogEvent | null {
  const plugin = PLUGIN.exec(text);
  if (plugin) {
    const said = text.slice(plugin[0].length);
    return (plugin[1] === 'errors' ? readError(said) : null) ?? readPlugin(plugin[1]!, said);
  }
  const known = readServer(text) ?? readNodeLocal(text);
  if (known) return known;
  if (level === null) {
    if (AZURE_ERROR.test(text)) return readError(text.replace(AZURE_ERROR, '').replace(/[”"]$/u, ''));
    return (
      readKlog(text) ??
      readOldError(text) ??
      (/ occurred in last /.test(text) ? readError(text) : null) ??
      traceOf(text)
    );
  }
  if (level === 'panic') return logEvent('panic');
  const error = level === 'info' ? null : readError(text);
  return error ?? (level === 'fatal' ? logEvent('fatal') : null);
}

function traceOf(text: string): LogEvent | null {
  return /^(?:panic: |fatal error: |goroutine \d+ \[)/.test(text)
    ? logEvent('panic', { level: 'panic' })
    : null;
}
