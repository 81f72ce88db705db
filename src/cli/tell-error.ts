import type { ErrorCode } from '../base/error-codes.js';
import { json, printable } from '../report/escape.js';

/** An error as a command tells of it: docs/schema/error.schema.json. */
export interface ToldError {
  code: ErrorCode;
  message: string;
}

/** Says on standard error what went wrong: to people the sentence, to programs one line of JSON. */
export function tellError({ code, message }: ToldError, asJson: boolean): void {
  const text = asJson ? json({ error: { code, message } }) : `dnslens: ${shown(message)}`;
  process.stderr.write(`${text}\n`);
}

/** The errors among lines of standard error that such a command printed, and the other lines. */
export function readErrors(lines: readonly string[]): { errors: ToldError[]; others: string[] } {
  const errors: ToldError[] = [];
  const others: string[] = [];
  for (const line of lines) {
    if (line.startsWith('{"error":{')) errors.push((JSON.parse(line) as { error: ToldError }).error);
    else others.push(line);
  }
  return { errors, others };
}

/** A message may quote a file's name or bytes; its own line breaks stay. */
function shown(message: string): string {
  return message.split('\n').map(printable).join('\n');
}
