/** Marks of mails and of Markdown quotes, one for each level. */
const QUOTE = /^(?:> ?)+/;
/** Vertical lines of a terminal's boxes and of tables. */
const BOX_LEFT = /^\s*[│┃║|] ?/;
const BOX_RIGHT = /(?<!\s)\s*[│┃║|]\s*$/;
const BORDER = /^\s*[+|-]*[\u2500-\u257f][\u2500-\u257f+|-]*\s*$/;
const FENCE = /^\s*(?:```|~~~)[\w -]{0,40}$/;
/** Colours and cleared line ends of a terminal. */
// eslint-disable-next-line no-control-regex
const COLOUR = /\x1b\[[\d;]{0,20}[mK]/g;
/** What `cat -n` (6 wide), pagers with a rule, `grep -n` and `less -N` (7 wide) put before a line; tcpdump's and tshark's own numbers are 5 wide. */
const NUMBERED =
  /^(?:(?=[ \d]{6,8}\t)\s{0,5}(\d{1,8})\t|\s{0,6}(\d{1,7}) ?[│┃|] ?|(\d{1,7}):(?! )|(?=[ \d]{7} )\s{0,6}(\d{1,7}) (?!\s))/;
/** What a page's source has in the place of marks that tcpdump prints. */
const ENTITY = /&(?:gt|lt|amp|quot|#39);/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&gt;': '>',
  '&lt;': '<',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
};
/** Lines that begin alike make a decoration; a single one may be meant. */
const LEAST_RUN = 2;
const NUMBERED_SHARE = 0.9;

/**
 * A text's lines without what mails, Markdown, terminals and pagers put around them: quote marks, boxes, fences,
 * colours, line numbers and a common indentation. Every line keeps its place: a fence or a border is an empty line.
 * The same array where nothing was found.
 */
export function undecorated(lines: readonly string[]): readonly string[] {
  const plain = withoutEntities(lines).map((line) =>
    line.includes('\x1b[') ? line.replace(COLOUR, '') : line,
  );
  const bare = withoutIndent(withoutNumbers(withoutBoxes(withoutQuotes(withoutFences(plain)))));
  return bare.some((line, i) => line !== lines[i]) ? bare : lines;
}

/** A page's line end, which stands before the text's own. */
const BREAK = /<br ?\/?>[ \t]{0,40}$/i;
/** Only where a mark is written so and nowhere plainly: then the text is a page's source. */
function withoutEntities(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => line.includes('&gt;')) || lines.some((line) => / > /.test(line))) return lines;
  return lines.map((line) => line.replace(BREAK, '').replace(ENTITY, (entity) => ENTITIES[entity]!));
}

function withoutFences(lines: readonly string[]): string[] {
  const fences = lines.filter((line) => FENCE.test(line)).length;
  return fences < 2 ? [...lines] : lines.map((line) => (FENCE.test(line) ? '' : line));
}

function withoutQuotes(lines: readonly string[]): string[] {
  return inRuns(
    lines,
    (line) => QUOTE.test(line),
    (line) => line.replace(QUOTE, ''),
  );
}

function withoutBoxes(lines: readonly string[]): string[] {
  const isBoxed = (line: string) => BOX_LEFT.test(line) || BORDER.test(line);
  return inRuns(lines, isBoxed, (line) =>
    BORDER.test(line) ? '' : line.replace(BOX_LEFT, '').replace(BOX_RIGHT, ''),
  );
}

/** Changes the lines of each run of two or more that are alike; an empty line ends none. */
function inRuns(
  lines: readonly string[],
  isAlike: (line: string) => boolean,
  change: (line: string) => string,
): string[] {
  const changed = [...lines];
  let run: number[] = [];
  const end = () => {
    if (run.length >= LEAST_RUN) for (const i of run) changed[i] = change(lines[i]!);
    run = [];
  };
  for (const [i, line] of lines.entries()) {
    if (isAlike(line)) run.push(i);
    else if (line.trim() !== '') end();
  }
  end();
  return changed;
}

function withoutNumbers(lines: readonly string[]): readonly string[] {
  const numbers = lines.flatMap((line) => {
    const found = NUMBERED.exec(line);
    return found ? [Number(found.slice(1).find((digits) => digits !== undefined))] : [];
  });
  const filled = lines.filter((line) => line.trim() !== '').length;
  const rises = numbers.every((number, i) => i === 0 || number > numbers[i - 1]!);
  if (numbers.length < LEAST_RUN || numbers.length < NUMBERED_SHARE * filled || !rises) return lines;
  return lines.map((line) => line.replace(NUMBERED, ''));
}

/** Takes off what all lines begin with in blanks; a single blank is tcpdump's own (-ttt). */
function withoutIndent(lines: readonly string[]): readonly string[] {
  const filled = lines.filter((line) => line.trim() !== '');
  const widths = filled.map((line) => line.length - line.trimStart().length);
  const common = Math.min(...widths.slice(0, 10000));
  if (filled.length < LEAST_RUN || common < 2 || widths.some((width) => width < common)) return lines;
  return lines.map((line) => line.slice(common));
}
