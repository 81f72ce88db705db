/** What a manifest's `metadata:` says. */
interface Metadata {
  readonly name: string | null;
  readonly namespace: string | null;
}

/** Lines of a `metadata:` block that are looked at: kubectl prints labels and annotations before the name. */
const BLOCK = 40;
const NOTHING: Metadata = { name: null, namespace: null };

/** Finds the object that a line of YAML, or of a template of it, belongs to, without parsing it. */
export class MetadataIndex {
  /** By line: the nearest `metadata:` of the same document, before it or else after it; -1 without. */
  private readonly nearest: Int32Array;
  private readonly known = new Map<number, Metadata>();

  constructor(private readonly lines: readonly string[]) {
    this.nearest = new Int32Array(lines.length).fill(-1);
    this.sweep(0, lines.length, 1);
    this.sweep(lines.length - 1, -1, -1);
  }

  around(line: number): Metadata {
    const at = this.nearest[line]!;
    if (at === -1) return NOTHING;
    const metadata = this.known.get(at) ?? this.read(at);
    this.known.set(at, metadata);
    return metadata;
  }

  private sweep(from: number, to: number, step: 1 | -1): void {
    let last = -1;
    for (let i = from; i !== to; i += step) {
      const line = this.lines[i]!.slice(0, 200);
      if (/^\s*(?:---|```)/.test(line)) last = -1;
      else if (/^\s*metadata:\s*$/.test(line)) last = i;
      if (this.nearest[i] === -1) this.nearest[i] = last;
    }
  }

  private read(at: number): Metadata {
    const block = this.lines.slice(at + 1, at + BLOCK);
    const indent = Math.min(Math.max(block[0]?.search(/\S/) ?? 0, 0), 100);
    const field = (key: string): string | null => {
      const form = new RegExp(`^ {${indent}}${key}: *["']?([\\w.-]{1,253})`);
      return block.map((line) => form.exec(line)?.[1]).find((value) => value !== undefined) ?? null;
    };
    return { name: field('name'), namespace: field('namespace') };
  }
}
