/**
 * What kubectl and its like say of themselves, on standard error, around the evidence that they print: client-go's
 * throttling in klog's form, the container that was chosen, warnings. No reader takes such a line for evidence,
 * but the one of logs, for which klog's lines are some.
 */
const TOOL_LINES = [
  /^[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{6}\s{1,20}\d{1,10} [\w./@-]{1,200}:\d{1,6}\] /,
  /^Default(?:ed|ing) container (?:name )?"?[\w-]{1,253}"? (?:out of|to)/,
  /^Found \d+ pods, using pod\//,
  /^Unable to use a TTY - input is not a terminal/,
  /^If you don't see a command prompt, try pressing enter/,
  /^command terminated with exit code \d/,
  /^Warning: [A-Za-z]/,
];

/** Whether a tool said this of itself. */
export function isToolLine(line: string): boolean {
  return TOOL_LINES.some((form) => form.test(line));
}

/** A text whose first lines, as far as a tool said them of itself, are empty; every line keeps its number. */
export function withoutToolLines(text: string): string {
  let at = 0;
  let lines = 0;
  for (
    let end = text.indexOf('\n');
    end !== -1 && isToolLine(text.slice(at, end));
    end = text.indexOf('\n', at)
  ) {
    at = end + 1;
    lines++;
  }
  return '\n'.repeat(lines) + text.slice(at);
}
