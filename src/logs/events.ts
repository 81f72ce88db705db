import type { LogEventKind } from '../raw/log-events.js';

/** What a line that is no query line says. */
export interface LogEvent {
  event: LogEventKind;
  level: string | null;
  plugin: string | null;
  /** A name as the line has it. */
  name: string | null;
  /** A type's mnemonic. */
  type: string | null;
  /** Address and port that failed or is spoken of. */
  upstream: string | null;
  reason: string | null;
  /** Times that the line stands for. */
  count: number;
}

/** An event of this kind that says nothing more. */
export function logEvent(event: LogEventKind, rest: Partial<LogEvent> = {}): LogEvent {
  return {
    event,
    level: null,
    plugin: null,
    name: null,
    type: null,
    upstream: null,
    reason: null,
    count: 1,
    ...rest,
  };
}
