import { type LogEvent, logEvent } from '../events.js';
import { reasonOf, upstreamOf } from './reasons.js';

/** `E1015 05:14:46.900314       1 reflector.go:178] ...` (k8s.io/klog; no year and no zone: no time). */
const KLOG = /^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d{6}\s+\d{1,10} ([\w./@-]{1,200}:\d{1,6})\] (.*)$/s;

const LEVELS: Readonly<Record<string, string>> = { I: 'info', W: 'warning', E: 'error', F: 'fatal' };

/** Reads a klog line, or null. */
export function readKlog(text: string): LogEvent | null {
  const klog = KLOG.exec(text);
  if (!klog) return null;
  const isTrouble = klog[1] !== 'I';
  return logEvent('client-go', {
    level: LEVELS[klog[1]!]!,
    reason: isTrouble ? reasonOf(klog[3]!) : null,
    upstream: isTrouble ? upstreamOf(klog[3]!) : null,
  });
}
