import type { Instant } from '../base/time/instant.js';

/** `go` stands for a program's own message. */
export type Tool = 'go' | 'dig' | 'kdig' | 'nslookup' | 'host' | 'getent' | 'resolvectl' | 'systemd-resolved';
export type ProbeOutcome = 'answered' | 'timeout' | 'refused' | 'unreachable' | 'failed';

/** One question that a tool asked, as far as its lines have told. */
export interface Probe {
  line: number;
  tool: Tool;
  server: string | null;
  port: number | null;
  name: string | null;
  type: string | null;
  time: Instant | null;
  outcome: ProbeOutcome | null;
  rcode: string | null;
  answers: number | null;
  seconds: number | null;
  /** Tries without an answer. */
  tries: number;
}

/** What a line of a tool says. */
export type ProbeLine =
  | { readonly what: 'command'; readonly tool: Tool; readonly words: readonly string[] }
  | { readonly what: 'begin'; readonly tool: Tool; readonly says: Partial<Probe> }
  | { readonly what: 'more'; readonly says: Partial<Probe> }
  | {
      readonly what: 'error';
      readonly outcome: ProbeOutcome;
      readonly server: string | null;
      readonly isLast: boolean;
    }
  | { readonly what: 'step'; readonly says: Partial<Probe> }
  | { readonly what: 'date'; readonly text: string }
  | { readonly what: 'end' }
  | { readonly what: 'other' };

export function newProbe(tool: Tool, line: number): Probe {
  return {
    line,
    tool,
    server: null,
    port: null,
    name: null,
    type: null,
    time: null,
    outcome: null,
    rcode: null,
    answers: null,
    seconds: null,
    tries: 0,
  };
}
