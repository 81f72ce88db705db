import { TYPES } from '../base/registries.js';
import type { AddressPseudonyms } from './addresses.js';
import type { NamePseudonyms } from './names.js';
import type { PortPseudonyms } from './ports.js';
import type { PseudonymMaker } from './pseudonym.js';

/** What the words of a record's data are, by type: N a name, # a number that stays, P a port. */
const FORMS: Readonly<Record<string, string>> = {
  CNAME: 'N',
  DNAME: 'N',
  NS: 'N',
  PTR: 'N',
  MX: '#N',
  SRV: '##PN',
  SOA: 'NN#####',
};

/** Replaces record data in presentation form; of types whose form is not known all of it. */
export class RecordDataPseudonyms {
  constructor(
    private readonly maker: PseudonymMaker,
    private readonly names: NamePseudonyms,
    private readonly addresses: AddressPseudonyms,
    private readonly ports: PortPseudonyms,
  ) {}

  /** `type` is a mnemonic or a code in digits. An alias of Route 53 has a name in place of an address. */
  redact(type: string, data: string): string {
    const mnemonic = TYPES[Number(type)] ?? type;
    if (mnemonic === 'A' || mnemonic === 'AAAA')
      return this.addresses.redact(data) ?? this.names.redact(data);
    const form = FORMS[mnemonic];
    const words = data.split(' ');
    if (form?.length === words.length) return words.map((word, i) => this.word(form[i]!, word)).join(' ');
    return `"${this.maker.word('record data', data, 16)}"`;
  }

  private word(form: string, word: string): string {
    const isNumber = form !== 'N' && /^\d{1,10}$/.test(word);
    if (!isNumber) return this.names.redact(word);
    return form === 'P' ? String(this.ports.of[Number(word)] ?? word) : word;
  }
}
