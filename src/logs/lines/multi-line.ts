/** Decides whether the next line of the same stream belongs to what came before. */
export interface Continuation {
  takes(text: string): boolean;
}

const TRACE_BEGINS =
  /^(?:panic: |fatal error: |goroutine \d+ \[|Recovered from panic|runtime: |unexpected fault address)/;
const TRACE_LINE =
  /^(?:$|\s|goroutine \d|created by |exit status \d|\[signal |\[recovered\]|panic: |fatal error: |runtime |[a-z0-9]{2,7} +0x[0-9a-f]+$|\.\.\.)/;
/** `path.(*Type).Method(0xc0, ...)`, with the arguments that Go prints. */
const CALL = /^[\w./*(-][^\s(]{0,300}\(/;

function isTraceLine(text: string): boolean {
  return text.length < 4096 && (TRACE_LINE.test(text) || (text.endsWith(')') && CALL.test(text)));
}

/** What may follow a line with this text (its level taken off), or null if it stands alone. */
export function continuationOf(text: string): Continuation | null {
  if (TRACE_BEGINS.test(text)) return { takes: isTraceLine };
  return /^Using config file:\s*$/.test(text) ? new CorefileDump() : null;
}

/** The Corefile that NodeLocal DNSCache prints at its start: blocks in braces. */
class CorefileDump implements Continuation {
  private depth = 0;

  takes(text: string): boolean {
    const line = text.trim();
    if (line.endsWith('{')) this.depth++;
    else if (line === '}') {
      if (this.depth === 0) return false;
      this.depth--;
    } else if (this.depth === 0) return line === '' || line.startsWith('#') || line.startsWith('import ');
    return true;
  }
}
