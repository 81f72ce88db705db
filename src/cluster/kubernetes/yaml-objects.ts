import type { TextLine } from '../../input/lines.js';
import { MAX_YAML, parseYaml } from '../yaml-text.js';

/** Takes a value of a YAML stream, or null where one cannot be read, its text and the line that it begins on. */
export type OnYamlObject = (value: unknown, text: string, line: number) => void;

/** Whether a line is a shell's prompt and command, between what several of them printed. */
export function isPrompt(line: string): boolean {
  return /^(?:\(.{1,80}\) )?(?:\[[^\]]{1,80}\] ?[#$%]|[\w.-]{1,64}@[\w.:~/-]{1,80}[#$%]|\$) /.test(line);
}

/**
 * Cuts a YAML stream of Kubernetes objects into objects and parses each by itself, so that memory does not
 * grow with a List: documents end at `---`, elements of `items:` begin at `- ` where the first one does.
 */
export class YamlObjects {
  private lines: string[] = [];
  private size = 0;
  private start = 1;
  /** Indentation of the elements of `items:`; -1 outside, null before the first. */
  private indent: number | null = -1;
  /** The document has `items:`: what stands around them is no object. */
  private isList = false;

  constructor(private readonly onObject: OnYamlObject) {}

  push({ text, number }: TextLine): void {
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(text) || isPrompt(text)) {
      this.flush();
      this.indent = -1;
      this.isList = false;
      this.start = number + 1;
      return;
    }
    if (this.indent === null && /^ *- /.test(text)) this.indent = text.search(/\S/);
    if (/^items: *$/.test(text)) {
      this.forget();
      this.isList = true;
      this.indent = null;
      this.start = number + 1;
      return;
    }
    if (this.indent !== null && this.indent >= 0) {
      if (text.startsWith('- ', this.indent) && text.slice(0, this.indent).trim() === '') this.begin(number);
      else if (/^[A-Za-z]/.test(text)) {
        this.flush();
        this.indent = -1;
      }
    }
    if (this.isList && this.indent === -1) return;
    // A document that is larger than the parser takes is not gathered any further.
    if (this.size <= MAX_YAML) this.lines.push(text);
    this.size += text.length + 1;
  }

  /** Parses what was gathered. */
  flush(): void {
    const { lines } = this;
    const tooLarge = this.size > MAX_YAML;
    this.forget();
    if (lines.every((line) => /^\s*(?:#|$)/.test(line))) return;
    const text = lines.join('\n');
    const parsed = tooLarge ? { ok: false as const } : parseYaml(text);
    const value = parsed.ok ? parsed.value : null;
    if (Array.isArray(value)) for (const one of value) this.onObject(one, '', this.start);
    else this.onObject(value, text, this.start);
  }

  private forget(): void {
    this.lines = [];
    this.size = 0;
  }

  private begin(line: number): void {
    this.flush();
    this.start = line;
  }
}
