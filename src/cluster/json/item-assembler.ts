import type { Token } from 'stream-json/core/parser.js';
import type { ProblemCode } from '../../base/problem-codes.js';
import { isIgnored } from './ignored.js';

/** What a reader of JSON documents is told. Values are plain objects, arrays, strings, numbers, booleans and null. */
export interface ItemHandler {
  /**
   * An element of a list (`items` of a Kubernetes List, `ResourceRecordSets`, a bare array, ...) and what was
   * read so far of the document around it.
   */
  onItem(value: unknown, list: string, document: unknown): void;
  /** A whole document; its streamed lists are left out of it. */
  onDocument(value: unknown): void;
  /** Something of the document had to be left out. */
  onFault(code: ProblemCode, detail: string): void;
}

/** The key that elements of an array at the top of a document are told with. */
export const TOP_LIST = '';

/** Lists that are handed on element by element, when they stand directly in a document (or an element of its array). */
const LISTS = new Set(['items', 'ResourceRecordSets', 'HostedZones']);

const MAX_DEPTH = 64;

/** Size of one element, in values and 64 characters of text each: some 12 MB. */
const MAX_SIZE = 200_000;

const TOO_DEEP = 'A JSON value is nested more than 64 deep; what lies deeper was left out.';
const TOO_LARGE = 'An object in a JSON document is larger than any real one; the rest of it was left out.';
const DUPLICATE = 'An object in a JSON document has a key twice; the last value was kept.';

interface Frame {
  /** Null for a list whose elements are handed on. */
  readonly value: Record<string, unknown> | unknown[] | null;
  /** The key that a list was found at, or the key whose value comes next. */
  key: string;
  /** A document, or an element of a document that is an array: its lists are handed on. */
  readonly wrapper: boolean;
}

/** Puts a parser's tokens together to values, one list element at a time. */
export class ItemAssembler {
  private readonly frames: Frame[] = [];
  private skipped = 0;
  private size = 0;

  constructor(private readonly handler: ItemHandler) {}

  /** Forgets a document that cannot be read on. */
  reset(): void {
    this.frames.length = 0;
    this.skipped = 0;
    this.size = 0;
  }

  take(token: Token): void {
    switch (token.name) {
      case 'startObject':
      case 'startArray':
        this.open(token.name === 'startArray');
        break;
      case 'endObject':
      case 'endArray':
        this.close();
        break;
      case 'keyValue':
        if (this.skipped === 0) this.frames.at(-1)!.key = token.value;
        break;
      case 'numberValue':
        this.add(Number(token.value));
        break;
      case 'stringValue':
      case 'nullValue':
      case 'trueValue':
      case 'falseValue':
        this.add(token.value);
    }
  }

  private open(isArray: boolean): void {
    const parent = this.frames.at(-1);
    if (
      this.skipped > 0 ||
      (parent?.value && !Array.isArray(parent.value) && isIgnored(parent.key, isArray))
    ) {
      this.skipped++;
      return;
    }
    if (this.frames.length >= MAX_DEPTH || this.isTooLarge(1)) {
      if (this.frames.length >= MAX_DEPTH) this.handler.onFault('json-too-deep', TOO_DEEP);
      this.skipped++;
      return;
    }
    const handedOn = isArray && (!parent || (parent.wrapper && LISTS.has(parent.key)));
    const wrapper = !isArray && (!parent || (parent.value === null && this.frames.length === 1));
    const value = handedOn ? null : isArray ? [] : {};
    this.frames.push({ value, key: handedOn ? (parent?.key ?? TOP_LIST) : '', wrapper });
    if (handedOn) this.size = 0;
  }

  private close(): void {
    if (this.skipped > 0) {
      this.skipped--;
      return;
    }
    const { value } = this.frames.pop()!;
    if (this.frames.length === 0) {
      this.handler.onDocument(value ?? []);
      this.size = 0;
    } else if (value !== null) this.put(value);
  }

  private add(value: string | number | boolean | null): void {
    if (this.skipped > 0 || this.frames.length === 0) return;
    if (!this.isTooLarge(typeof value === 'string' ? 1 + value.length / 64 : 1)) this.put(value);
  }

  private put(value: unknown): void {
    const parent = this.frames.at(-1)!;
    if (parent.value === null) {
      this.size = 0;
      this.handler.onItem(value, parent.key, this.frames.at(-2)?.value);
    } else if (Array.isArray(parent.value)) parent.value.push(value);
    else if (parent.key !== '__proto__') {
      if (Object.hasOwn(parent.value, parent.key)) this.handler.onFault('json-duplicate-key', DUPLICATE);
      parent.value[parent.key] = value;
    }
  }

  private isTooLarge(more: number): boolean {
    const before = this.size;
    this.size += more;
    if (before <= MAX_SIZE && this.size > MAX_SIZE) this.handler.onFault('json-too-large', TOO_LARGE);
    return this.size > MAX_SIZE;
  }
}
