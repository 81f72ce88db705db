import { isToolLine } from '../input/tool-line.js';

/** What a console adds around the evidence: prompts with commands, errors, footers, separators. */

const COMMANDS =
  'sudo|conntrack|sysctl|cat|head|tail|grep|date|watch|while|for|do|done|sleep|dmesg|journalctl|kubectl|docker|crictl|nsenter|curl|echo|ssh|exit|clear|ts|tee|ip|uptime|hostname|uname|ethtool|netstat|nstat|ss';
const PROMPT = new RegExp(
  `^(?:\\S{0,60}|\\[.{1,80}\\]|\\S{1,60}[@:]\\S{0,80}|.{1,60} )?[#$%>+]\\s+(?=(?:${COMMANDS})\\b)(.*)$`,
);
const COMMAND = new RegExp(
  `^\\s*(?:sudo\\s+)?(?:conntrack\\s+-|sysctl\\s|cat\\s+/proc|watch\\s|while\\s|dmesg\\b|journalctl\\s).*$`,
);
const IDLE_PROMPT = /^(?:\[.{1,80}\]|\S{1,60}@\S{1,80})\s?[#$%>]\s*$/;
const FURNITURE =
  /^(?:conntrack v[\d.]+ \(conntrack-tools\): .*(?:have|has) been (?:shown|deleted|updated|created).*|Script (?:started|done)\b.*|==> .* <==|Connection to .* closed\.?|[-=*#_~. ]{3,}|\^C.*|NOTE: .*)$/;
const ERRORS: readonly [RegExp, string][] = [
  [
    /Operation not permitted|[Pp]ermission denied|must be root|you need to be root/i,
    'the tool was not permitted to read it; run it as root',
  ],
  [/command not found|executable file not found|: not found$/i, 'the tool is not installed there'],
  [
    /No such file or directory|unknown oid|cannot stat/i,
    'the file or setting does not exist there; the module may not be loaded',
  ],
  [/^conntrack v[\d.]+ \(conntrack-tools\): /, 'the tool reported an error'],
];

/** The command of a prompt line or of an echoed command; empty for a prompt without; null for another line. */
export function commandOf(line: string): string | null {
  if (IDLE_PROMPT.test(line)) return '';
  return PROMPT.exec(line)?.[1] ?? COMMAND.exec(line)?.[0] ?? null;
}

/** The file that head or tail announces (`==> /proc/... <==`), or null. */
export function fileBanner(line: string): string | null {
  return /^==> (.{1,200}) <==$/.exec(line)?.[1] ?? null;
}

/** Whether a line is of no interest: a footer, a separator, a note of the console. */
export function isFurniture(line: string): boolean {
  return FURNITURE.test(line) || isToolLine(line);
}

/** What an error message means, or null for a line that is none. */
export function errorMeaning(line: string): string | null {
  if (line.length > 300) return null;
  return ERRORS.find(([form]) => form.test(line))?.[1] ?? null;
}

const CONTROL = /[^\P{Cc}\t]/u;
const CONTROLS = /[^\P{Cc}\t]/gu;
const ESCAPES = new RegExp('\\u{1b}(?:\\[[\\d;?]*[ -/]*[@-~]|[()][A-Z\\d]|[^\\[])', 'gu');

/** The line without colour codes and other terminal controls (ECMA-48). */
export function withoutControls(line: string): string {
  return CONTROL.test(line) ? line.replace(ESCAPES, '').replace(CONTROLS, '') : line;
}
