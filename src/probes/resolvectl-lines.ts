import type { ProbeLine } from './probe.js';
import type { Probe, Tool } from './probe.js';

/** What resolvectl query prints: an address behind the name, and at last how long it took. */
const FOUND = /^(\S{1,255}): [\da-fA-F:.]{2,45}(?:%\S{1,20})?(?:\s+-- link: (\S{1,20}))?\s*$/;
const FAILED = /^(\S{1,255}): resolve call failed: (.{1,300})$/;
const TOOK = /^-- Information acquired via protocol (\S{1,20}) in (\S.{0,40}?)\.\s*$/;
const OTHER =
  /^(?:-- (?:Data (?:is authenticated|from)|link): ?\S|\s+[\da-fA-F:.]{2,45}(?:%\S{1,20})?(?:\s+-- link: \S{1,20})?$|\s+\(\S+\)$)/;
/** Its words for errors (resolvectl.c, resolved-varlink.c); the code of an answer is named by itself. */
const ERRORS: readonly [RegExp, Partial<Probe>][] = [
  [/returned error (?:code )?([A-Z]{4,12})/, { outcome: 'answered' }],
  [/does not have any RR|has no RRs?/, { outcome: 'answered', rcode: 'NOERROR', answers: 0 }],
  [/ not found$/, { outcome: 'answered', rcode: 'NXDOMAIN' }],
  [/All attempts to contact|timed out/i, { outcome: 'timeout', tries: 1 }],
  [/Connection refused/, { outcome: 'refused' }],
  [/unreachable|Network is down|No appropriate name servers/, { outcome: 'unreachable' }],
];

/** Reads a line of `resolvectl query`. A name before an address could be of anything, unless a link follows or the command went before. */
export function readResolvectl(line: string, tool: Tool | null): ProbeLine | null {
  const took = TOOK.exec(line);
  if (took) return { what: 'more', says: tool === 'resolvectl' ? { seconds: spanIn(took[2]!) } : {} };
  const failed = FAILED.exec(line);
  if (failed)
    return { what: 'begin', tool: 'resolvectl', says: { name: failed[1]!, ...errorIn(failed[2]!) } };
  const found = FOUND.exec(line);
  if (found && (tool === 'resolvectl' || found[2] !== undefined))
    return {
      what: 'begin',
      tool: 'resolvectl',
      says: { name: found[1]!, outcome: 'answered', rcode: 'NOERROR' },
    };
  return tool === 'resolvectl' && OTHER.test(line) ? { what: 'other' } : null;
}

function errorIn(text: string): Partial<Probe> {
  for (const [form, says] of ERRORS) {
    const found = form.exec(text);
    if (found) return found[1] === undefined ? says : { ...says, rcode: found[1] };
  }
  return { outcome: 'failed' };
}

/** Seconds of a span such as `1min 2.5s`, `200.1ms` or `965us` (systemd.time(7)); null of another text. */
function spanIn(text: string): number | null {
  const units: Readonly<Record<string, number>> = { min: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, μs: 1e-6 };
  let seconds = 0;
  for (const part of text.split(' ')) {
    const found = /^(\d{1,9}(?:\.\d{1,9})?)(min|s|ms|us|µs|μs)$/.exec(part);
    if (!found) return null;
    seconds += Number(found[1]) * units[found[2]!]!;
  }
  return seconds;
}
