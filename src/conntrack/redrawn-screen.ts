const MOST_ROWS = 200;
const MOST_COLUMNS = 1000;
const ESCAPE = '\u{1b}';

/** Whether an input's first bytes are a screen that `watch` redraws: its header among cursor movements. */
export function isRedrawn(head: string): boolean {
  return /Every \d+(?:[.,]\d+)?s: /.test(head) && head.includes(`${ESCAPE}[`) && CURSOR.test(head);
}

/** The rest of a line of counters. */
const CONTINUATION = /^(?=.*=)(?!.*\bcpu=\d)\s*[\w=]+(?:\s+[\w=]+)*\s*$/;
const CURSOR = /\[\d{0,4}(?:;\d{0,4})?[Hd]/;

/**
 * A terminal's screen (ECMA-48, as far as `watch` draws), since `watch` sends only the characters that have
 * changed. Each time the cursor goes up again the screen as it stands is one frame for `onFrame`.
 */
export class Screen {
  private rows: string[][] = [];
  private row = 0;
  private column = 0;
  private width = 0;
  private isDirty = false;
  private sequence: string | null = null;
  private last = ' ';

  constructor(private readonly onFrame: (lines: string[]) => void) {}

  push(text: string): void {
    for (const char of text) {
      if (this.sequence !== null) this.continueSequence(char);
      else if (char === ESCAPE) this.sequence = '';
      else this.put(char);
    }
  }

  finish(): void {
    this.emit();
  }

  private put(char: string): void {
    if (char === '\r') this.column = 0;
    else if (char === '\n') this.moveTo(this.row + 1, 0);
    else if (char === '\b') this.column = Math.max(0, this.column - 1);
    else if (char === '\t') this.column = Math.min(MOST_COLUMNS - 1, (this.column & ~7) + 8);
    else if (char >= ' ') this.write(char);
  }

  private write(char: string): void {
    while (this.rows.length <= this.row) this.rows.push([]);
    const cells = this.rows[this.row]!;
    while (cells.length < this.column) cells.push(' ');
    cells[this.column] = char;
    this.last = char;
    this.isDirty = true;
    this.column = Math.min(MOST_COLUMNS - 1, this.column + 1);
    this.width = Math.max(this.width, this.column);
  }

  private continueSequence(char: string): void {
    const sequence = this.sequence! + char;
    const isControl = sequence.startsWith('[');
    const isOver = isControl ? sequence.length > 1 && char >= '@' && char <= '~' : !/^[()]$/.test(sequence);
    this.sequence = isOver || sequence.length > 32 ? null : sequence;
    if (isControl && isOver) this.control(sequence.slice(1, -1), char);
  }

  private control(parameters: string, final: string): void {
    const [first, second] = parameters.split(';').map((text) => Number(/^\d{1,4}$/.test(text) ? text : 0));
    const count = Math.max(1, first ?? 1);
    if (final === 'H' || final === 'f') this.moveTo(count - 1, Math.max(1, second ?? 1) - 1);
    else if (final === 'd') this.moveTo(count - 1, this.column);
    else if (final === 'A') this.moveTo(this.row - count, this.column);
    else if (final === 'B') this.moveTo(this.row + count, this.column);
    else if (final === 'G') this.moveTo(this.row, count - 1);
    else if (final === 'C') this.moveTo(this.row, this.column + count);
    else if (final === 'D') this.moveTo(this.row, this.column - count);
    else if (final === 'b') this.repeat(count);
    else if (final === 'J')
      this.erase(first === 2 || first === 3 ? 0 : this.row + 1, first !== 2 && first !== 3);
    else if (final === 'K' && !first) this.rows[this.row]?.splice(this.column);
    else if (final === 'X') this.rows[this.row]?.fill(' ', this.column, this.column + count);
    else if (final === 'P') this.rows[this.row]?.splice(this.column, count);
    else if (final === '@') this.insert(count);
  }

  private repeat(count: number): void {
    const room = MOST_COLUMNS - 1 - this.column;
    for (let i = Math.min(count, room); i > 0; i--) this.write(this.last);
  }

  private insert(count: number): void {
    const cells = this.rows[this.row];
    if (cells && this.column < cells.length && cells.length + count <= MOST_COLUMNS) {
      cells.splice(this.column, 0, ...Array<string>(count).fill(' '));
    }
  }

  private erase(fromRow: number, andRestOfRow: boolean): void {
    if (andRestOfRow) this.rows[this.row]?.splice(this.column);
    this.rows.splice(fromRow);
  }

  private moveTo(row: number, column: number): void {
    if (row < this.row) this.emit();
    this.row = Math.min(MOST_ROWS - 1, Math.max(0, row));
    this.column = Math.min(MOST_COLUMNS - 1, Math.max(0, column));
    this.width = Math.max(this.width, this.column + 1);
  }

  private emit(): void {
    if (this.isDirty) this.onFrame(this.unwrapped());
    this.isDirty = false;
  }

  /** The lines of the screen; a row that a line wrapped into is put back behind the one before. */
  private unwrapped(): string[] {
    const lines: string[] = [];
    for (const cells of this.rows) {
      const text = cells.join('');
      const before = lines.at(-1) ?? '';
      if (/\bcpu=\d/.test(before) && CONTINUATION.test(text)) {
        lines[lines.length - 1] = before.padEnd(Math.ceil(before.length / this.width) * this.width) + text;
      } else lines.push(text);
    }
    return lines.map((line) => line.trimEnd());
  }
}
