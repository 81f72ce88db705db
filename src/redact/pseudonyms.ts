import { unmapped } from '../base/address.js';
import type { Holds } from '../raw/column.js';
import { AddressPseudonyms } from './addresses.js';
import { redactJson } from './redacted-json.js';
import { LabelPseudonyms } from './labels.js';
import { NamePseudonyms } from './names.js';
import { redactPath } from './paths.js';
import { PortPseudonyms } from './ports.js';
import { PseudonymMaker } from './pseudonym.js';
import { RecordDataPseudonyms } from './record-data.js';
import { TextPseudonyms } from './texts.js';

/** A text and what it needs to be understood: of record data the type. */
type Redact = (text: string, context: string) => string;

/** The pseudonym of everything that a raw table may hold, under one key. */
export class Pseudonyms {
  readonly ports: PortPseudonyms;
  private readonly maker: PseudonymMaker;
  private readonly addresses: AddressPseudonyms;
  private readonly redactors: Readonly<Record<Exclude<Holds, 'own-words' | 'dictionary'>, Redact>>;

  constructor(key: Uint8Array) {
    const maker = new PseudonymMaker(key);
    const addresses = new AddressPseudonyms(maker);
    const ports = new PortPseudonyms(maker);
    const names = new NamePseudonyms(maker, new LabelPseudonyms(maker, addresses), addresses);
    const texts = new TextPseudonyms(names, addresses, ports);
    const records = new RecordDataPseudonyms(maker, names, addresses, ports);
    this.ports = ports;
    this.maker = maker;
    this.addresses = addresses;
    this.redactors = {
      name: (text) => names.redact(text),
      address: (text) => addresses.redact(text) ?? names.redact(text),
      path: (text) => redactPath(text, maker),
      digest: (text) => maker.digest(text),
      json: (text) => redactJson(text, texts),
      word: (text) => texts.word(text),
      sentence: (text) => texts.sentence(text),
      line: (text) => texts.line(text),
      example: (text) => texts.example(text),
      'record-data': (text, type) => records.redact(type, text),
    };
  }

  redact(holds: Exclude<Holds, 'own-words' | 'dictionary'>, text: string, context = ''): string {
    return this.redactors[holds](text, context);
  }

  /** An address of 4 or 16 octets, as its text has it: one that holds an IPv4 address is that. */
  addressBytes(bytes: Uint8Array): Uint8Array {
    const shown = this.addresses.redactBytes(unmapped(bytes));
    if (shown.length === bytes.length) return shown;
    return Uint8Array.from([...bytes.subarray(0, bytes.length - shown.length), ...shown]);
  }

  /** An address of a network card, one that nobody gave to a card (IEEE 802c, locally administered). */
  hardware(bytes: Uint8Array): Uint8Array {
    const digest = Buffer.from(this.maker.digest(`hardware ${Buffer.from(bytes).toString('hex')}`), 'hex');
    return Uint8Array.from([2, ...digest.subarray(0, 5)]);
  }
}
