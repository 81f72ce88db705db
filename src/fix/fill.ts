/** Facts that templates may name: of the cluster, and a cause's numbers. */
export type Facts = Readonly<Record<string, unknown>>;

/** What is pasted into commands as it is: names of Kubernetes and DNS, addresses, numbers. Names in evidence come from anyone. */
const PLAIN = /^[A-Za-z0-9_][A-Za-z0-9._:-]{0,252}$/;

/** A word to be filled in by hand, and why. */
export interface Blank {
  word: string;
  because: string;
}

/** Fills `{{name}}` in templates of commands. What is not known, or could mean more to a shell than itself, stays a word in capitals. */
export class Filling {
  private readonly found = new Map<string, Blank>();

  constructor(private readonly facts: Facts) {}

  /** Words that are left to be filled in by hand. */
  get blanks(): Blank[] {
    return [...this.found.values()];
  }

  text(template: string, more: Facts = {}): string {
    return template.replaceAll(/\{\{([a-z][a-z0-9_]*)\}\}/g, (_, name: string) =>
      this.word(name, Object.hasOwn(more, name) ? more[name] : this.facts[name]),
    );
  }

  /** A value as a word of a command. */
  word(name: string, value: unknown): string {
    const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
    const text = known ? String(value) : '';
    if (PLAIN.test(text)) return text;
    return this.blank(
      name.toUpperCase(),
      text === ''
        ? 'this evidence does not tell it'
        : 'what this evidence has is no plain name, so it is not pasted',
    );
  }

  blank(word: string, because: string): string {
    this.found.set(word, { word, because });
    return word;
  }
}
