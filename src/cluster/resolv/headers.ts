import { type Owner, ownerOfCommand, ownerOfPath, ownerOfWord } from './owner.js';

/** A line between two resolv.conf files in one input: whose file follows, if it says so. */
export interface Header {
  readonly owner: Owner | null;
}

/** `==> path <==` of head and tail, `::::` blocks of more. */
const PATH_HEADER = /^(?:==> (.+) <==|::::+|\+\+\+ (.+))$/;

/** A shell prompt (`$`, `#`, `%`, with user, host and folder before it) and a command, or a bare `$ command`. */
const PROMPT =
  /^(?:\(.{1,80}\)\s{0,8})?(?:\[[^\]]{1,80}\]|[\w.-]+@[\w.:~/-]+|[~/][\w./-]*|sh-[\d.]+|bash-[\d.]+)?\s*[$#%>]\s*(?:\S.*)?$/;

/** A name alone on its line, ruled off by `=`, `-`, `#` or a colon, as a loop with `echo $pod` prints it. */
const NAME_HEADER = /^[=\-*\s]*(?:pod[ :]+)?([a-z0-9][a-z0-9./-]{0,300}?)[=\-*\s:]*$/;

/** Reads a line that stands before a resolv.conf, or null if it is none. */
export function readHeader(line: string): Header | null {
  const text = line.trim();
  if (text === '' || text.length > 1000) return null;
  const path = PATH_HEADER.exec(text);
  if (path) return { owner: ownerOfPath(path[1] ?? path[2] ?? '') };
  const command = ownerOfCommand(text);
  if (command) return { owner: command };
  if (/^(?:kubectl|oc|docker|cat|ssh|ec2-user|root)\b/.test(text)) return { owner: null };
  if (PROMPT.test(text) && !/^[#;]/.test(text)) return { owner: null };
  const name = NAME_HEADER.exec(text);
  const owner = name && /[a-z]/.test(name[1]!) ? ownerOfWord(name[1]!) : null;
  return owner && { owner };
}
