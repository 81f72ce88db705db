import type { LogLine } from '../explain/lookup-rows.js';
import { secondsText } from './cell.js';

/** What a log line says, with its place; its name is left out where it is `name`. */
export function logText(line: LogLine, name: string | null): string {
  const place = `${fileName(line.path)} line ${line.line}`;
  const asked = [line.qtype, line.qname === name ? null : line.qname]
    .filter((part) => part !== null)
    .join(' ');
  if (line.event !== 'query') {
    const upstream = line.upstream === null ? '' : ` from ${line.upstream}`;
    return `log: ${line.event} for ${asked}${upstream}${line.reason === null ? '' : `: ${line.reason}`}  (${place})`;
  }
  const took = line.duration_seconds === null ? '' : ` in ${secondsText(line.duration_seconds)}`;
  return `log: ${asked} ${line.rcode ?? 'got no answer'}${took}  (${place})`;
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) || path;
}
