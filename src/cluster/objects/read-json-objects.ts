import type { Input } from '../../input/input.js';
import { readDate } from '../../base/time/printed.js';
import type { Sink } from '../../raw/sink.js';
import { isKubernetesObject, writeKubernetesObject } from '../kubernetes/objects.js';
import { textAt, valueAt } from '../../base/loose-json.js';
import type { ProblemCode } from '../../base/problem-codes.js';
import { isHostedZone, isRecordSet } from '../route53/record-set.js';
import { Listings } from '../route53/listings.js';
import { TOP_LIST } from '../json/item-assembler.js';
import { type DocumentHandler, JsonDocuments } from '../json/json-documents.js';

/**
 * Reads all JSON documents of an input, whatever stands between them: Kubernetes objects and Route 53's answers,
 * also where both are in one transcript.
 */
export async function readJsonObjects(input: Input, sink: Sink): Promise<void> {
  const objects = new JsonObjects(sink);
  for await (const chunk of input.chunks) objects.documents.push(chunk);
  objects.end();
}

class JsonObjects implements DocumentHandler {
  readonly documents = new JsonDocuments(this);
  private readonly listings: Listings;
  private item = 0;
  /** Elements that the document has given so far. */
  private elements = 0;

  constructor(private readonly sink: Sink) {
    this.listings = new Listings(sink);
  }

  onItem(value: unknown, list: string, document: unknown): void {
    this.elements++;
    if (list === 'ResourceRecordSets' || list === 'HostedZones' || isRoute53(value, list)) {
      if (!this.listings.takeItem(value, this.documents.line)) this.passOver();
      return;
    }
    if (!this.writeObject(value, document)) this.passOver();
  }

  onDocument(value: unknown): void {
    const { elements } = this;
    this.elements = 0;
    const zone = valueAt(value, 'HostedZone');
    if (isHostedZone(zone)) this.listings.takeHostedZone(zone, value);
    else if (isRecordSet(value)) this.listings.takeLoneRecord(value, this.documents.line);
    else if (isListing(value) && (elements === 0 || this.listings.begun)) this.listings.endListing();
    else if (elements === 0 && !this.writeObject(value, undefined)) this.passOver();
  }

  onLine(text: string): void {
    const date = readDate(text, Date.now() / 1000);
    if (date) this.listings.takeDate(date);
    else this.listings.takeLine();
  }

  onFault(code: ProblemCode, detail: string): void {
    this.sink.problem({ code, detail, position: `line ${this.documents.line}` });
  }

  onBroken(detail: string, line: number): void {
    this.elements = 0;
    this.listings.takeBreak();
    this.sink.problem({ code: 'broken-json', detail, position: `line ${line}` });
  }

  end(): void {
    if (!this.documents.end())
      this.sink.incomplete(`a JSON document is cut off in line ${this.documents.line}`);
    this.listings.end();
  }

  private writeObject(value: unknown, document: unknown): boolean {
    const kind = textAt(value, 'kind');
    if (kind?.endsWith('List') && isListKind(value)) return true;
    const listKind = textAt(document, 'kind');
    const itemKind = listKind !== null && listKind !== 'List' ? listKind.replace(/List$/, '') : null;
    if (itemKind === null && !isKubernetesObject(value)) return false;
    return writeKubernetesObject(
      this.sink,
      value,
      { item: ++this.item, position: `line ${this.documents.line}` },
      itemKind,
    );
  }

  private passOver(): void {
    const detail =
      'A JSON value is neither a Kubernetes object nor a record or zone of Route 53; it was passed over.';
    this.sink.problem({ code: 'unknown-json', detail, position: `line ${this.documents.line}` });
  }
}

function isListKind(value: unknown): boolean {
  return typeof valueAt(value, 'metadata', 'name') !== 'string';
}

function isRoute53(value: unknown, list: string): boolean {
  if (list !== TOP_LIST) return false;
  return typeof value === 'string' || Array.isArray(value) || isRecordSet(value) || isHostedZone(value);
}

/** A document that lists records or zones, also none of them: an empty listing says that there were none. */
function isListing(value: unknown): boolean {
  if (Array.isArray(value)) return true;
  return ['ResourceRecordSets', 'HostedZones', 'IsTruncated', 'MaxItems'].some(
    (key) => valueAt(value, key) !== undefined,
  );
}
